"""The timeline of a member or contact: one list, to which every room adds what it knows.

A room registers a source from its `apps.py`. Its `entries` give what concerns an organisation or a
contact of one cluster before a moment, newest first and at most `limit`; the page joins them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened. `has_time` is off where only the day is known.

    `author` is a name; `people` names who took part; `change` is the address where who may mends
    it. `is_key` marks what changed the relation, such as joining.
    """

    at: datetime
    kind: str
    icon: str
    title: Words
    text: Words = ""
    url: str = ""
    author: str = ""
    people: tuple[str, ...] = ()
    change: str = ""
    has_time: bool = True
    is_key: bool = False
    is_demo: bool = False


# Cluster, organisation, contact, before, limit: entries before the moment, newest first.
Entries = Callable[[int, int | None, int | None, datetime | None, int], Sequence[TimelineEntry]]


@dataclass(frozen=True, slots=True)
class TimelineSource:
    """Something that adds to timelines, and its name in the filter.

    One that `narrows` another shows a part of what that one shows; it is asked only when it is
    chosen in the filter.
    """

    key: str
    label: Words
    entries: Entries
    order: int = 50
    narrows: bool = False
    shown_for: Callable[[int | None, int | None], bool] = field(default=lambda *_about: True)


_sources: dict[str, TimelineSource] = {}


def register_timeline(*sources: TimelineSource) -> None:
    """Add sources of a room; called once from its `apps.py`."""
    for source in sources:
        if _sources.setdefault(source.key, source) is not source:
            message = f"Two rooms add “{source.key}” to timelines."
            raise ValueError(message)


def timeline_sources(organisation: int | None, contact: int | None) -> list[TimelineSource]:
    """Those that can know something of this organisation or contact, in the order of the filter."""
    known = [each for each in _sources.values() if each.shown_for(organisation, contact)]
    return sorted(known, key=lambda source: source.order)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """Entries, newest first, and the moment before which the next page begins."""

    entries: tuple[TimelineEntry, ...]
    next: datetime | None


PAGE_SIZE = 20


def timeline_page(
    *,
    cluster: int,
    organisation: int | None = None,
    contact: int | None = None,
    kind: str = "",
    before: datetime | None = None,
    limit: int = PAGE_SIZE,
) -> TimelinePage:
    """One page, of all kinds or of one.

    Entries of one moment stay on one page, because the next begins before that moment.
    """
    found: list[TimelineEntry] = []
    for source in timeline_sources(organisation, contact):
        if source.key == kind or (not kind and not source.narrows):
            found += source.entries(cluster, organisation, contact, before, limit + 1)
    found.sort(key=lambda entry: entry.at, reverse=True)
    if len(found) <= limit:
        return TimelinePage(tuple(found), None)
    last = found[limit - 1].at
    return TimelinePage(tuple(entry for entry in found if entry.at >= last), last)
