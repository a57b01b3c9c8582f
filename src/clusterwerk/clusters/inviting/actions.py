"""Inviting by mail, sending again, withdrawing, and what an accepted invitation opens."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clusterwerk.clusters import access
from clusterwerk.clusters.inviting import mails
from clusterwerk.clusters.inviting.models import LIFETIME, Invitation, InvitationState
from clusterwerk.clusters.inviting.places import Place, place_of_invitation
from clusterwerk.clusters.models import Seat
from clusterwerk.clusters.wording import role_name
from clusterwerk.platform.access.looking import looking_as
from clusterwerk.platform.access.seats import NOBODY, SeatRole, Seats, seats_for
from clusterwerk.platform.access.session import acting_instead, because, opened
from clusterwerk.platform.accounts.actions import open_account
from clusterwerk.platform.accounts.queries import account_of_address
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.models import User
from clusterwerk.platform.rows import changed, created

PER_HOUR = 40  # mails of one person
PER_ADDRESS = 6  # mails of one invitation
PAUSE = timedelta(minutes=5)  # between two mails of one invitation


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is invited; the name is a proposal that the person may change."""

    email: str
    name: str = ""
    language: str = ""


def invite(
    *,
    seats: Seats,
    place: Place,
    role: SeatRole,
    guest: Guest,
    reason: str = "",
    until: date | None = None,
) -> Invitation:
    """Offer a seat by mail; nothing opens before the person accepts.

    Raises `DomainError` for an address that holds the seat, has an open invitation here, or is
    none, and for more mails than an hour allows.
    """
    access.may_give_seat(seats, place.kind, cluster=place.cluster, agency=place.agency).require()
    assert seats.actor is not None, "a person invites"
    now = timezone.now()
    email = sound_address(guest.email)
    _require_soon_enough(until)
    _require_no_seat(place, email)
    _require_few(seats.actor, now)
    invitation = Invitation(
        **place.of_invitation,
        role=role,
        email=email,
        name=guest.name.strip(),
        language=guest.language or translation.get_language() or "",
        until=until,
        reason=reason,
        invited_by_id=seats.actor,
        invited_at=now,
        sent_at=now,
        expires_at=now + LIFETIME,
    )
    with transaction.atomic():
        because(seats.actor, reason or "people:invite")
        created(invitation, _once())
        _send(invitation)
    return invitation


def _once() -> dict[str, str]:
    message = _("This address has an open invitation here already. Send it again, or withdraw it.")
    return {"one_open_invitation": message}


def sound_address(typed: str) -> str:
    email = typed.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        message = _("“%(email)s” is not an e-mail address.")
        raise DomainError(message % {"email": email}) from error
    return email


def _require_soon_enough(until: date | None) -> None:
    if until is not None and until <= timezone.localdate():
        raise DomainError(_("Choose a last day from today on."))


def _require_no_seat(place: Place, email: str) -> None:
    """Of seats that the inviting person sees anyway; who has an account elsewhere is not told."""
    account = account_of_address(email)
    if account is None:
        return
    held = place.seats().filter(user=account).held_on(timezone.localdate()).first()
    if held is not None:
        message = _("%(email)s has access here already, as %(role)s.")
        raise DomainError(message % {"email": email, "role": role_name(held.role)})


def _require_few(actor: int, now: datetime) -> None:
    recent = Invitation.objects.filter(invited_by=actor, sent_at__gt=now - timedelta(hours=1))
    if recent.count() >= PER_HOUR:
        message = _("You sent %(number)d invitations within an hour. Wait a little, then go on.")
        raise DomainError(message % {"number": PER_HOUR})


def _send(invitation: Invitation) -> None:
    """In the language of the account, when the address has one; that is not told to the sender."""
    account = account_of_address(invitation.email)
    language = (account.language if account else "") or invitation.language
    mails.send(invitation, invitation.invited_by, language)


def send_again(*, seats: Seats, invitation: Invitation) -> None:
    """The same link in a new mail, for another two weeks.

    In the name of who sends it now, if they may give the seat; a cluster that only asked for it
    sends it again in the name of the steward who gave it.
    """
    held = _held(seats, invitation)
    assert seats.actor is not None, "a person invites"
    now = timezone.now()
    _require_open(held)
    if held.sent_at > now - PAUSE:
        raise DomainError(_("The mail went out a moment ago. Wait five minutes, then send again."))
    if held.times_sent >= PER_ADDRESS:
        message = _("It was sent %(number)d times. Withdraw it, and ask the person another way.")
        raise DomainError(message % {"number": PER_ADDRESS})
    _require_few(seats.actor, now)
    with transaction.atomic():
        changed(
            held,
            invited_by_id=seats.actor if _still_may(held, seats) else held.invited_by_id,
            sent_at=now,
            times_sent=held.times_sent + 1,
            expires_at=now + LIFETIME,
        )
        _send(held)


