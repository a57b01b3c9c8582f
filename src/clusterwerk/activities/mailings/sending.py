"""Sending: asked for once, prepared by a job, then handed over a few at a time, each mail once.

What stands in `MailingRecipient` decides: whoever waits is handed to an outside effect in the same
transaction that says so, and the effect sends or says that nobody can know. So a worker that dies
at any moment repeats no mail and loses none.
"""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.activities.mailings.access import DOOR
from clusterwerk.activities.mailings.audiences import Person
from clusterwerk.activities.mailings.messages import message_for
from clusterwerk.activities.mailings.newsletters import publish_newsletter
from clusterwerk.activities.mailings.returning import note_refused_address
from clusterwerk.activities.mailings.writing import held_mailing, require_sendable
from clusterwerk.activities.models import (
    LeftOut,
    Mailing,
    MailingRecipient,
    MailingState,
    RecipientState,
)
from clusterwerk.platform.access.seats import NOBODY, Seats
from clusterwerk.platform.access.session import acting, opened, unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.jobs.effects import NotDoneError, ask_effect, effect
from clusterwerk.platform.jobs.models import OutsideEffect
from clusterwerk.platform.jobs.states import EffectState
from clusterwerk.platform.mail.outgoing import deliver
from clusterwerk.platform.rows import changed, created_many

REASON = "mailings"
EFFECT = "mailing"
AT_ONCE = 100  # mails handed over in one transaction
TOKEN_BYTES = 12
RESUMABLE = (MailingState.SENDING, MailingState.PAUSED)
# A person who settles an uncertain mail, or has it repeated, finds it in one of these.
OPEN = (RecipientState.HANDED, RecipientState.UNCERTAIN, RecipientState.FAILED)


@transaction.atomic
def ask_to_send(*, seats: Seats, mailing: Mailing, now: datetime) -> Mailing:
    """The draft is closed; the job that freezes its recipients is asked for by the caller.

    Raises `DomainError` when it was asked already, or is not whole.
    """
    held = held_mailing(seats, mailing)
    require_sendable(held)
    changed(held, state=MailingState.PREPARING, asked_at=now)
    return held


def freeze(mailing: Mailing, people: Iterable[Person]) -> int:
    """Rows for the next of the audience, inside the transaction that holds the mailing."""
    people = list(people)
    told = [each.email for each in people if not each.left_out]
    rows = MailingRecipient.objects.filter(mailing=mailing, email__in=told)
    known = set(rows.exclude(state=RecipientState.LEFT_OUT).values_list("email", flat=True))
    frozen = []
    for each in people:
        left_out = each.left_out or (LeftOut.TWICE if each.email in known else "")
        if not left_out:
            known.add(each.email)
        frozen.append(_recipient(mailing, each, left_out))
    return len(created_many(frozen))


def _recipient(mailing: Mailing, person: Person, left_out: str) -> MailingRecipient:
    return MailingRecipient(
        cluster_id=mailing.cluster_id,
        mailing=mailing,
        contact=person.contact,
        person=person.number,
        name=person.name,
        first_name=person.first_name[:100],
        organisation_name=person.organisation,
        email=person.email,
        language=person.language,
        token=secrets.token_hex(TOKEN_BYTES),
        state=RecipientState.LEFT_OUT if left_out else RecipientState.WAITING,
        left_out=left_out,
        is_demo=mailing.is_demo,
    )


def begin_sending(mailing: Mailing, now: datetime) -> None:
    """Everybody is frozen; a public newsletter stands on the portal from here on."""
    changed(mailing, state=MailingState.SENDING)
    if mailing.is_public:
        publish_newsletter(mailing, now)


@transaction.atomic
def pause_mailing(*, seats: Seats, mailing: Mailing) -> Mailing:
    """What the mail server has already goes on. Twice is once."""
    return _moved(seats, mailing, (MailingState.SENDING,), MailingState.PAUSED)


@transaction.atomic
def resume_mailing(*, seats: Seats, mailing: Mailing) -> Mailing:
    return _moved(seats, mailing, (MailingState.PAUSED,), MailingState.SENDING)


@transaction.atomic
def stop_mailing(*, seats: Seats, mailing: Mailing, now: datetime) -> Mailing:
    """For good: who waits gets nothing."""
    open_ones = (MailingState.PREPARING, *RESUMABLE)
    held = _moved(seats, mailing, open_ones, MailingState.STOPPED)
    if held.ended_at is None:
        changed(held, ended_at=now)
    return held


def _moved(seats: Seats, mailing: Mailing, before: Iterable[str], after: MailingState) -> Mailing:
    held = held_mailing(seats, mailing)
    if held.state == after:
        return held
    if held.state not in before:
        message = _("This mailing is “%(state)s” by now.")
        raise DomainError(message % {"state": held.get_state_display()})
    changed(held, state=after)
    return held


