"""Activities that people register for: by the form, by the link, and as the team sees them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.core.signing import Signer

from clusterwerk.activities import actions
from clusterwerk.activities.actions import Plan, Registrant
from clusterwerk.activities.models import (
    Activity,
    ActivityKind,
    ActivityPlaces,
    Audience,
    Registration,
)
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.mail.models import OutgoingMail
from factories.world import World, cluster_seats

NOW = datetime(2030, 1, 1, tzinfo=UTC)
OPEN = Plan(
    name="Opening",
    kind=ActivityKind.NETWORK_EVENT,
    language="en",
    starts_at=datetime(2030, 5, 6, 23, 30, tzinfo=UTC),
    ends_at=datetime(2030, 5, 7, 1, tzinfo=UTC),
    time_zone="Europe/Brussels",
    capacity=2,
    takes_registrations=True,
    audience=Audience.EVERYBODY,
)
HOUR = timedelta(hours=1)


def filled_in(own: Activity, **typed: str) -> dict[str, str]:
    """What a person sends of the form, who took a minute for it."""
    drawn = datetime.now(UTC) - timedelta(minutes=1)
    stamp = Signer(salt=f"registration:{own.uid}").sign(str(drawn.timestamp()))
    return {"name": "Bea Bos", "email": "bea@example.org", "drawn": stamp, **typed}


def published(world: World, **facts: object) -> Activity:
    seats = cluster_seats(world.alpha)
    enter(seats)
    plan = replace(OPEN, **facts)  # type: ignore[arg-type] # fields of the plan
    draft = actions.plan_activity(seats=seats, lead=world.alpha, plan=plan)
    own = actions.publish_activity(seats=seats, activity=draft, now=NOW)
    enter(NOBODY)
    return own


def asks(own: Activity, email: str, *, guests: int = 0, now: datetime = NOW) -> None:
    who = Registrant(name="Bea Bos", email=email, language="en", guests=guests)
    actions.register(seats=NOBODY, activity=own.pk, who=who, now=now)


def row(own: Activity, email: str) -> Registration:
    with opened("registration"):
        return Registration.objects.filter(activity_id=own.pk, email=email).latest("pk")


def confirms(own: Activity, email: str, now: datetime = NOW) -> str:
    token = row(own, email).token
    return actions.confirm_registration(seats=NOBODY, token=token, now=now).state


def comes(own: Activity, email: str, now: datetime = NOW, guests: int = 0) -> str:
    asks(own, email, now=now, guests=guests)
    return confirms(own, email, now)


def withdraws(own: Activity, email: str, now: datetime = NOW) -> None:
    actions.withdraw_registration(seats=NOBODY, token=row(own, email).token, now=now)


def taken(own: Activity) -> int:
    return ActivityPlaces.objects.get(pk=own.pk).taken


def subjects(email: str) -> list[str]:
    with opened("mail"):
        rows = OutgoingMail.objects.order_by("pk").values_list("content", flat=True)
        return [mail["subject"] for mail in rows if mail["to"] == [email]]
