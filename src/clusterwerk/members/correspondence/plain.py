"""Readable text out of the HTML of a mail. Nothing of the HTML itself is ever shown or loaded."""

import re
from html.parser import HTMLParser

HIDDEN = {"head", "script", "style", "title", "template", "noscript", "object", "svg"}
BLOCKS = {
    "address", "article", "blockquote", "dd", "div", "dl", "dt", "fieldset", "footer", "form",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "ol", "p", "pre", "section",
    "table", "tr", "ul",
}  # fmt: skip
APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote", "pre"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.line: list[str] = []
        self.hidden = 0
        self.quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - attributes are never used
        if tag in HIDDEN:
            self.hidden += 1
        elif tag == "br":
            self.end_line(keep_empty=True)
        elif tag in BLOCKS:
            self.end_line()
            self.leave_space(tag)
        if tag == "blockquote":
            self.quotes += 1
        elif tag == "li":
            self.line.append("- ")
        elif tag in {"td", "th"} and self.line:
            self.line.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in BLOCKS:
            self.end_line()
            self.leave_space(tag)
        if tag == "blockquote":
            self.quotes = max(0, self.quotes - 1)

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.line.append(data)

    def end_line(self, *, keep_empty: bool = False) -> None:
        text = re.sub(r"\s+", " ", "".join(self.line)).strip()
        self.line.clear()
        if text or keep_empty:
            self.lines.append(f"{'> ' * min(self.quotes, 5)}{text}".rstrip())

    def leave_space(self, tag: str) -> None:
        if tag in APART and self.lines and self.lines[-1].strip("> "):
            self.lines.append("")


def text_of_html(html: str) -> str:
    """Paragraphs, lists and quotations as lines; scripts, styles, pictures and links go."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.hidden:  # a tag that was never closed must not swallow the mail
        reader.hidden = 0
    reader.end_line()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(reader.lines)).strip()
