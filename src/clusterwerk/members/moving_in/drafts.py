"""A row on its way: what its cells say, what was found, what would become of it.

References to what is not there yet are texts: `o:12` an organisation by its id, `r:0403019261` one
of the register, `n:…` one that this move makes; `c:7` and `k:…` the same for contacts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from clusterwerk.members.models import RowState
from clusterwerk.members.moving_in.fields import Field, Words
from clusterwerk.platform.ui.templatetags.ui import day, euro

NEW = "new"  # a person chose to make a new one
ROW = "row"  # a person chose to leave the row out
ORGANISATION, CONTACT = "organisation", "contact"
ASK = "ask"  # a person wants to be asked, whatever was answered before
ASKED = "asked-"  # before a slot: the digest of the question that was answered
FROM = "from-"  # before a slot: whence an answer came that nobody gave in this move
NONE = "none"  # a person chose that none of the candidates is meant
ERASED = "erased"  # nobody chose: the person of the row was erased on request
WHOLE_ROW = -1  # a complaint about no column in particular


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong, or was left out, and in which column (index, or `WHOLE_ROW`)."""

    column: int
    words: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field of an existing row: what stands there, and what the file says."""

    label: Words
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who may be meant; `why` are reasons in words."""

    ref: str
    name: str
    about: str
    score: int
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Who is meant by the organisation or contact (`slot`) of a row.

    `key` is the same for all rows that ask the same question; `about` is what was written.
    """

    slot: str
    key: str
    about: str
    candidates: tuple[Candidate, ...]
    may_make: bool


@dataclass(slots=True)
class Draft:
    """One row of one file."""

    row: int
    number: int
    cells: Sequence[str]
    choices: dict[str, str] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)  # where each field stands
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Complaint] = field(default_factory=list)
    remarks: list[Complaint] = field(default_factory=list)
    told: list[str] = field(default_factory=list)  # what the preview adds in words
    makes: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    organisation: str = ""
    contact: str = ""
    title: str = ""
    notes: dict[str, Any] = field(default_factory=dict)
    seen: Sequence[dict[str, Any]] = ()  # what the preview asked

    @property
    def state(self) -> RowState:
        if ROW in self.choices:
            return RowState.SKIPPED
        if self.problems:
            return RowState.WRONG
        if self.doubts:
            return RowState.DOUBTFUL
        if self.makes:
            return RowState.NEW
        return RowState.CHANGED if self.changes else RowState.SAME

    @property
    def is_erased(self) -> bool:
        return self.choices.get(ROW) == ERASED

    @property
    def is_alive(self) -> bool:
        """Whether later parts go on with this row."""
        return ROW not in self.choices and not self.problems

    @property
    def is_written(self) -> bool:
        return self.state in {RowState.NEW, RowState.CHANGED}

    def get(self, key: str) -> Any:  # noqa: ANN401 - the field says which
        return self.values.get(key)

    def text(self, key: str) -> str:
        """What the file says, as it was written; empty where it has no such column."""
        at = self.columns.get(key, WHOLE_ROW)
        return self.cells[at] if 0 <= at < len(self.cells) else ""

    def wrong(self, words: str, key: str = "") -> None:
        self.problems.append(Complaint(self.columns.get(key, WHOLE_ROW), words))

    def remark(self, words: str, key: str = "") -> None:
        self.remarks.append(Complaint(self.columns.get(key, WHOLE_ROW), words))

    def seen_doubt(self, slot: str) -> Doubt | None:
        """What the preview asked about the organisation or the contact."""
        told = next((each for each in self.seen if each["slot"] == slot), None)
        if told is None:
            return None
        candidates = tuple(
            Candidate(**{**each, "why": tuple(each["why"])}) for each in told["candidates"]
        )
        return Doubt(**{**told, "candidates": candidates})

    def makes_also(self, what: str) -> None:
        if what not in self.makes:
            self.makes.append(what)

    def differs(self, label: Words, before: object, after: object) -> bool:
        """Note a change of an existing row; whether there is one."""
        if str(before or "") == str(after or ""):
            return False
        self.changes.append(Change(label, _written(before), _written(after)))
        return True


def _written(value: object) -> str:
    """As the reader of the preview writes it; only days and amounts are not so by themselves."""
    if isinstance(value, date):
        return day(value)
    return euro(value) if isinstance(value, Decimal) else str(value or "")


def choices_of(text: str) -> dict[str, str]:
    """What a person chose for a row, by slot; one choice stands on a line."""
    pairs = (line.partition("=") for line in text.splitlines())
    return {slot: ref for slot, _sign, ref in pairs}


def choice_text(choices: Mapping[str, str]) -> str:
    """As `choices_of` reads it."""
    return "\n".join(f"{slot}={ref}" for slot, ref in choices.items())[:1000]


def alive(drafts: Sequence[Draft]) -> Iterator[Draft]:
    return (draft for draft in drafts if draft.is_alive)


def written(drafts: Sequence[Draft]) -> Iterator[Draft]:
    return (draft for draft in drafts if draft.is_written)


def field_words(fields: Sequence[Field], key: str) -> Words:
    return next((each.label for each in fields if each.key == key), key)
