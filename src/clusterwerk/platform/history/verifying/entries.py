"""Entries of the chain against each other, and against the rows they seal."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection

from clusterwerk.platform.history.verifying.faults import Fault, What
from clusterwerk.platform.history.verifying.layouts import Layout

START = bytes(32)  # what the first entry is chained to
DIGEST = 32
LATE = timedelta(days=1)  # a transaction is shorter, so what it says cannot be older than that
_ENTRIES = """
    select number, kind, event_table, event_id, layout, key, personal, sealed_at, entry_digest,
      chain_digest
    from platform_historyentry where number > %s order by number limit %s
"""
_OTHERS = """
    select h.number, (e.id is not null or h.kind = 'cut') as is_there,
      row(1, h.number, h.kind, h.event_table, h.event_id, h.salt, h.sealed_at,
        case when h.kind = 'cut' then '' else row(e.key, e.erased_at, e.actor, e.reason,
          e.subject_model, e.subject_id, e.taken)::text end)::text
    from platform_historyentry h left join platform_erasure e
      on h.kind = 'erasure' and e.id = h.event_id
    where h.number between %s and %s and h.kind <> 'event'
"""


class Entry(NamedTuple):
    """A row of the chain as it stands in the table."""

    number: int
    kind: str
    event_table: str
    event_id: int
    layout: int | None
    key: int | None
    personal: bytes | None
    sealed_at: datetime
    entry_digest: bytes
    chain_digest: bytes


class Sealed(NamedTuple):
    """What an entry is the digest of; `values` are texts of personal values and whether null."""

    is_there: bool
    text: str
    created_at: datetime | None = None
    secret: bytes | None = None
    values: tuple[tuple[str, bool], ...] = ()


@dataclass(slots=True)
class Walk:
    """Where the walk along the chain is, and what it knows of the way so far."""

    layouts: dict[int, Layout]
    erased_keys: set[int]
    number: int = 0
    chain: bytes = START
    cuts: dict[str, tuple[int, datetime]] = field(default_factory=dict)

    def next(self, most: int) -> list[Entry]:
        with connection.cursor() as cursor:
            cursor.execute(_ENTRIES, [self.number, most])
            return [Entry(*row) for row in cursor.fetchall()]

    def faults(self, entries: list[Entry]) -> Iterator[Fault]:
        """At most one fault for each entry of a stretch, in their order."""
        sealed = self._sealed(entries)
        for entry in entries:
            yield from self._missing(entry)
            found = self._linked(entry) or self._content(entry, sealed.get(entry.number))
            if found is not None:
                yield found
            self.number, self.chain = entry.number, bytes(entry.chain_digest)

    def _missing(self, entry: Entry) -> Iterator[Fault]:
        """A gap; after it the chain goes on from what the next entry says itself."""
        missing = entry.number - self.number - 1
        if missing:
            detail = f"{missing} before entry {entry.number}"
            yield Fault(What.ENTRIES_MISSING, self.number + 1, at=entry.sealed_at, detail=detail)

    def _linked(self, entry: Entry) -> Fault | None:
        is_next = entry.number == self.number + 1
        linked = sha256(self.chain + entry.entry_digest).digest()
        if is_next and linked != bytes(entry.chain_digest):
            return _fault(What.ENTRY_CHANGED, entry)
        return None

    def _content(self, entry: Entry, sealed: Sealed | None) -> Fault | None:
        if sealed is None:
            return _fault(What.COLUMN_GONE, entry) if entry.layout in self.layouts else None
        if not sealed.is_there:
            return _fault(What.REMOVED, entry)
        found = self._personal(entry, sealed)
        if found is not None:
            return found
        if sha256(sealed.text.encode()).digest() != bytes(entry.entry_digest):
            return _fault(What.CHANGED, entry, sealed)
        return self._in_time(entry, sealed)

    def _in_time(self, entry: Entry, sealed: Sealed) -> Fault | None:
        """An event seals only what could still come when its table was cut."""
        if entry.kind == "cut":
            self.cuts[entry.event_table] = (entry.event_id, entry.sealed_at)
            return None
        up_to, cut_at = self.cuts.get(entry.event_table, (0, None))
        if entry.event_id <= up_to and entry.kind == "event":
            return _fault(What.BEHIND, entry, sealed)
        if sealed.created_at and cut_at and sealed.created_at < cut_at - LATE:
            return _fault(What.LATE, entry, sealed)
        return None

    def _personal(self, entry: Entry, sealed: Sealed) -> Fault | None:
        if not sealed.values:
            return None
        if sealed.secret is None:
            return self._without_key(entry, sealed)
        if entry.key in self.erased_keys:
            return _fault(What.KEY_BACK, entry, sealed)
        names = self.layouts[entry.layout or 0].personal
        digests = bytes(entry.personal or b"")
        for place, (name, (text, _null)) in enumerate(zip(names, sealed.values, strict=True)):
            kept = digests[place * DIGEST : (place + 1) * DIGEST]
            if keyed(sealed.secret, text) != kept:
                return _fault(What.PERSONAL_CHANGED, entry, sealed, name)
        return None

    def _without_key(self, entry: Entry, sealed: Sealed) -> Fault | None:
        if entry.key not in self.erased_keys:
            return _fault(What.KEY_GONE, entry, sealed)
        if not all(is_null for _text, is_null in sealed.values):
            return _fault(What.WRITTEN_AFTER, entry, sealed)
        return None

    def _sealed(self, entries: list[Entry]) -> dict[int, Sealed]:
        """What the entries are digests of, by number; without those of a column that is gone."""
        first, last = entries[0].number, entries[-1].number
        found: dict[int, Sealed] = {}
        kinds = sorted({(entry.layout or 0, entry.kind == "event") for entry in entries})
        if any(not is_event for _layout, is_event in kinds):
            found |= _others(first, last)
        for layout, _events in groupby(kinds, key=lambda pair: pair[0]):
            if layout in self.layouts and self.layouts[layout].is_complete:
                found |= _events_of(self.layouts[layout], first, last)
        return found


def keyed(secret: bytes, text: str) -> bytes:
    """Digest of a personal value that nobody can match by trying values without the key."""
    secret = bytes(secret)
    return sha256(secret + sha256(secret + text.encode()).digest()).digest()


def _fault(what: What, entry: Entry, sealed: Sealed | None = None, detail: str = "") -> Fault:
    at = (sealed.created_at if sealed else None) or entry.sealed_at
    return Fault(what, entry.number, entry.event_table, entry.event_id, at, detail)


def _others(first: int, last: int) -> dict[int, Sealed]:
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, [first, last])
        return {number: Sealed(is_there, text) for number, is_there, text in cursor.fetchall()}


def _events_of(layout: Layout, first: int, last: int) -> dict[int, Sealed]:
    with connection.cursor() as cursor:
        cursor.execute(layout.statement, [first, last])
        return {row[0]: _sealed(row) for row in cursor.fetchall()}


def _sealed(row: tuple[Any, ...]) -> Sealed:
    _number, event, text, created_at, secret, *values = row
    pairs = tuple(zip(values[::2], values[1::2], strict=True))
    return Sealed(event is not None, text, created_at, secret, pairs)
