"""Asking for a mailing to be sent: the draft is closed and the job asked for in one change."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from clusterwerk.activities.mailings.jobs import prepare_mailing
from clusterwerk.activities.mailings.sending import ask_to_send
from clusterwerk.activities.mailings.writing import held_mailing
from clusterwerk.activities.models import Mailing, MailingState
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.jobs import ask
from clusterwerk.platform.jobs.models import JobRun


@transaction.atomic
def start(*, seats: Seats, mailing: Mailing, now: datetime) -> JobRun:
    """Two clicks are one: the second is told that somebody asked already."""
    return _asked(seats, ask_to_send(seats=seats, mailing=mailing, now=now))


@transaction.atomic
def prepare_again(*, seats: Seats, mailing: Mailing) -> JobRun:
    """For a job that failed or was cancelled: it goes on after whom it wrote down last."""
    held = held_mailing(seats, mailing)
    if held.state != MailingState.PREPARING:
        raise DomainError(_("It is prepared already."))
    return _asked(seats, held)


def _asked(seats: Seats, mailing: Mailing) -> JobRun:
    assert seats.actor is not None, "somebody of the team asks"
    return ask(
        prepare_mailing,
        actor=seats.actor,
        reason="mailing",
        cluster=mailing.cluster_id,
        mailing=mailing.pk,
    )
