"""Taking back the last change of a row, where that is safe."""

from dataclasses import dataclass

from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError
from django.db.models.deletion import Collector
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.platform.access.decision import ALLOWED, Decision
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import because
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.past import PastEvent
from clusterwerk.platform.history.queries import events_of, newest_row
from clusterwerk.platform.history.records import Record
from clusterwerk.platform.history.tracking import OWNERS
from clusterwerk.platform.rows import changed

_NEEDED = gettext_lazy("Other rows depend on how it stands now.")


@dataclass(frozen=True, slots=True)
class Undo:
    """Whether the newest change of a row can be taken back, and what would stand then.

    `back_to` is the event to return to; None means that the row would be taken away again.
    """

    decision: Decision
    event: PastEvent | None = None
    back_to: PastEvent | None = None


def undo_of(seats: Seats, record: Record, key: int) -> Undo:
    """What taking back the newest change would do; refused with a reason where it is not safe.

    Safe is: the table allows it to these seats, the row still stands as that change left it, and
    an earlier state is known. A row that was added is taken away only when nothing refers to it.
    """
    newest = newest_row(record, key)
    row = record.model._meta.base_manager.filter(pk=key).first()
    if newest is None or row is None:
        return Undo(_refused(_("There is nothing here that can be taken back.")))
    if record.may_undo is None:
        return Undo(_refused(_("Changes here are not taken back: write down the new state.")))
    decision = record.may_undo(seats, row)
    if not decision:
        return Undo(decision)
    return _back(record, row, newest)


def _refused(reason: str) -> Decision:
    return Decision(allowed=False, reason=reason)


def _back(record: Record, row: models.Model, newest: PastEvent) -> Undo:
    if newest.pgh_label == "baseline":
        return Undo(_refused(_("What stood here before history was kept is not taken back.")))
    if _stands_otherwise(row, newest):
        return Undo(_refused(_("The row no longer stands as its last change left it.")))
    if newest.pgh_label == "insert":
        return Undo(ALLOWED, newest) if _is_alone(row) else Undo(_refused(str(_NEEDED)))
    back_to = _before(record, newest)
    if back_to is None:
        return Undo(_refused(_("No earlier state is known.")))
    if _had_another_owner(row, back_to):
        return Undo(_refused(_("Whose row it is changed; that is not taken back from here.")))
    return Undo(ALLOWED, newest, back_to)


def _is_alone(row: models.Model) -> bool:
    """Whether no other row holds on to this one, as far as the acting seats see."""
    try:
        Collector(using="default", origin=row).collect([row])
    except ProtectedError:
        return False
    return True


def _before(record: Record, newest: PastEvent) -> PastEvent | None:
    earlier = events_of(record.model).filter(pgh_obj_id=newest.pgh_obj_id)
    return earlier.filter(pgh_id__lt=newest.pgh_id).order_by("-pgh_id").first()


def _kept_fields(row: models.Model, event: PastEvent) -> list[str]:
    """Fields of the row that its history keeps, but for its key."""
    held = {field.name for field in event._meta.get_fields()}
    return [
        field.attname
        for field in row._meta.concrete_fields
        if field.name in held and not field.primary_key
    ]


def _had_another_owner(row: models.Model, event: PastEvent) -> bool:
    """Whether other people could read or write the row then: who moves a row, moves the wall."""
    owners = {f"{owner}_id" for owner in OWNERS}
    return any(
        getattr(row, name) != getattr(event, name)
        for name in _kept_fields(row, event)
        if name in owners
    )


def _stands_otherwise(row: models.Model, event: PastEvent) -> bool:
    return any(getattr(row, name) != getattr(event, name) for name in _kept_fields(row, event))


def undo(*, seats: Seats, record: Record, key: int, event: int) -> None:
    """Take back the change with this number, which must still be the newest of its row.

    Written by the seats of the person, under the same checks as any change; the past keeps both
    the change and its undoing.
    """
    with transaction.atomic():
        row = record.model._meta.base_manager.select_for_update().filter(pk=key).first()
        plan = undo_of(seats, record, key)
        if row is None or not plan.decision:
            raise DomainError(str(plan.decision.reason))
        assert plan.event is not None
        if plan.event.pk != event:
            raise DomainError(_("Somebody changed this in the meantime; look at it again."))
        because(seats.actor, f"undo of change {event}")
        _write(row, plan)


def _write(row: models.Model, plan: Undo) -> None:
    try:
        with transaction.atomic():
            if plan.back_to is None:
                row.delete()
            else:
                facts = {
                    name: getattr(plan.back_to, name) for name in _kept_fields(row, plan.back_to)
                }
                changed(row, **facts)
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
    except (IntegrityError, ProtectedError) as error:
        raise DomainError(_NEEDED) from error
