"""Reading the past: what changed, and how a row stood at a moment."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from clusterwerk.platform.history.past import PastEvent
from clusterwerk.platform.history.records import Part, Record, known_people, parts_of, record_of
from clusterwerk.platform.history.showing import Names, Shown, names_of, show
from clusterwerk.platform.history.tracking import event_model
from clusterwerk.platform.models import User
from clusterwerk.platform.prepared import prepared

PAGE_SIZE = 25
INSERTS = ("insert", "baseline")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after; the first event of a row has no before, its last no after."""

    label: str
    before: Shown | None
    after: Shown | None


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one row, in words; `actor` is a name, or empty where nobody is named.

    `is_command` says that no person acted but a command or job of the installation.
    """

    event: PastEvent
    record: Record
    fields: tuple[FieldChange, ...]
    actor: str = ""

    @property
    def at(self) -> datetime:
        return self.event.pgh_created_at

    @property
    def label(self) -> str:
        return self.event.pgh_label

    @property
    def reason(self) -> str:
        return str((self.event.pgh_context or {}).get("reason", ""))

    @property
    def actor_id(self) -> int | None:
        found = (self.event.pgh_context or {}).get("actor")
        return found if isinstance(found, int) else None

    @property
    def is_command(self) -> bool:
        return self.actor_id is None

    @property
    def key(self) -> tuple[datetime, str, int]:
        """Where it stands among all changes: time, then table, then running number."""
        return (self.at, self.event._meta.db_table, self.event.pk)


@dataclass(frozen=True, slots=True)
class Page:
    """Changes, newest first, and the key of the last when there are more."""

    changes: tuple[Change, ...]
    next: tuple[datetime, str, int] | None


def changes(
    record: Record,
    key: int,
    *,
    after: tuple[datetime, str, int] | None = None,
    most: int = PAGE_SIZE,
) -> Page:
    """What changed in a row and in the parts of its file, newest first; a page by key.

    Only what the acting seats may see: the events stand behind the wall of their table.
    """
    found: list[PastEvent] = []
    for model, condition in _subjects(record, key):
        found += _newest(model, condition, after, most + 1)
    found.sort(key=_place, reverse=True)
    shown = found[:most]
    told = _told(shown)
    more = told[-1].key if len(found) > most else None
    return Page(tuple(told), more)


def _place(event: PastEvent) -> tuple[datetime, str, int]:
    return (event.pgh_created_at, event._meta.db_table, event.pk)


def newest_row(record: Record, key: int) -> PastEvent | None:
    """The newest event of a row, or none when the acting seats see none."""
    newest = _newest_of(record.model)(key)
    return newest[0] if newest else None


@cache
def _newest_of(model: type[models.Model]) -> Callable[[int], list[PastEvent]]:
    @prepared
    def ask(key: int) -> models.QuerySet[Any]:
        return _ordered(model, Q(pgh_obj_id=key))[:1]

    return ask


def last_change(record: Record, key: int) -> Change | None:
    """What was last done to the row itself, whatever happened to the parts of its file."""
    newest = newest_row(record, key)
    return _told([newest])[0] if newest else None


def _subjects(record: Record, key: int) -> list[tuple[type[models.Model], Q]]:
    own = (record.model, Q(pgh_obj_id=key))
    newest = newest_row(record, key)
    parts: Iterable[Part] = parts_of(record, newest) if newest else ()
    return [own, *((model, Q(**condition)) for model, condition in parts)]


def events_of(model: type[models.Model]) -> models.QuerySet[Any]:
    """The events of a model that the acting seats may see."""
    events = event_model(model)
    assert events is not None, model
    return events._meta.base_manager.all()


def _newest(
    model: type[models.Model],
    condition: Q,
    after: tuple[datetime, str, int] | None,
    most: int,
) -> list[PastEvent]:
    found = _ordered(model, condition)
    if after is not None:
        found = found.filter(_later_than(found.model._meta.db_table, after))
    return list(found[:most])


def _ordered(model: type[models.Model], condition: Q) -> models.QuerySet[Any]:
    """Events, newest first, each with the key of the event before it on the same row."""
    events = events_of(model)
    before = (
        events.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
        .order_by("-pgh_id")
        .values("pgh_id")[:1]
    )
    found = events.filter(condition).annotate(before_id=Subquery(before))
    newest: models.QuerySet[Any] = found.order_by("-pgh_created_at", "-pgh_id")
    return newest


def _later_than(table: str, after: tuple[datetime, str, int]) -> Q:
    """Older than the key in the order time, table, number."""
    moment, there, number = after
    older = Q(pgh_created_at__lt=moment)
    if table < there:
        return older | Q(pgh_created_at=moment)
    return older | Q(pgh_created_at=moment, pgh_id__lt=number) if table == there else older


def _told(events: Sequence[PastEvent]) -> list[Change]:
    before = _before(events)
    names = names_of((_record_of(event), event) for event in [*events, *before.values()])
    told = [
        _change(event, before.get((type(event), vars(event)["before_id"])), names)
        for event in events
    ]
    return _named(told)


def _record_of(event: PastEvent) -> Record:
    record = record_of(vars(type(event))["pgh_tracked_model"])
    assert record is not None, type(event)
    return record


def _before(events: Sequence[PastEvent]) -> dict[tuple[type, int], PastEvent]:
    wanted: dict[type[models.Model], list[int]] = {}
    for event in events:
        if (key := vars(event)["before_id"]) is not None:
            wanted.setdefault(type(event), []).append(key)
    found: dict[tuple[type, int], Any] = {}
    for model, keys in wanted.items():
        earlier = model._meta.base_manager.in_bulk(keys)
        found.update({(model, key): event for key, event in earlier.items()})
    return found


def _change(event: PastEvent, before: PastEvent | None, names: Names) -> Change:
    record = _record_of(event)
    old = None if event.pgh_label in INSERTS else before
    new = None if event.pgh_label == "delete" else event
    return Change(event, record, tuple(_differences(record, old, new, names)))


def _differences(
    record: Record, old: PastEvent | None, new: PastEvent | None, names: Names
) -> Iterable[FieldChange]:
    for name, label in record.fields.items():
        before = show(record, old, name, names) if old else None
        after = show(record, new, name, names) if new else None
        if before != after and not (old is None and after is not None and after.is_empty):
            yield FieldChange(str(label), before, after)


def _named(told: list[Change]) -> list[Change]:
    """With the names of people whom the reader knows."""
    actors = {change.actor_id for change in told if change.actor_id is not None}
    known = known_people(actors)
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=known)} if known else {}
    return [replace(each, actor=names.get(each.actor_id or 0, "")) for each in told]


@dataclass(frozen=True, slots=True)
class Standing:
    """A row as it stood at a moment; `differs` names the fields that stand otherwise now."""

    record: Record
    event: PastEvent
    fields: tuple[tuple[str, Shown, bool], ...]


def end_of(day: date) -> datetime:
    """The moment at which a day is over, in local time."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def as_it_was(record: Record, key: int, day: date) -> list[Standing]:
    """The row and the parts of its file as they stood at the end of the day; parts may be none.

    Empty when the row did not stand then, or had no history yet.
    """
    moment = end_of(day)
    standing: list[Standing] = []
    for model, condition in _subjects(record, key):
        part = record_of(model)
        assert part is not None, model
        then, now = _stood(model, condition, moment), _stood(model, condition, None)
        names = names_of((part, event) for event in [*then, *now])
        newest = {event.pgh_obj_id: event for event in now}
        standing += [_standing(part, each, newest.get(each.pgh_obj_id), names) for each in then]
    return standing if any(each.record is record for each in standing) else []


def _stood(model: type[models.Model], condition: Q, moment: datetime | None) -> list[Any]:
    """The newest event of each row before the moment, without the rows deleted by then."""
    events = events_of(model).filter(condition)
    if moment is not None:
        events = events.filter(pgh_created_at__lt=moment)
    newest = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return [event for event in newest if event.pgh_label != "delete"]


def _standing(record: Record, event: PastEvent, now: PastEvent | None, names: Names) -> Standing:
    def line(name: str, label: object) -> tuple[str, Shown, bool]:
        then = show(record, event, name, names)
        return (str(label), then, now is None or show(record, now, name, names) != then)

    return Standing(record, event, tuple(line(*pair) for pair in record.fields.items()))
