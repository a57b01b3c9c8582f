"""Moving rows of one owner from one row to another, and noting each step."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Model, ProtectedError, QuerySet
from django.utils.translation import gettext as _

from clusterwerk.directory.duplicates.registry import Clash, Moves, moves_to
from clusterwerk.directory.models import MergeStep, MergeStepKind
from clusterwerk.platform.access import reading
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.tracking import event_model
from clusterwerk.platform.rows import changed, refusing

Row = Any  # a row of any registered model


class Mover:
    """Moves the rows of one cluster, or those that no cluster owns, and writes down the steps.

    Works with the seats that stand entered: what they may not write does not move, and then nothing
    does.
    """

    def __init__(
        self, merge: UUID, cluster: int | None, leaving_out: Sequence[type[Model]] = ()
    ) -> None:
        self.merge = merge
        self.cluster = cluster
        self.leaving_out = tuple(leaving_out)

    def move(self, target: type[Model], losing: int, keeping: int) -> None:
        """Everything that refers to one row of the model refers to the other."""
        for moves in moves_to(target):
            if moves.model not in self.leaving_out and (self.cluster is None or moves.has_owner):
                self._follow(moves, losing, keeping)

    def change(self, row: Model, facts: Mapping[str, Any]) -> None:
        """Other values for a row, with the event before and after."""
        names = [name for name, value in facts.items() if getattr(row, name) != value]
        before = _newest_event(row)
        if changed(row, _messages(type(row)), **facts):
            self._note(row, MergeStepKind.CHANGED, names, before, _newest_event(row))

    def take_up(self, row: Row, kept: Row, facts: Mapping[str, Any] | None = None) -> None:
        """One row becomes part of another of its model: what refers to it moves, and it goes."""
        self._dissolve(row, kept)
        if facts:
            self.change(kept, facts)

    def rows(self, moves: Moves, key: int) -> "QuerySet[Any]":
        """Rows of this owner that refer to a row by its key."""
        return rows_of(moves, key, self.cluster)

    def _follow(self, moves: Moves, losing: int, keeping: int) -> None:
        rows = self.rows(moves, losing).order_by("pk")
        free = (
            self._without_clash(moves.on_clash, moves, rows, keeping)
            if moves.on_clash
            else list(rows.values_list("pk", flat=True))
        )
        if free:
            self._repoint(moves, free, losing, keeping)

    def _without_clash(
        self, clash: Clash, moves: Moves, rows: "QuerySet[Any]", keeping: int
    ) -> list[int]:
        """Those that may move as they are; the others were taken up."""
        free = []
        for row in rows:
            kept = self.rows(moves, keeping)
            others = clash.found(row, kept)
            if others:
                self._combine(clash, row, others)
                continue
            if clash.yielding:
                self.change(row, clash.yielding(row, kept))
            free.append(row.pk)
        return free

    def _combine(self, clash: Clash, row: Row, others: Sequence[Row]) -> None:
        kept, *more = others
        taken = [row, *more]
        facts = clash.combined(kept, taken) if clash.combined else {}
        for each in taken:
            self._dissolve(each, kept)
        self.change(kept, facts)

    def _dissolve(self, row: Row, kept: Row) -> None:
        self.move(type(row), row.pk, kept.pk)
        before = _newest_event(row)
        key = row.pk
        try:
            row.delete()
        except ProtectedError as error:
            message = _("Other rows hold on to one that would be taken up: %(row)s.")
            raise DomainError(message % {"row": row}) from error
        row.pk = key
        self._note(row, MergeStepKind.ABSORBED, [], before, None)

    def _repoint(self, moves: Moves, keys: list[int], losing: int, keeping: int) -> None:
        rows = moves.model._meta.base_manager.filter(pk__in=keys)
        with refusing(_messages(moves.model)):
            moved = rows.update(**{moves.column: keeping})
        if moved != len(keys):
            raise DomainError(_not_all(moves.model))
        MergeStep.objects.bulk_create(
            MergeStep(
                merge=self.merge,
                cluster_id=self.cluster,
                model=moves.model._meta.label_lower,
                row=key,
                kind=MergeStepKind.MOVED,
                fields=[moves.field],
                before=losing,
                after=keeping,
            )
            for key in keys
        )

    def _note(
        self,
        row: Model,
        kind: MergeStepKind,
        names: Sequence[str],
        before: int | None,
        after: int | None,
    ) -> None:
        MergeStep.objects.create(
            merge=self.merge,
            cluster_id=self.cluster,
            model=row._meta.label_lower,
            row=row.pk,
            kind=kind,
            fields=list(names),
            event_before=before,
            event_after=after,
        )


def rows_of(moves: Moves, key: int, cluster: int | None) -> "QuerySet[Any]":
    """Rows of one owner that refer to a row by its key; without a cluster, those of nobody's."""
    rows = moves.model._meta.base_manager.filter(**{moves.column: key})
    if not moves.has_owner:
        return rows
    owner = {"cluster_id__isnull": True} if cluster is None else {"cluster_id": cluster}
    return rows.filter(**owner)


def check_keys(refusal: str) -> None:
    """Keys that are checked at the end are checked here, where a refusal still has words."""
    try:
        with transaction.atomic(), reading.connection().cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")
    except IntegrityError as error:
        raise DomainError(refusal) from error


def _newest_event(row: Model) -> int | None:
    events = event_model(type(row))
    if events is None:
        return None
    found = events._meta.base_manager.filter(pgh_obj_id=row.pk)
    newest: int | None = found.aggregate(newest=Max("pgh_id"))["newest"]
    return newest


def _messages(model: type[Model]) -> dict[str, str]:
    return {
        constraint.name: str(constraint.get_violation_error_message())
        for constraint in model._meta.constraints
    }


def _not_all(model: type[Model]) -> str:
    return _("Not all rows may be moved: %(rows)s.") % {"rows": model._meta.verbose_name_plural}
