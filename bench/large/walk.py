"""Every page that a person reaches: from each address without parameters, by the links on pages.

Of addresses of one shape (view and keys of the query) each person opens one, so that a new page is
measured by itself as soon as it has an address or a link.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

Shape = tuple[str, tuple[str, ...]]
# Answers of one address: its status, what it says, and the address it came from in the end.
Opened = tuple[int, str, str]
Open = Callable[[str], Opened]

# The same for everybody who is signed in.
SAME = (
    "account_", "accounts:", "mail:", "mfa_", "portal:", "reporting:finding_", "reporting:reading_",
    "socialaccount_", "ui:", "usersessions_",
)  # fmt: skip
LEAVES = {"account_logout", "ui:language", "ui:theme"}
OK = 200


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found += [value for name, value in attributes if name == "href" and value]


def links(html: str, page: str) -> Iterator[str]:
    """Addresses of this site on a page."""
    parser = _Links()
    parser.feed(html)
    for link in parser.found:
        target = urlsplit(urljoin(page, link))
        if not target.netloc and target.scheme == "" and not target.path.startswith("/static/"):
            yield target.path + (f"?{target.query}" if target.query else "")


def shape_of(address: str) -> Shape:
    parts = urlsplit(address)
    keys = sorted({key for key, _value in parse_qsl(parts.query, keep_blank_values=True)})
    return resolve(parts.path).view_name, tuple(keys)


def starts() -> list[str]:
    """Every address without parameters."""
    return sorted(f"/{route}" for route in _routes(get_resolver().url_patterns, ""))


def _routes(patterns: Iterable[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one.url_patterns, here)
        elif "<" not in here and "(" not in here:
            yield here


def pages(open_: Open, *, is_repeated: bool) -> dict[Shape, str]:
    """One address of each shape that answers with a page; where somebody else walked before,
    without those that are the same for everybody.
    """
    waiting, seen, found = deque(starts()), set[Shape](), dict[Shape, str]()
    while waiting:
        address = waiting.popleft()
        try:
            shape = shape_of(address)
        except Resolver404:
            continue
        if shape in seen or shape[0] in LEAVES or (is_repeated and shape[0].startswith(SAME)):
            continue
        seen.add(shape)
        status, html, came_to = open_(address)
        if status == OK:
            found[shape] = address
            waiting.extend(links(html, came_to))
    return found