def hand_over(now: datetime) -> int:
    """Hand the next mails to the mail server's jobs; returns how many.

    At most as many as the pace of a minute allows, shared by the mailings that are being sent. No
    more are on their way at a time than two minutes' worth: while the mail server is away they
    wait here, not there.
    """
    with acting(NOBODY, reason=REASON), unlocked(NOBODY, DOOR):
        rows = Mailing.objects.filter(state=MailingState.SENDING).order_by("asked_at", "pk")
        mailings = list(rows.values_list("pk", flat=True))
        away = MailingRecipient.objects.filter(state=RecipientState.HANDED)
        noted = list(away.order_by("mailing").values_list("mailing", flat=True).distinct())
    for mailing in noted:
        _take_note(mailing)
    handed = 0
    for left, mailing in zip(range(len(mailings), 0, -1), mailings, strict=True):
        handed += _hand_over(mailing, _free(now) // left, now)
    return handed


def _free(now: datetime) -> int:
    pace: int = settings.MAILS_A_MINUTE
    with acting(NOBODY, reason=REASON), unlocked(NOBODY, DOOR):
        away = MailingRecipient.objects.filter(state=RecipientState.HANDED)
        just_now = MailingRecipient.objects.filter(handed_at__gt=now - timedelta(seconds=50))
        return max(0, min(pace - just_now.count(), 2 * pace - away.count()))


def _hand_over(mailing: int, most: int, now: datetime) -> int:
    handed = 0
    while handed < most:
        with acting(NOBODY, reason=REASON), unlocked(NOBODY, DOOR):
            some = _hand_some(mailing, min(AT_ONCE, most - handed), now)
        if not some:
            break
        handed += some
    with acting(NOBODY, reason=REASON), unlocked(NOBODY, DOOR):
        _end(mailing, now)
    return handed


def _hand_some(mailing: int, most: int, now: datetime) -> int:
    """One worker at a time for one mailing; who pauses it waits for these few."""
    rows = Mailing.objects.select_for_update(of=("self",), skip_locked=True)
    if not rows.filter(pk=mailing, state=MailingState.SENDING).exists():
        return 0
    waiting = MailingRecipient.objects.filter(mailing=mailing, state=RecipientState.WAITING)
    held = waiting.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    people = list(held[:most])
    for person in people:
        ask_effect(
            MAILING_MAIL, key=_key(person.pk), subject=person.pk, label=_masked(person.email)
        )
        changed(person, state=RecipientState.HANDED, handed_at=now)
    return len(people)


def _end(mailing: int, now: datetime) -> None:
    rows = Mailing.objects.select_for_update(of=("self",), skip_locked=True)
    held = rows.filter(pk=mailing, state=MailingState.SENDING).first()
    open_ones = Q(state__in=(RecipientState.WAITING, RecipientState.HANDED))
    if held is None or MailingRecipient.objects.filter(open_ones, mailing=mailing).exists():
        return
    changed(held, state=MailingState.SENT, ended_at=now)


def _take_note(mailing: int) -> None:
    """What became of mails that were not sent; those that were say so themselves."""
    became = {
        EffectState.UNCERTAIN: RecipientState.UNCERTAIN,
        EffectState.GIVEN_UP: RecipientState.FAILED,
        EffectState.LAPSED: RecipientState.FAILED,
    }
    with acting(NOBODY, reason=REASON), opened("jobs", DOOR):
        handed = MailingRecipient.objects.filter(mailing=mailing, state=RecipientState.HANDED)
        keys = {_key(pk): pk for pk in handed.values_list("pk", flat=True)}
        ended = OutsideEffect.objects.filter(kind=EFFECT, key__in=keys, state__in=became)
        told = dict(ended.values_list("key", "state"))
        states = {keys[key]: became[EffectState(state)] for key, state in told.items()}
        for person in handed.select_for_update(of=("self",)).filter(pk__in=states):
            changed(person, state=states[person.pk])


def _key(recipient: int) -> str:
    return f"mailing:{recipient}"


def _masked(email: str) -> str:
    name, _at, host = email.rpartition("@")
    return f"{name[:1]}…@{host}"


def _sent(noted: OutsideEffect) -> None:
    """In the transaction that writes down that the mail went out."""
    if noted.state != EffectState.DONE:
        return
    with opened(DOOR):
        rows = MailingRecipient.objects.select_for_update(of=("self",))
        person = rows.filter(pk=noted.subject or 0, state__in=OPEN).first()
        if person is not None:
            changed(person, state=RecipientState.SENT)


@effect(EFFECT, title=gettext_lazy("Mail of a mailing"), forget=_sent)
def MAILING_MAIL(noted: OutsideEffect) -> None:  # noqa: N802 - the decorator makes it the kind
    """Built at the last moment: who was erased or unsubscribed meanwhile gets nothing."""
    with acting(NOBODY), unlocked(NOBODY, DOOR):
        rows = MailingRecipient.objects.select_related("mailing")
        person = rows.filter(pk=noted.subject or 0, state__in=OPEN).first()
        is_wanted = person is not None and person.email and not person.unsubscribed_at
        if person is None or not is_wanted or person.mailing.state == MailingState.STOPPED:
            raise NotDoneError("no longer wanted", for_good=True)
        message = message_for(person.mailing, person)
    try:
        deliver(message)
    except NotDoneError as error:
        if error.for_good:
            note_refused_address(person, error, timezone.now())
        raise
