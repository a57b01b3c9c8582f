"""Taking a merge back, step by step from the last to the first.

A row that changed since stays as it stands, and is named; everything else goes back.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.directory.actions.organisations import DOOR
from clusterwerk.directory.duplicates import access, owners
from clusterwerk.directory.duplicates.holding import waiting_briefly
from clusterwerk.directory.duplicates.merging import SUBJECT
from clusterwerk.directory.duplicates.moving import check_keys
from clusterwerk.directory.duplicates.registry import model_named
from clusterwerk.directory.models import Merge, MergeStep, MergeStepKind, Organisation
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import because, unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.past import PastEvent
from clusterwerk.platform.history.tracking import event_model
from clusterwerk.platform.rows import changed
from clusterwerk.platform.ui.templatetags.ui import day_long

Row = Any


@transaction.atomic
def undo_merge(*, seats: Seats, merge: Merge) -> list[MergeStep]:
    """Put back what a merge moved; returns a step for each row of one's own that was left alone.

    Rows of clusters that followed a shared merge go back too; what had to be left alone there is
    told to the cluster only. A second click changes nothing. Refused while a later merge stands
    that the person reads and can take back first; where it is a steward's, rows go back from where
    that one led them.
    """
    access.may_undo(seats, merge.cluster_id).require()
    held = Merge.objects.select_for_update().filter(pk=merge.pk).first()
    if held is None:
        raise DomainError(_("This merge does not exist for you."))
    if held.undone_at:
        return []
    _require_last(held)
    because(seats.actor, f"undo of merge {held.pk}")
    with unlocked(seats, DOOR):
        left = _undo(seats, held)
        changed(held, undone_at=timezone.now())
        check_keys(_("Rows changed since hold on to what would go back; take those back first."))
    return left


def _require_last(merge: Merge) -> None:
    later = Merge.objects.filter(subject=merge.subject, losing=merge.keeping, undone_at=None)
    found = later.first()
    if found is not None:
        message = _(
            "What stayed was merged into another one on %(day)s; take back the later merge first."
        )
        raise DomainError(message % {"day": day_long(timezone.localdate(found.made_at))})


def _undo(seats: Seats, merge: Merge) -> list[MergeStep]:
    now_at: Collection[int] = {merge.keeping}
    if merge.subject == SUBJECT:
        now_at = _stand_again(merge)
    if merge.cluster_id is None:
        clusters = owners.clusters_of_merge(merge.number)
        owners.for_each(seats, clusters, lambda cluster: _keep(_back(merge, cluster, now_at)))
    left = _back(merge, merge.cluster_id, now_at)
    _keep(left)
    return left


def _stand_again(merge: Merge) -> set[int]:
    """Returns the organisation that stayed, and those into which it was itself merged later."""
    pair = Organisation.objects.filter(pk__in={merge.losing, merge.keeping}).order_by("pk")
    with waiting_briefly():
        held = {row.pk: row for row in pair.select_for_update()}
    losing = held.get(merge.losing)
    chain = _led_on(merge.keeping)
    if losing is None or losing.merged_into_id not in chain:
        raise DomainError(
            _("The merged organisation leads elsewhere by now; take back the later merge first.")
        )
    changed(losing, merged_into=None)
    return chain


def _led_on(organisation: int) -> set[int]:
    chain: set[int] = set()
    current: int | None = organisation
    while current is not None and current not in chain:
        chain.add(current)
        rows = Organisation.objects.filter(pk=current)
        current = rows.values_list("merged_into_id", flat=True).first()
    return chain


def _keep(left: Sequence[MergeStep]) -> None:
    MergeStep.objects.bulk_create(left)


def _back(merge: Merge, cluster: int | None, now_at: Collection[int]) -> list[MergeStep]:
    """Take back the steps of one owner; what was left alone, as steps that are not kept yet.

    `now_at`: where rows stand that went to the one that stayed, as later merges led it on.
    """
    owner = {"cluster_id__isnull": True} if cluster is None else {"cluster_id": cluster}
    steps = MergeStep.objects.filter(merge=merge.number, **owner).exclude(kind=MergeStepKind.LEFT)
    target = model_named(merge.subject)
    left: list[MergeStep] = []
    for run in _runs(steps.order_by("-id")):
        key = run[0]
        led = key.kind == MergeStepKind.MOVED and key.after == merge.keeping
        is_subject = led and _model(key)._meta.get_field(key.fields[0]).related_model is target
        left += _run_back(run, now_at if is_subject else {key.after})
    return [
        MergeStep(
            merge=merge.number,
            cluster_id=cluster,
            model=step.model,
            row=step.row,
            kind=MergeStepKind.LEFT,
            fields=step.fields,
        )
        for step in left
    ]


def _runs(steps: "models.QuerySet[MergeStep]") -> Iterator[list[MergeStep]]:
    """Neighbours that were moved together go back together."""

    def alike(step: MergeStep) -> tuple[object, ...]:
        is_moved = step.kind == MergeStepKind.MOVED
        key = (step.model, tuple(step.fields), step.before, step.after)
        return key if is_moved else (step.pk,)

    for _key, run in groupby(steps, key=alike):
        yield list(run)


def _run_back(run: Sequence[MergeStep], now_at: Collection[int | None]) -> list[MergeStep]:
    first = run[0]
    if first.kind == MergeStepKind.MOVED:
        return _moved_back(run, now_at)
    is_back = _changed_back if first.kind == MergeStepKind.CHANGED else _brought_back
    return [step for step in run if not is_back(step)]


def _moved_back(run: Sequence[MergeStep], now_at: Collection[int | None]) -> list[MergeStep]:
    model, (field,) = _model(run[0]), run[0].fields
    key = model._meta.get_field(field)
    column = str(key.attname)
    target: Any = key.related_model
    if not target._meta.base_manager.filter(pk=run[0].before).exists():
        return list(run)
    keys = [step.row for step in run]
    rows = model._meta.base_manager.filter(pk__in=keys, **{f"{column}__in": now_at})
    ready = set(rows.values_list("pk", flat=True))
    try:
        with transaction.atomic():
            model._meta.base_manager.filter(pk__in=ready).update(**{column: run[0].before})
    except IntegrityError:
        return list(run)
    return [step for step in run if step.row not in ready]


def _changed_back(step: MergeStep) -> bool:
    row = _model(step)._meta.base_manager.filter(pk=step.row).first()
    before, after = _event(step, step.event_before), _event(step, step.event_after)
    if row is None or before is None or after is None:
        return False
    columns = [_column(row, name) for name in step.fields]
    if any(getattr(row, name) != getattr(after, name) for name in columns):
        return False
    try:
        changed(row, **{name: getattr(before, name) for name in columns})
    except (DomainError, IntegrityError):
        return False
    return True


def _brought_back(step: MergeStep) -> bool:
    """A row that was taken up stands again, under its number, as its history last knew it."""
    model, before = _model(step), _event(step, step.event_before)
    if before is None or model._meta.base_manager.filter(pk=step.row).exists():
        return False
    held = {field.name for field in before._meta.get_fields()}
    facts = {
        field.attname: getattr(before, field.attname)
        for field in model._meta.local_concrete_fields
        if field.name in held
    }
    try:
        with transaction.atomic():
            model(**facts).save(force_insert=True)
    except IntegrityError:
        return False
    return True


def _model(step: MergeStep) -> Any:  # noqa: ANN401 - any registered model
    return model_named(step.model)


def _column(row: models.Model, name: str) -> str:
    return str(row._meta.get_field(name).attname)  # type: ignore[union-attr] # a field with a column


def _event(step: MergeStep, number: int | None) -> PastEvent | None:
    events: Any = event_model(_model(step))
    if events is None or number is None:
        return None
    found: PastEvent | None = events._meta.base_manager.filter(
        pgh_obj_id=step.row, pgh_id=number
    ).first()
    return found
