"""Erasing again who came back with an old back-up."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.apps import apps
from django.utils import timezone

from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import acting, acting_instead
from clusterwerk.platform.history import heads
from clusterwerk.platform.history.erasing import Erased, erase_again
from clusterwerk.platform.history.erasures import NotedErasure, noted_erasures
from clusterwerk.platform.history.models import Erasure
from clusterwerk.platform.history.personal import personal_data
from clusterwerk.platform.history.tracking import event_model


@dataclass(frozen=True, slots=True)
class Reapplied:
    """What was erased again, and how many subjects of the list are not here."""

    erased: list[Erased]
    absent: int


def reapply_erasures(*, seats: Seats, on: date, path: Path | None = None) -> Reapplied:
    """Repeat every erasure of the list that this database does not know.

    To be called by a restore, in a transaction, before anybody signs in. `path` is a list kept
    elsewhere; without it that of this installation. A row that began after the erasure is another
    person under a number given out twice, and is left alone. A second call changes nothing.
    """
    known = set(Erasure.objects.values_list("key", flat=True))
    missing = [line for line in noted_erasures(path) if line.key not in known]
    erased = [done for line in missing if (done := _repeated(seats, line, on))]
    return Reapplied(erased, len(missing) - len(erased))


def _repeated(seats: Seats, line: NotedErasure, on: date) -> Erased | None:
    """None when the row is not here; a row of a cluster is found with the seats that reach it."""
    others = (data.reaching(seats, line.subject) for data in personal_data())
    reaching = next((found for found in others if found), seats)
    with acting_instead(seats, reaching):
        if not _stood_before(line):
            return None
        return erase_again(
            seats=reaching, subject=line.subject, key=line.key, on=on, first=line.erased_at.date()
        )


def after_restore(*, path: Path | None = None) -> Reapplied:
    """What a restore calls last, as the application: the head's file knows of it, erasures return.

    `path` is the list of erasures of the lost installation, where it was kept.
    """
    with acting(seats_of_command(), reason="after a restore") as seats:
        head = heads.newest()
        done = reapply_erasures(seats=seats, on=timezone.localdate(), path=path)
    heads.note_restore(head.number if head else 0)
    return done


def _stood_before(line: NotedErasure) -> bool:
    model = apps.get_model(line.subject.model)
    if not model._meta.base_manager.filter(pk=line.subject.pk).exists():
        return False
    events = event_model(model)
    if events is None:
        return True
    past = events._meta.base_manager.filter(pgh_obj_id=line.subject.pk).order_by("pgh_id")
    began = past.values_list("pgh_created_at", flat=True).first()
    return began is None or began < line.erased_at
