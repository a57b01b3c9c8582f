"""What somebody who came says of an activity afterwards, by the link of their registration."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from clusterwerk.activities.actions.visitors import DOOR, registration_by_link
from clusterwerk.activities.membership import seats_of_holders
from clusterwerk.activities.models import (
    Attendance,
    PublishedActivity,
    Registration,
    Relevance,
)
from clusterwerk.platform.access.looking import looking_as
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed

OPEN_FOR = timedelta(days=14)  # after the end


@transaction.atomic
def say_feedback(
    *,
    seats: Seats,
    token: str,
    relevance: Relevance,
    takes_along: str,
    better: str,
    now: datetime,
) -> Registration:
    """Said anew it takes the place of what was said before.

    Raises `UnknownLinkError`, and `DomainError` before the end, too late, or for who was not there.
    """
    own, shown = registration_by_link(seats=seats, token=token)
    if not is_asked(own, shown, now):
        raise DomainError(_("This can be said by who was there, until two weeks after the end."))
    with unlocked(seats, DOOR):
        row = Registration.objects.select_for_update(of=("self",)).get(pk=own.pk)
        facts: dict[str, Any] = {
            "relevance": relevance,
            "takes_along": takes_along,
            "better": better,
        }
        if any(getattr(row, name) != value for name, value in facts.items()):
            changed(row, **facts, said_at=now)
    return row


def is_asked(own: Registration, shown: PublishedActivity, now: datetime) -> bool:
    """Whether somebody may say what they found of it."""
    if shown.ends_at is None or not shown.ends_at <= now < shown.ends_at + OPEN_FOR:
        return False
    with looking_as(seats_of_holders(shown)):
        return Attendance.objects.filter(registration=own).exists()
