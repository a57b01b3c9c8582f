"""Taking a whole move back, by the history that it left.

Every row that an import writes stands in the history under the reason of the move, whatever action
wrote it. A row that was added is taken away, unless somebody changed it since or refers to it; one
that stays so keeps what belongs to it: a contact its positions and consents, an organisation its
numbers and sizes, a membership its amounts. What the move gave to a row that was there before is
taken back. A field that was changed gets its earlier value, unless it was changed again. What the
register knows stays in the directory, which is everybody's.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.db.models.fields.reverse_related import ForeignObjectRel, ManyToManyRel
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.directory.actions import DOOR
from clusterwerk.directory.models import (
    Organisation,
    OrganisationIdentifier,
    OrganisationSector,
)
from clusterwerk.members import access
from clusterwerk.members.models import (
    Consent,
    Contact,
    Contribution,
    CustomValue,
    Interaction,
    InteractionParty,
    Membership,
    Move,
    MoveState,
    Position,
    SizeStatement,
    TagUse,
)
from clusterwerk.members.moving_in.importing import one_at_a_time
from clusterwerk.platform.access import reading
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import because, unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.records import record_of
from clusterwerk.platform.history.tracking import event_model, event_models, tracked_model
from clusterwerk.platform.kinds import example_of
from clusterwerk.platform.rows import refusing

Model = type[models.Model]
MOST_TOLD = 200
# What says nothing without the row that it belongs to; without a consent a refusal would be lost. A
# contact and a membership are no parts: they can go while their organisation stays.
PARTS: tuple[tuple[Model, str, tuple[Model, ...]], ...] = (
    (Contact, "contact_id", (Position, Consent, CustomValue)),
    (
        Organisation,
        "organisation_id",
        (OrganisationIdentifier, OrganisationSector, SizeStatement, TagUse, CustomValue),
    ),
    (Membership, "membership_id", (Contribution,)),
    (Interaction, "interaction_id", (InteractionParty,)),
)


@dataclass(slots=True)
class Trace:
    """What a move left in one table: rows it added, and values it changed, by row."""

    model: Model
    added: set[int] = field(default_factory=set)
    before: dict[int, dict[str, Any]] = field(default_factory=dict)
    after: dict[int, dict[str, Any]] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Kept:
    """What stays although the move brought or changed it: all counted, the first told in words."""

    told: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, model: Model, keys: Collection[int], why: str) -> None:
        """Those of the rows that still exist; who took one away left nothing that stays."""
        if not keys:
            return
        rows = model._meta.base_manager.filter(pk__in=keys).order_by("pk")
        self.count += rows.count()
        self.told += _names(rows[: MOST_TOLD - len(self.told)], why)


@transaction.atomic
def undo_move(*, seats: Seats, move: Move) -> dict[str, Any]:
    """Counts of what was taken away and restored, and what stayed with the reason."""
    access.may_keep_members(seats, move.cluster_id).require()
    one_at_a_time(move.cluster_id)
    move.refresh_from_db(from_queryset=Move.objects.select_for_update())
    if move.state != MoveState.IMPORTED:
        raise DomainError(_("Only a move that was imported can be taken back."))
    traces = [trace for trace in map(_Reader(move).trace, _tables()) if trace is not None]
    kept = _keep_what_is_needed(traces)
    because(seats.actor, f"{move.reason} taken back")
    with unlocked(seats, DOOR):
        restored = sum(_restore(trace, kept) for trace in traces)
        gone = {trace.model._meta.label_lower: _remove(trace) for trace in traces}
    undone = {
        "gone": {label: number for label, number in gone.items() if number},
        "restored": restored,
        "kept": kept.told,
        "kept_count": kept.count,
    }
    move.state, move.undone_at = MoveState.UNDONE, timezone.now()
    move.outcome = {**move.outcome, "undone": undone}
    move.save(update_fields=["state", "undone_at", "outcome"])
    return undone


def _tables() -> list[Model]:
    """Tables of clusters with a history; the move itself is not part of what it did."""
    found = [tracked_model(event) for event in event_models()]
    return [model for model in found if model is not Move and _has_cluster(model)]


def _has_cluster(model: Model) -> bool:
    return any(each.column == "cluster_id" for each in model._meta.concrete_fields)


class _Reader:
    """Reads what the history of a table says of one move."""

    def __init__(self, move: Move) -> None:
        self.move = move

    def trace(self, model: Model) -> Trace | None:
        events = event_model(model)
        assert events is not None, "only tables with a history"
        own = events._meta.base_manager.filter(cluster_id=self.move.cluster_id)
        of_move = own.filter(pgh_context__reason=self.move.reason)
        labels = list(of_move.order_by("pgh_id").values("pgh_id", "pgh_label", "pgh_obj_id"))
        if not labels:
            return None
        trace = Trace(model)
        trace.added = {row["pgh_obj_id"] for row in labels if row["pgh_label"] == "insert"}
        newest = {row["pgh_obj_id"]: row["pgh_id"] for row in labels}
        since = own | events._meta.base_manager.filter(cluster_id=None)  # published by now
        later = since.filter(pgh_obj_id__in=list(newest), pgh_id__gt=min(newest.values()))
        for key, number in later.values_list("pgh_obj_id", "pgh_id"):
            if number > newest[key]:
                trace.touched.add(key)
        self._updates(trace, own, labels)
        return trace

    def _updates(self, trace: Trace, own: Any, labels: list[dict[str, Any]]) -> None:  # noqa: ANN401 - events
        """For each row that was there before: its values before and after the move."""
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for row in labels:
            if row["pgh_label"] == "update" and row["pgh_obj_id"] not in trace.added:
                first.setdefault(row["pgh_obj_id"], row["pgh_id"])
                last[row["pgh_obj_id"]] = row["pgh_id"]
        events = own.filter(pgh_obj_id__in=list(first)).order_by("pgh_obj_id", "pgh_id").values()
        before: dict[int, dict[str, Any]] = {}
        for event in events.iterator():
            key, number = event["pgh_obj_id"], event["pgh_id"]
            if number < first[key]:
                before[key] = event
            elif number == last[key] and key in before:
                trace.before[key], trace.after[key] = before[key], event


def _keep_what_is_needed(traces: Iterable[Trace]) -> Kept:
    """Leave out of the removal what was changed since, what other rows refer to, and what belongs
    to either; tell which, but for what belongs.
    """
    by_model = {trace.model: trace for trace in traces}
    brought = {model: frozenset(trace.added) for model, trace in by_model.items()}
    kept = Kept()
    for trace in by_model.values():
        changed = trace.added & trace.touched
        trace.added -= changed
        kept.add(trace.model, changed, _("changed since"))
    is_settled = False
    while not is_settled:
        _keep_parts(by_model, brought)
        is_settled = True
        for trace in by_model.values():
            used = _used_elsewhere(trace, by_model)
            if used:
                is_settled = False
                trace.added -= used
                kept.add(trace.model, used, _("something else refers to it"))
    return kept


def _keep_parts(by_model: dict[Model, Trace], brought: dict[Model, frozenset[int]]) -> None:
    """Parts of what the move brought and that stays, stay too."""
    for whole, column, parts in PARTS:
        staying = brought[whole] - by_model[whole].added if whole in by_model else None
        for trace in [by_model[part] for part in parts if staying and part in by_model]:
            held = trace.model._meta.base_manager.filter(**{f"{column}__in": staying})
            trace.added.difference_update(held.values_list("pk", flat=True))


def _used_elsewhere(trace: Trace, by_model: dict[Model, Trace]) -> set[int]:
    """Added rows that other rows refer to, and will once the move is taken back; derived tables,
    without a history, do not count.
    """
    used: set[int] = set()
    for model, column in _references(trace.model):
        other = by_model.get(model, Trace(model))
        rows = model._meta.base_manager.filter(**{f"{column}__in": list(trace.added)})
        pairs = rows.values_list("pk", column)
        used |= {target for key, target in pairs if not _lets_go(other, key, column, target)}
    return used


def _lets_go(trace: Trace, key: int, column: str, target: int) -> bool:
    """Whether the row goes itself, or refers to something else again when it is restored."""
    if key in trace.added:
        return True
    return key in trace.before and trace.before[key][column] != target == trace.after[key][column]


def _references(model: Model) -> Iterator[tuple[Model, str]]:
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and not isinstance(relation, ManyToManyRel):
            other = relation.related_model
            if event_model(other) is not None:
                yield other, relation.field.attname


def _names(rows: models.QuerySet[Any], why: str) -> list[str]:
    """Rows in words, for who wants to look at them."""
    record = record_of(rows.model)
    title = str(record.title) if record else str(rows.model._meta.verbose_name)
    return [f"{title}: {example_of(row)} ({why})" for row in rows]


def _restore(trace: Trace, kept: Kept) -> int:
    """Give fields their values of before; returns how many rows got some back."""
    restored = 0
    rows = trace.model._meta.base_manager.in_bulk(list(trace.before))
    for key, row in rows.items():
        back, lost = _values_back(trace, key, row)
        if back:
            for name, value in back.items():
                setattr(row, name, value)
            with refusing({}):
                row.save(update_fields=list(back))
            restored += 1
        if lost:
            why = _("%(fields)s changed since") % {"fields": ", ".join(lost)}
            kept.add(trace.model, [key], why)
    return restored


def _values_back(trace: Trace, key: int, row: models.Model) -> tuple[dict[str, Any], list[str]]:
    """Fields that still stand as the move left them, and names of those that do not."""
    before, after = trace.before[key], trace.after[key]
    record = record_of(trace.model)
    back, lost = {}, []
    for each in trace.model._meta.concrete_fields:
        name = each.attname
        if name not in before or before[name] == after[name]:
            continue
        if getattr(row, name) == after[name]:
            back[name] = before[name]
        elif getattr(row, name) != before[name]:
            words = record.fields.get(each.name) if record else None
            lost.append(str(words or each.verbose_name))
    return back, lost


def _remove(trace: Trace) -> int:
    """References among the rows of a move are checked at the commit, so the order is free."""
    if not trace.added:
        return 0
    table = trace.model._meta.db_table
    with reading.connection().cursor() as cursor:
        quoted = reading.connection().ops.quote_name(table)
        statement = f"delete from {quoted} where id = any(%s)"  # noqa: S608 - a name of ours
        cursor.execute(statement, [list(trace.added)])
        return int(cursor.rowcount)
