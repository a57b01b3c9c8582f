"""Destroying the personal values of a subject: in the rows, in their past, and the keys of both.

What remains is that it was done: by whom, when, why and for which row, by number. The seals of the
past still verify, because they hold keyed digests of what is gone. `docs/operate/history.md` says
what is not reached.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import opened
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.erasures import note_erasure
from clusterwerk.platform.history.models import Erasure
from clusterwerk.platform.history.personal import Claim, Subject, personal_data
from clusterwerk.platform.history.tracking import event_model, personal_fields

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Part:
    """What went in one table: rows deleted or emptied, and events of their past emptied."""

    table: str
    rows: int
    events: int
    is_deleted: bool
    name: str


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure took, or would take."""

    subject: Subject
    key: uuid.UUID
    parts: list[Part] = field(default_factory=list)


def may_erase(seats: Seats) -> Decision:
    return allow_if(seats.is_steward, gettext_lazy("Only a steward of the installation erases."))


def erase(
    *, seats: Seats, subjects: Iterable[Subject], reason: str, on: date, rehearse: bool = False
) -> list[Erased]:
    """Erase subjects, all of them or none; a rehearsal does the same and takes it back.

    Raises `DomainError` with the reason when one of them may not go, and `PermissionDenied` for
    who is no steward.
    """
    may_erase(seats).require()
    reason = _sound(reason)
    with transaction.atomic():
        done = [_erase_unless_objected(seats, subject, reason, on) for subject in subjects]
        if rehearse:
            transaction.set_rollback(True)
    return done


def erase_again(*, seats: Seats, subject: Subject, key: uuid.UUID, on: date, first: date) -> Erased:
    """Repeat an erasure that a restored back-up does not know, under the name it had."""
    may_erase(seats).require()
    reason = _("Erased on %(day)s; repeated after a back-up was restored.") % {"day": first}
    with transaction.atomic():
        return _erase(seats, subject, reason, on, key)


def objection_to(seats: Seats, subject: Subject, on: date) -> str:
    """Why the subject may not be erased now; empty when it may."""
    if subject == Subject("platform.User", seats.actor or 0):
        return _("You cannot erase yourself: ask another steward.")
    earlier = Erasure.objects.filter(subject_model=subject.model, subject_id=subject.pk).last()
    if earlier is not None:
        return _("Erased on %(day)s already.") % {"day": earlier.erased_at.date().isoformat()}
    found = (data.objection(subject, on) for data in personal_data())
    return next((str(objection) for objection in found if objection), "")


def _sound(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise DomainError(_("Say why, without naming the person: the reason is kept for ever."))
    if len(reason) > LONGEST_REASON:
        raise DomainError(
            _("The reason has at most %(most)d characters.") % {"most": LONGEST_REASON}
        )
    return reason


def _erase_unless_objected(seats: Seats, subject: Subject, reason: str, on: date) -> Erased:
    if objection := objection_to(seats, subject, on):
        raise DomainError(objection)
    return _erase(seats, subject, reason, on, uuid.uuid4())


def _erase(seats: Seats, subject: Subject, reason: str, on: date, key: uuid.UUID) -> Erased:
    for data in personal_data():
        data.before(subject, seats, on)
    claims = [claim for data in personal_data() for claim in data.claims(subject) if claim.ids]
    if not claims:
        raise DomainError(_("There is nothing of %(subject)s here.") % {"subject": subject})
    _lock(claims)
    _delete(claims)
    taken = _destroy(seats, subject, reason, key, claims)
    _replace(claims)
    _note_after_commit(key)
    return Erased(subject, key, [_part(claim, taken) for claim in claims])


def _lock(claims: Iterable[Claim]) -> None:
    """Nobody writes a new event of these rows between the emptying and the end."""
    for claim in claims:
        rows = claim.model._meta.base_manager.select_for_update(of=("self",))
        list(rows.filter(pk__in=claim.ids).order_by("pk").values_list("pk"))


def _delete(claims: Iterable[Claim]) -> None:
    for claim in claims:
        if claim.replacing is None:
            claim.model._meta.base_manager.filter(pk__in=claim.ids).delete()


def _replace(claims: Iterable[Claim]) -> None:
    """Last, so that the event of this change keeps the neutral values and verifies as written."""
    for claim in claims:
        for pk in claim.ids if claim.replacing else ():
            assert claim.replacing is not None
            claim.model._meta.base_manager.filter(pk=pk).update(**claim.replacing(pk))


def _destroy(
    seats: Seats, subject: Subject, reason: str, key: uuid.UUID, claims: Iterable[Claim]
) -> dict[str, int]:
    """Empty the events and destroy the keys; how many events there were, by event table."""
    objects: dict[str, list[int]] = {}
    for claim in claims:
        events = event_model(claim.model)
        if events is not None and personal_fields(events):
            objects.setdefault(events._meta.db_table, []).extend(claim.ids)
    facts: list[str | int | None] = [
        str(key),
        subject.model,
        subject.pk,
        seats.actor,
        reason,
        json.dumps(objects),
    ]
    with opened("erasure"), connection.cursor() as cursor:
        cursor.execute("select access.erase_history(%s, %s, %s, %s, %s, %s)", facts)
    taken = Erasure.objects.get(key=key).taken
    return {table: part["events"] for table, part in taken.items()}


def _part(claim: Claim, taken: dict[str, int]) -> Part:
    events = event_model(claim.model)
    table = events._meta.db_table if events else ""
    return Part(
        table=claim.model._meta.db_table,
        rows=len(claim.ids),
        events=taken.get(table, 0),
        is_deleted=claim.replacing is None,
        name=str(claim.model._meta.verbose_name_plural),
    )


def _note_after_commit(key: uuid.UUID) -> None:
    """Not noted when rolled back; what a full disk refuses is noted later by the periodic job."""
    erasure = Erasure.objects.get(key=key)
    transaction.on_commit(partial(note_erasure, erasure), robust=True)
