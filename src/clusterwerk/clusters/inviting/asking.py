"""Seats of member organisations: asked for by those who know the person, decided by a steward."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.clusters import access
from clusterwerk.clusters.inviting import mails
from clusterwerk.clusters.inviting.actions import PER_HOUR, Guest, invite, sound_address
from clusterwerk.clusters.inviting.models import Invitation, RequestState, SeatRequest
from clusterwerk.clusters.inviting.places import for_organisation
from clusterwerk.clusters.inviting.vouching import Spokesperson
from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.seats import SeatRole, Seats
from clusterwerk.platform.access.session import because
from clusterwerk.platform.accounts.queries import account_of_address
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created

LONGEST_NAME = 150  # of an account; a contact's first and last name may be longer together


def ask_for_member(
    *, seats: Seats, cluster: Cluster, person: Spokesperson, reason: str
) -> SeatRequest:
    """The cluster vouches for somebody whom it knows at one of its members."""
    may = access.may_ask_seat(seats, cluster=cluster.pk, organisation=person.organisation.pk)
    may.require()
    if not person.email:
        raise DomainError(_("Write down the mail address of this person first."))
    guest = Guest(person.email, person.name, person.language)
    return _ask(seats, person.organisation, guest, reason, cluster=cluster.pk)


def ask_for_colleague(
    *, seats: Seats, organisation: Organisation, guest: Guest, reason: str
) -> SeatRequest:
    """Somebody who acts for the organisation vouches for a colleague."""
    access.may_ask_seat(seats, cluster=None, organisation=organisation.pk).require()
    return _ask(seats, organisation, guest, reason, cluster=None)


def _ask(
    seats: Seats, organisation: Organisation, guest: Guest, reason: str, cluster: int | None
) -> SeatRequest:
    if organisation.cluster_id is not None:
        message = _("%(name)s is known to your cluster alone. Match it to the register first.")
        raise DomainError(message % {"name": organisation.name})
    assert seats.actor is not None, "a person asks"
    email = sound_address(guest.email)
    _require_few(seats.actor)
    _require_no_access(organisation, email)
    because(seats.actor, reason or "people:ask")
    request = SeatRequest(
        cluster_id=cluster,
        organisation=organisation,
        email=email,
        name=guest.name.strip()[:LONGEST_NAME],
        language=guest.language,
        reason=reason,
        asked_by_id=seats.actor,
    )
    created(request, {"one_open_seat_request": _("This seat was asked for already and waits.")})
    mails.tell_stewards()
    return request


def _require_few(actor: int) -> None:
    since = timezone.now() - timedelta(hours=1)
    if SeatRequest.objects.filter(asked_by=actor, asked_at__gt=since).count() >= PER_HOUR:
        message = _("You asked %(number)d times within an hour. Wait a little, then go on.")
        raise DomainError(message % {"number": PER_HOUR})


def _require_no_access(organisation: Organisation, email: str) -> None:
    """As far as the asking person sees the seats of the organisation."""
    account = account_of_address(email)
    place = for_organisation(organisation)
    if account and place.seats().filter(user=account).held_on(timezone.localdate()).exists():
        message = _("%(email)s acts for %(name)s already.")
        raise DomainError(message % {"email": email, "name": organisation.name})


def give(*, seats: Seats, request: SeatRequest, answer: str = "") -> Invitation:
    """The steward gives it: the person is invited by mail."""
    access.may_decide_request(seats).require()
    with transaction.atomic():
        held = _held(request)
        because(seats.actor, answer or held.reason or "people:request_settle")
        _settle(seats, held, RequestState.GIVEN, answer)
        mails.tell_who_asked(held)
        return invite(
            seats=seats,
            place=for_organisation(held.organisation, asked_by=held.cluster_id),
            role=SeatRole.REPRESENTATIVE,
            guest=Guest(held.email, held.name, held.language),
            reason=held.reason,
        )


def refuse(*, seats: Seats, request: SeatRequest, answer: str) -> None:
    """The answer is read by whoever asked."""
    access.may_decide_request(seats).require()
    if not answer.strip():
        raise DomainError(_("Say why, so that whoever asked knows what to do."))
    with transaction.atomic():
        because(seats.actor, answer)
        held = _held(request)
        _settle(seats, held, RequestState.REFUSED, answer)
        mails.tell_who_asked(held)


def take_back(*, seats: Seats, request: SeatRequest) -> None:
    access.may_take_request_back(seats, request).require()
    with transaction.atomic():
        _settle(seats, _held(request), RequestState.WITHDRAWN, "")


def _held(request: SeatRequest) -> SeatRequest:
    """As it stands now: two stewards may decide at once."""
    held = SeatRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not held.is_open:
        message = _("This was settled already: %(state)s.")
        raise DomainError(message % {"state": held.get_state_display()})
    return held


def _settle(seats: Seats, held: SeatRequest, state: RequestState, answer: str) -> None:
    changed(
        held,
        state=state,
        answer=answer.strip(),
        settled_at=timezone.now(),
        settled_by_id=seats.actor,
    )
