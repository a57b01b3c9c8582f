"""Indicators: queries that return the records they count, so that every value opens to them.

The type and the list stand here so that each room can register its own indicators from its
`apps.py`, and `reporting` can read, freeze and show them all without knowing the rooms.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One counted record as a reader sees it; `address` leads to it where the reader may go."""

    title: str
    facts: tuple[str, ...] = ()
    is_demo: bool = False
    address: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A counted figure of a cluster on a day.

    `records` returns the evidence the reader may see, in a fixed order; `value` derives the figure
    from all of it; `identify` gives what of a record enters the digest. `private` says that the
    agency sees the figure but not the records, because they hold amounts of members. `counted`
    gives the same figure without the records, where that takes less.
    """

    key: str
    name: Words
    definition: Words
    unit: str
    source: Words
    version: int
    records: Callable[[int, date], Iterable[Any]]
    value: Callable[[list[Any]], Decimal | None]
    identify: Callable[[Any], str]
    line: Callable[[Any], EvidenceLine]
    private: bool = False
    counted: Callable[[int, date], Decimal | None] | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """What an indicator counted: the figure, how many records, and the digest of their list."""

    number: Decimal | None
    evidence_count: int
    evidence_digest: str
    includes_demo: bool


_indicators: dict[str, Indicator] = {}


def register_indicators(*indicators: Indicator) -> None:
    """Add the indicators of a room; called once from its `apps.py`. A key belongs to one room."""
    for indicator in indicators:
        if _indicators.setdefault(indicator.key, indicator) is not indicator:
            message = f"Two rooms register the indicator {indicator.key}."
            raise ValueError(message)


def indicators() -> dict[str, Indicator]:
    """All indicators by key, in the order of registration."""
    return dict(_indicators)


def count(indicator: Indicator, cluster_id: int, day: date) -> Count:
    """Count an indicator as the acting seats see its records."""
    records = list(indicator.records(cluster_id, day))
    lines = [indicator.line(record) for record in records]
    return Count(
        number=indicator.value(records),
        evidence_count=len(records),
        evidence_digest=digest(indicator.identify(record) for record in records),
        includes_demo=any(line.is_demo for line in lines),
    )


def digest(identities: Iterable[str]) -> str:
    """SHA-256 over the sorted identities of the records, one a line."""
    return hashlib.sha256("\n".join(sorted(identities)).encode()).hexdigest()
