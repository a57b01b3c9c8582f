"""The entries of the menus; each room brings its own from its `apps.py`."""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString

from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.seats import Seats

Words = str | Promise
KEPT = 256  # pages with their menus, for each set of lines that somebody sees


def everybody(_seats: Seats) -> bool:
    return True


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One line of a menu: `menu` is site, footer, account, top or the key of a group at the side.

    What stands in `top` is a button beside the search field: a thing done in passing.

    `leads_to` are pages on which the line is the current one too, besides its own. `key` is the
    letter that opens it after `g`.
    """

    menu: str
    order: int
    label: Words
    view: str
    icon: str = "info"
    shown: Callable[[Seats], bool] = everybody
    leads_to: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    label: Words
    address: str
    icon: str
    is_current: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading of the sidebar with its lines; one that is not open shows the heading alone."""

    label: Words
    entries: tuple[Link, ...]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Navigation:
    """All menus as this person sees them on this page; `drawn` keeps what was drawn of them."""

    site: tuple[Link, ...]
    footer: tuple[Link, ...]
    account: tuple[Link, ...]
    top: tuple[Link, ...]
    groups: tuple[Group, ...]
    drawn: dict[tuple[str, str], SafeString] = field(default_factory=dict, compare=False)

    @property
    def current(self) -> Link | None:
        """The line of the sidebar on which this page stands."""
        lines = (line for group in self.groups for line in group.entries)
        return next((line for line in lines if line.is_current), None)


_entries: dict[tuple[str, str], Entry] = {}
_groups: dict[str, tuple[int, Words]] = {}


def register_group(key: str, order: int, label: Words) -> None:
    """A heading of the sidebar."""
    _groups[key] = (order, label)


def register_entries(*entries: Entry) -> None:
    """Add entries of a room from its `apps.py`; a page stands once in a menu, however often."""
    _entries.update({(entry.menu, entry.view): entry for entry in entries})


@functools.cache
def _address(view: str) -> str:
    return reverse(view)


def navigation_for(request: HttpRequest) -> Navigation:
    """The menus for the seats acting in this request."""
    seats = seats_of(request)
    match = request.resolver_match
    shown = tuple(entry for entry in _entries.values() if entry.shown(seats))
    return _navigation(shown, match.view_name if match else "")


@functools.lru_cache(KEPT)
def _navigation(shown: tuple[Entry, ...], current: str) -> Navigation:
    """Kept, because people with the same seats see the same menus on the same page."""
    in_order = sorted(shown, key=lambda entry: entry.order)

    def links(menu: str) -> tuple[Link, ...]:
        return tuple(_link(entry, current) for entry in in_order if entry.menu == menu)

    ordered = sorted(_groups.items(), key=lambda item: item[1][0])
    named = ((label, links(key)) for key, (_order, label) in ordered)
    return Navigation(
        links("site"),
        links("footer"),
        links("account"),
        links("top"),
        tuple(_folded([(label, lines) for label, lines in named if lines])),
    )


def _link(entry: Entry, current: str) -> Link:
    return Link(
        entry.label,
        _address(entry.view),
        entry.icon,
        current in (entry.view, *entry.leads_to),
        entry.key,
    )


def _folded(groups: list[tuple[Words, tuple[Link, ...]]]) -> Iterator[Group]:
    """The groups, those for the day open: a menu of twenty lines is read by nobody.

    Open are lines without a heading, the first heading, and the one that holds this page.
    """
    first = next((label for label, _lines in groups if label), "")
    for label, lines in groups:
        is_open = not label or label == first or any(line.is_current for line in lines)
        yield Group(label, lines, is_open)
