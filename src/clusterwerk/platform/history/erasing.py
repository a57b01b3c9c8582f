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

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.platform.access.decision import ALLOWED, Decision, allow_if
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import opened
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.erasures import note_erasure
from clusterwerk.platform.history.models import Erasure
from clusterwerk.platform.history.personal import Claim, Subject, personal_data
from clusterwerk.platform.history.tracking import event_model, personal_fields
from clusterwerk.platform.ui.templatetags.ui import day_long

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


def may_erase_subject(seats: Seats, subject: Subject) -> Decision:
    """A steward, or who answers for the row: the manager of a cluster for its contacts."""
    if any(data.keeper(seats, subject) for data in personal_data()):
        return ALLOWED
    return may_erase(seats)


def erase(
    *,
    seats: Seats,
    subjects: Iterable[Subject],
    reason: str,
    on: date,
    rehearse: bool = False,
    more: Iterable[Claim] = (),
) -> list[Erased]:
    """Erase subjects, all of them or none; a rehearsal does the same and takes it back.

    `more` goes with the first subject: what the person who erases chose to empty beside. Raises
    `DomainError` with the reason when a subject may not go, and `PermissionDenied` for who is
    neither steward nor answers for it.
    """
    subjects = list(subjects)
    for subject in subjects:
        may_erase_subject(seats, subject).require()
    reason = _sound(reason)
    extra = [list(more), *([] for _subject in subjects[1:])]
    with transaction.atomic():
        done = [
            _erase_unless_objected(seats, subject, reason, on, chosen)
            for subject, chosen in zip(subjects, extra, strict=True)
        ]
        if rehearse:
            transaction.set_rollback(True)
    return done


def erase_rows(*, seats: Seats, subject: Subject, reason: str, claims: list[Claim]) -> Erased:
    """Delete or empty rows and their past for another cause than a person's request.

    Called by an action that has checked who acts; the database holds the wall of the cluster.
    `subject` says what for, such as the run of a period of keeping.
    """
    key = uuid.uuid4()
    with transaction.atomic():
        return _erase_claims(seats, subject, reason, key, [claim for claim in claims if claim.ids])


def erase_again(*, seats: Seats, subject: Subject, key: uuid.UUID, on: date, first: date) -> Erased:
    """Repeat an erasure that a restored back-up does not know, under the name it had."""
    may_erase(seats).require()
    reason = _("Erased on %(day)s; repeated after a back-up was restored.")
    with transaction.atomic():
        naming = [claim for data in personal_data() for claim in data.naming(subject)]
        return _erase(seats, subject, reason % {"day": day_long(first)}, on, key=key, more=naming)


def objection_to(seats: Seats, subject: Subject, on: date) -> str:
    """Why the subject may not be erased now; empty when it may."""
    if subject == Subject("platform.User", seats.actor or 0):
        return _("You cannot erase yourself: ask another steward.")
    with opened("erasure"):
        earlier = Erasure.objects.filter(subject_model=subject.model, subject_id=subject.pk).last()
    if earlier is not None:
        erased_on = day_long(timezone.localdate(earlier.erased_at))
        return _("Erased on %(day)s already.") % {"day": erased_on}
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


def _erase_unless_objected(
    seats: Seats, subject: Subject, reason: str, on: date, more: list[Claim]
) -> Erased:
    if objection := objection_to(seats, subject, on):
        raise DomainError(objection)
    return _erase(seats, subject, reason, on, key=uuid.uuid4(), more=more)


def _erase(
    seats: Seats, subject: Subject, reason: str, on: date, *, key: uuid.UUID, more: list[Claim]
) -> Erased:
    for data in personal_data():
        data.before(subject, seats, on)
    found = [claim for data in personal_data() for claim in data.claims(subject)]
    claims = [claim for claim in [*found, *more] if claim.ids or claim.past]
    if not claims:
        raise DomainError(_("There is nothing of %(subject)s here.") % {"subject": subject})
    return _erase_claims(seats, subject, reason, key, claims)


def _erase_claims(
    seats: Seats, subject: Subject, reason: str, key: uuid.UUID, claims: list[Claim]
) -> Erased:
    _lock(claims)
    _delete(claims)
    taken = _destroy(seats, subject, reason, key, claims)
    _replace(claims)
    _note_after_commit(key)
    return Erased(subject, key, [_part(claim, taken) for claim in claims])


def _lock(claims: Iterable[Claim]) -> None:
    """Nobody writes a new event of these rows between the emptying and the end.

    A row of a cluster that the acting seats may not write cannot be locked, and stops all.
    """
    for claim in claims:
        rows = claim.model._meta.base_manager.select_for_update(of=("self",))
        locked = list(rows.filter(pk__in=claim.ids).order_by("pk").values_list("pk"))
        if _is_of_cluster(claim.model) and len(locked) < len(set(claim.ids)):
            raise DomainError(_("Some of these rows are gone meanwhile, or not yours: try again."))


def _is_of_cluster(model: type[models.Model]) -> bool:
    return any(field.name == "cluster" for field in model._meta.local_fields)


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
            objects.setdefault(events._meta.db_table, []).extend((*claim.ids, *claim.past))
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
    with opened("erasure"):
        erasure = Erasure.objects.get(key=key)
    transaction.on_commit(partial(note_erasure, erasure), robust=True)
