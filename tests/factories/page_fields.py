"""What a browser would send from a page that nobody filled in further."""

from html.parser import HTMLParser


class Fields(HTMLParser):
    """Fields of a page with what stands in them."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.select = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        name = facts.get("name", "")
        if tag in {"input", "button"} and name and name != "csrfmiddlewaretoken":
            is_chosen = facts.get("type") not in {"checkbox", "radio"} or "checked" in facts
            if is_chosen or name not in self.values:
                self.values[name] = facts.get("value", "")
        elif tag == "select":
            self.select = name
            self.values.setdefault(name, "")
        elif tag == "option" and self.select:
            if "selected" in facts or not self.values[self.select]:
                self.values[self.select] = facts.get("value", "")
        elif tag == "textarea":
            self.area = name
            self.values[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.select = ""
        elif tag == "textarea":
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area] += data


def fields(text: str) -> dict[str, str]:
    read = Fields()
    read.feed(text)
    return read.values
