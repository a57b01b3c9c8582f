"""Mailings in the small world: written, prepared by their job, and handed over."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import cast

from procrastinate import JobContext

from clusterwerk.activities.mailings import sending, starting, writing
from clusterwerk.activities.mailings.jobs import prepare_mailing
from clusterwerk.activities.mailings.writing import Letter
from clusterwerk.activities.models import Mailing, MailingKind, MailingRecipient
from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import Consent, Contact
from clusterwerk.platform.access.seats import NOBODY, Seats
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.jobs.effects import perform_effect
from clusterwerk.platform.jobs.models import OutsideEffect
from clusterwerk.platform.jobs.running import run_job
from factories.world import World, cluster_seats

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LETTER = Letter(
    kind=MailingKind.INVITATION,
    subject_nl="Kom, {first_name}",
    text_nl="Beste {first_name},\n\nKom langs met {organisation}.",
    subject_en="Come, {first_name}",
    text_en="Dear {first_name},\n\nCome with {organisation}.",
    sender_name="Alpha",
)


def team(world: World) -> Seats:
    return replace(cluster_seats(world.alpha), actor=world.people["manager"].pk)


def contact(cluster: Cluster, name: str, **facts: object) -> Contact:
    made = {"email": f"{name}@example.org", "language": "nl", "source": "test", **facts}
    return Contact.objects.create(cluster=cluster, first_name=name.title(), **made)


def consents(person: Contact, state: str, purpose: str = "newsletter") -> None:
    facts = {"state": state, "said_on": date(2020, 1, 1), "way": "spoken"}
    Consent.objects.create(cluster=person.cluster, contact=person, purpose=purpose, **facts)


def written(world: World, **facts: object) -> Mailing:
    seats = team(world)
    enter(seats)
    letter = replace(LETTER, **facts)  # type: ignore[arg-type] # fields of the letter
    return writing.write_mailing(seats=seats, cluster=world.alpha, letter=letter)


def prepared(world: World, mailing: Mailing, now: datetime = NOW) -> Mailing:
    """Through the job, as the worker would."""
    seats = team(world)
    enter(seats)
    run = starting.start(seats=seats, mailing=mailing, now=now)
    run_job(prepare_mailing, None, run.pk)
    enter(seats)
    mailing.refresh_from_db()
    return mailing


def minutes(number: int, since: datetime = NOW) -> int:
    """So many minutes of the clock; returns how many mails were handed over."""
    handed = sum(sending.hand_over(since + at * MINUTE) for at in range(number))
    enter(NOBODY)
    return handed


def effects() -> list[OutsideEffect]:
    enter(NOBODY)
    with opened("jobs"):
        return list(OutsideEffect.objects.filter(kind="mailing").order_by("pk"))


def perform(noted: OutsideEffect) -> None:
    perform_effect.func(cast("JobContext", None), effect=noted.pk)


def recipients(world: World, mailing: Mailing) -> dict[str, MailingRecipient]:
    enter(cluster_seats(world.alpha))
    return {row.email or row.name: row for row in mailing.recipients.order_by("pk")}


def states(world: World, mailing: Mailing) -> dict[str, str]:
    return {key: row.left_out or row.state for key, row in recipients(world, mailing).items()}
