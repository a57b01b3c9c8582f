"""What the seats of a person mean for an erasure: they end, and the last steward stays."""

from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Seat
from clusterwerk.platform.access.seats import SeatKind, Seats
from clusterwerk.platform.history.personal import Subject
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
    """End what is open; the rows stay, because others were decided about by who held them.

    A seat that began today ends tomorrow, since it ends after it begins.
    """
    if subject.model != User._meta.label:
        return
    for seat in Seat.objects.filter(user_id=subject.pk).held_on(on):
        seat.until = max(on, seat.since + timedelta(days=1))
        seat.save(update_fields=["until"])
