"""What the seats of a person mean for an erasure: they end, and the last steward stays."""

from collections.abc import Iterable
from datetime import date

from allauth.account.models import EmailAddress
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.inviting.models import NO_ADDRESS
from clusterwerk.clusters.models import Invitation, Seat, SeatRequest
from clusterwerk.platform.access.seats import SeatKind, Seats
from clusterwerk.platform.history.personal import Claim, Subject
from clusterwerk.platform.models import User


def objection_of_seats(subject: Subject, on: date) -> str | Promise | None:
    """Somebody must be left who can run the installation."""
    stewards = Seat.objects.filter(kind=SeatKind.STEWARD, user__is_active=True).held_on(on)
    if subject.model != User._meta.label or not stewards.filter(user_id=subject.pk).exists():
        return None
    if stewards.exclude(user_id=subject.pk).exists():
        return None
    return _("This is the last steward: make somebody else a steward first.")


def end_seats(subject: Subject, seats: Seats, on: date) -> None:  # noqa: ARG001 - as all rooms do
    """End what is open; the rows stay, because others were decided about by who held them."""
    if subject.model != User._meta.label:
        return
    for seat in Seat.objects.filter(user_id=subject.pk).held_on(on):
        seat.until = max(on, seat.since)
        seat.save(update_fields=["until"])


def claims_of_invited(subject: Subject) -> Iterable[Claim]:
    """The addresses and names under which the person was invited or asked for."""
    account = User.objects.filter(pk=subject.pk).first()
    if subject.model != User._meta.label or account is None:
        return
    own = EmailAddress.objects.filter(user=account).values_list("email", flat=True)
    addresses = {account.email, *own}
    invited = Invitation.objects.filter(email__in=addresses)
    asked = SeatRequest.objects.filter(email__in=addresses)
    yield Claim(Invitation, tuple(invited.values_list("pk", flat=True)), _nameless)
    yield Claim(SeatRequest, tuple(asked.values_list("pk", flat=True)), _nameless)


def _nameless(pk: int) -> dict[str, str]:
    return {"name": "—", "email": f"{pk}-{NO_ADDRESS}"}
