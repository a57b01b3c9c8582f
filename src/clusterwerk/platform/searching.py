"""Quick search: each room says how rows of its kinds are found by the words a person types.

A source narrows to the seats first (clusters, agencies, organisations, by equality) and searches
inside them, because searching by words under a row policy cannot use an index. It gives at most
`limit` hits, and asks the same few queries whatever there is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.text import folded

Words = str | Promise
PER_SOURCE = 6
MOST_WORDS = 6
LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Hit:
    """One row that was found: its name, a line below it, and where it opens."""

    label: Words
    address: str
    note: Words = ""


Find = Callable[[Seats, tuple[str, ...], int], Sequence[Hit]]


@dataclass(frozen=True, slots=True)
class SearchSource:
    """One kind of rows. `find` takes the seats, folded words that all must fit, and a limit."""

    key: str
    label: Words
    find: Find
    icon: str = "document"
    order: int = 50


@dataclass(frozen=True, slots=True)
class Found:
    """Hits of one source; `has_more` when the limit cut some off."""

    source: SearchSource
    hits: tuple[Hit, ...]
    has_more: bool


_sources: dict[str, SearchSource] = {}


def register_search(*sources: SearchSource) -> None:
    """Add sources of a room; called once from its `apps.py`. A key has one source."""
    for source in sources:
        if _sources.setdefault(source.key, source) is not source:
            message = f"Two rooms search {source.key}."
            raise ValueError(message)


def typed_words(typed: str) -> tuple[str, ...]:
    """What is searched for: folded words; none while too little was typed to find anything."""
    words = tuple(dict.fromkeys(folded(typed).split()))[:MOST_WORDS]
    return words if sum(map(len, words)) >= LEAST_LETTERS else ()


def search(
    seats: Seats, typed: str, *, limit: int = PER_SOURCE, only: str = ""
) -> tuple[Found, ...]:
    """What the seats may see of what was typed, kind by kind; kinds without a hit are left out."""
    words = typed_words(typed)
    if not words:
        return ()
    asked = [source for source in _sources.values() if only in ("", source.key)]
    found = (_found(source, seats, words, limit) for source in sorted(asked, key=_order))
    return tuple(one for one in found if one.hits)


def _order(source: SearchSource) -> tuple[int, str]:
    return source.order, source.key


def _found(source: SearchSource, seats: Seats, words: tuple[str, ...], limit: int) -> Found:
    hits = tuple(source.find(seats, words, limit + 1))
    return Found(source, hits[:limit], len(hits) > limit)
