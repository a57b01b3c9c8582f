"""What the past of each table looks like to a person; every room registers its own tables.

A record names its fields in words and in order, says which rows belong to its file (the promised
contributions of a membership), where its own page is, and who may take its last change back.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise

from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.kinds import example_of

Words = str | Promise
Part = tuple[type[models.Model], Mapping[str, Any]]
Acquainted = Callable[[Collection[int]], Iterable[int]]


def _no_parts(_row: Any) -> Iterable[Part]:  # noqa: ANN401 - a row of the record's own model
    return ()


def _by_policy(_seats: Seats, _key: int) -> Decision:
    return allow_if(condition=True, reason="")


@dataclass(frozen=True)
class Record:
    """The past of one table, as a screen shows it.

    `fields` are names with their words; what is left out is nobody's reading matter (keys, marks,
    what is computed). `parts` gives, for a row, the tables and conditions of what stands in its
    file. `may_see` narrows what the row policies already allow. `may_undo` is None where a last
    change is never taken back from here: counted and published figures, seats.
    """

    model: type[models.Model]
    title: Words
    fields: Mapping[str, Words]
    parts: Callable[[Any], Iterable[Part]] = _no_parts
    called: Callable[[Any], str] = example_of
    address: Callable[[Any], str] | None = None
    may_see: Callable[[Seats, int], Decision] = _by_policy
    may_undo: Callable[[Seats, Any], Decision] | None = None
    wording: Mapping[str, Callable[[Any], Words]] = field(default_factory=dict)

    @property
    def room(self) -> str:
        return self.model._meta.app_label

    @property
    def name(self) -> str:
        """The part of the address that names the table."""
        return str(self.model._meta.model_name)


_records: dict[type[models.Model], Record] = {}
_joined: dict[type[models.Model], list[Callable[[Any], Iterable[Part]]]] = {}
_acquaintances: list[Acquainted] = []


def register_records(*records: Record) -> None:
    """Add the records of a room; called once from its `apps.py`."""
    _records.update({record.model: record for record in records})


def register_parts(model: type[models.Model], parts: Callable[[Any], Iterable[Part]]) -> None:
    """Let an upper room add its tables to the file of a lower one's row."""
    joined = _joined.setdefault(model, [])
    if parts not in joined:
        joined.append(parts)


def parts_of(record: Record, row: Any) -> Iterable[Part]:  # noqa: ANN401 - an event of the record
    """What stands in the file of a row: its own parts, then those of upper rooms."""
    yield from record.parts(row)
    for parts in _joined.get(record.model, ()):
        yield from parts(row)


def register_acquaintance(known: Acquainted) -> None:
    """Let a room say which of these people the acting person knows by name."""
    if known not in _acquaintances:
        _acquaintances.append(known)


def record_of(model: type[models.Model]) -> Record | None:
    return _records.get(model)


def record_named(room: str, name: str) -> Record | None:
    return next(
        (each for each in _records.values() if (each.room, each.name) == (room, name)), None
    )


def known_people(people: Collection[int]) -> set[int]:
    """Those whose names the acting person may read; the others remain "somebody"."""
    return {person for known in _acquaintances for person in known(people)} if people else set()