def withdraw(*, seats: Seats, invitation: Invitation) -> bool:
    """End it; a second click changes nothing."""
    held = _held(seats, invitation)
    if held.state == InvitationState.WITHDRAWN:
        return False
    _require_open(held)
    return changed(
        held,
        state=InvitationState.WITHDRAWN,
        settled_at=timezone.now(),
        settled_by_id=seats.actor,
    )


def _held(seats: Seats, invitation: Invitation) -> Invitation:
    access.may_settle_invitation(seats, invitation).require()
    return Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)


def _require_open(invitation: Invitation) -> None:
    if invitation.state == InvitationState.ACCEPTED:
        raise DomainError(_("This invitation was accepted already."))
    if invitation.state == InvitationState.WITHDRAWN:
        raise DomainError(_("This invitation was withdrawn already."))


# --- Accepting ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Offer:
    """What a link leads to: the invitation, or in `ended` the sentence why it opens nothing.

    `account` is whose address it is, when there is an account.
    """

    invitation: Invitation | None = None
    account: User | None = None
    ended: str = ""


def offer(token: str) -> Offer:
    """What the holder of the link may accept; changes nothing."""
    return _offer(mails.invitation_of(token), lock=False)


def _offer(key: int | None, *, lock: bool) -> Offer:
    with opened("invitation"):
        rows = Invitation.objects.select_for_update(of=("self",)) if lock else Invitation.objects
        invitation = rows.filter(pk=key or 0).first()
    if invitation is None:
        return Offer(ended=_("Nobody here made this link. Copy it whole from the mail."))
    account = account_of_address(invitation.email)
    return Offer(invitation, account, ended=_ended(invitation, account))


def _ended(invitation: Invitation, account: User | None) -> str:
    if invitation.state == InvitationState.ACCEPTED:
        return _("This invitation was accepted already. Sign in to go on.")
    if invitation.state == InvitationState.WITHDRAWN or invitation.is_erased:
        return _("This invitation was withdrawn. Ask whoever invited you.")
    if invitation.is_past(timezone.now()):
        return _("This invitation has run out. Ask whoever invited you to send it again.")
    if account is not None and not account.is_active:
        return _("The account of this address is closed. Ask a steward of the installation.")
    if not _still_may(invitation, rights_of(invitation.invited_by_id)):
        return _("Whoever invited you may not give this access any more. Ask for a new invitation.")
    return ""


def _still_may(invitation: Invitation, rights: Seats) -> bool:
    place = place_of_invitation(invitation)
    may = access.may_give_seat(rights, place.kind, cluster=place.cluster, agency=place.agency)
    return bool(may)


def rights_of(person: int) -> Seats:
    """The seats that somebody holds at this moment, who is not the one who acts."""
    if not User.objects.filter(pk=person, is_active=True).exists():
        return NOBODY
    with looking_as(Seats(actor=person)):
        return seats_for(person)


def accept(*, token: str, account: User | None, name: str = "", language: str = "") -> User:
    """Take the seat that was offered; opens an account for an address that has none.

    `account` is who is signed in. Raises `DomainError` with the reason when the link opens nothing
    any more, or when the address is of another account.
    """
    with transaction.atomic():
        found = _offer(mails.invitation_of(token), lock=True)
        if found.invitation is None or found.ended:
            raise DomainError(found.ended)
        person = found.account or _new_account(found.invitation, account, name, language)
        if found.account is not None and found.account != account:
            raise DomainError(_("This address has an account: sign in with it first."))
        because(person.pk, f"people:invitation_accept {found.invitation.pk}")
        _take_seat(found.invitation, person)
        with opened("invitation"):
            changed(
                found.invitation,
                state=InvitationState.ACCEPTED,
                settled_at=timezone.now(),
                settled_by_id=person.pk,
            )
    return person


def _new_account(invitation: Invitation, current: User | None, name: str, language: str) -> User:
    """The address is theirs: they read its mail."""
    if current is not None:
        raise DomainError(_("Sign out first: this invitation is for another address."))
    if not name.strip():
        raise DomainError(_("Say how you are called."))
    return open_account(email=invitation.email, name=name, language=language, confirmed=True)


def _take_seat(invitation: Invitation, person: User) -> None:
    """Written with the seats of who invited, under their row policies: it gives what they may."""
    place = place_of_invitation(invitation)
    today = timezone.localdate()
    until = invitation.until if invitation.until and invitation.until > today else None
    if invitation.until is not None and until is None:
        raise DomainError(_("The access that was offered has ended meanwhile. Ask for a new one."))
    own = Seats(actor=person.pk, held=seats_for(person.pk).held)
    with acting_instead(own, rights_of(invitation.invited_by_id)):
        if place.seats().filter(user=person, role=invitation.role).standing(today).exists():
            return
        seat = Seat(user=person, role=invitation.role, since=today, until=until, **place.of_seat)
        created(seat)
