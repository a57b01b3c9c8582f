"""What verifying finds, in words for whoever keeps the installation."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

NAMED = 20  # faults that are told one by one; all of them are counted


class What(StrEnum):
    """Kinds of faults; the words end the sentence about an entry or a row."""

    CHANGED = "the row, its time, its actor or its reason was changed after it was sealed"
    PERSONAL_CHANGED = "a personal value was changed after it was sealed"
    REMOVED = "the sealed row was removed"
    BEHIND = "was added behind: it was not there when its table was sealed further"
    LATE = "was added later than it says: it claims a time before its table was last sealed"
    ENTRY_CHANGED = "the entry, or its place in the order, was altered"
    ENTRIES_MISSING = "entries were removed"
    KEY_GONE = "the key of its personal values is gone, and no erasure says so"
    KEY_BACK = "the key of an erased person is there again"
    WRITTEN_AFTER = "a personal value was written into it after the erasure"
    LAYOUT = "the list of its sealed columns was altered"
    COLUMN_GONE = "a sealed column is no longer in the table"
    HEAD = "the chain does not hold a head that was noted before"
    UNRECORDED = "the present row is not what its history says"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not verify; `number` is an entry of the chain where there is one."""

    what: What
    number: int | None = None
    table: str = ""
    event: int | None = None
    at: datetime | None = None
    detail: str = ""

    def __str__(self) -> str:
        where = [f"entry {self.number}"] if self.number is not None else []
        where += [f"{self.table} {self.event}"] if self.event is not None else []
        where += [self.table] if self.table and self.event is None else []
        where += [f"of {self.at:%Y-%m-%d %H:%M:%S %Z}"] if self.at else []
        detail = f" ({self.detail})" if self.detail else ""
        return f"{', '.join(where) or 'history'}: {self.what}{detail}"


@dataclass(slots=True)
class Verification:
    """What one verification found; well when nothing is broken.

    `entries` were walked, `rows` tables were compared with their newest events, `waiting` events
    have no seal yet, `erasures` are recorded, `heads` noted before were held against the chain.
    """

    since: int = 0
    newest: int = 0
    head: str = ""
    entries: int = 0
    tables: int = 0
    waiting: int = 0
    erasures: int = 0
    heads: int = 0
    broken: int = 0
    first: Fault | None = None
    named: list[Fault] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, faults: Iterable[Fault]) -> None:
        """Count faults; the first is that of the lowest entry, then the first without one."""
        for fault in faults:
            self.broken += 1
            self.kinds[fault.what.name.lower()] += 1
            if self.first is None or _place(fault) < _place(self.first):
                self.first = fault
            if len(self.named) < NAMED:
                self.named.append(fault)

    @property
    def is_well(self) -> bool:
        return self.broken == 0


def _place(fault: Fault) -> float:
    return float("inf") if fault.number is None else fault.number
