"""Every address of ours, filled with the objects of a cluster in which nobody tried has a seat."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from clusterwerk.activities.models import (
    Activity,
    ActivityPart,
    AgendaPoint,
    Attendance,
    Handout,
    Mailing,
    MailingRecipient,
    Mandate,
    MatchMeeting,
    Registration,
    StandingGroup,
)
from clusterwerk.clusters.models import HandOver, Seat, SeatRequest
from clusterwerk.directory.models import Merge, Organisation
from clusterwerk.members.models import (
    Contact,
    Membership,
    MembershipCategory,
    Move,
    MoveFile,
    MoveRow,
    NeedOrOffer,
    RelatedEnterprise,
    Service,
    TargetGroup,
    TeamPost,
)
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.reporting.models import CountedReading, PublishedReading
from factories.activities import QUESTION
from factories.asked import asked_by
from factories.invited import invited_to
from factories.people import others_people
from factories.world import World, cluster_seats

OURS = "clusterwerk."


@dataclass(frozen=True)
class Address:
    """One address of ours with the names of its parameters."""

    name: str
    route: str
    parameters: tuple[str, ...]
    is_public: bool


def addresses() -> Iterator[Address]:
    yield from _walk(get_resolver().url_patterns, "", "")


def _walk(
    patterns: "list[URLPattern | URLResolver]", namespace: str, route: str
) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, inner, here)
        elif pattern.callback.__module__.startswith(OURS):
            assert isinstance(pattern.pattern, RoutePattern)
            yield Address(
                f"{namespace}{pattern.name}",
                here,
                tuple(pattern.pattern.converters),
                not getattr(pattern.callback, "login_required", True),
            )


def hand_over_of(world: World) -> HandOver:
    return HandOver.objects.create(
        agency=world.agency,
        cluster=world.beta,
        to_host=world.rival,
        day=date(2026, 1, 1),
        reason="test",
    )


def private_organisation_of(world: World) -> Organisation:
    """Typed in by hand by Beta."""
    seats = cluster_seats(world.beta)
    enter(seats)
    with unlocked(seats, "directory"):
        return Organisation.objects.create(
            name="Hidden Works", kind="enterprise", source="test", cluster_id=world.beta.pk
        )


def seat_request_of(world: World) -> SeatRequest:
    """Beta asks that somebody may act for its member."""
    return SeatRequest.objects.create(
        cluster=world.beta,
        organisation=world.rival,
        email="asked@example.org",
        name="Asked",
        asked_by=world.people["other_manager"],
    )


def others_objects(world: World) -> dict[str, object]:
    """For each parameter an object of the cluster Beta, in which no tried person has a seat."""
    owned = asked_by(world.people["other_manager"])
    enter(cluster_seats(world.beta))
    return {
        "breach": 1,
        "document": "roles",
        "language": "nl",
        "slug": "beta",
        "cluster": "beta",
        "reporting:evidence:pk": CountedReading.objects.filter(cluster=world.beta).latest("pk").pk,
        "reporting:reading_detail:pk": PublishedReading.objects.get(cluster=world.beta).pk,
        "members:membership_detail:pk": Membership.objects.get(cluster=world.beta).pk,
        "clusters:hand_over_detail:pk": hand_over_of(world).pk,
        "files:file_download:pk": owned.file,
        "jobs:job_detail:pk": owned.run,
        "jobs:job_cancel:pk": owned.run,
        "jobs:job_again:pk": owned.run,
        "jobs:effect_settle:pk": owned.effect,
        "organisation": private_organisation_of(world).pk,
        "activity": Activity.objects.filter(cluster=world.beta).latest("day").pk,
        "attendance": Attendance.objects.filter(cluster=world.beta).latest("pk").pk,
        "registration": Registration.objects.filter(cluster=world.beta).latest("pk").pk,
        "handout": Handout.objects.filter(cluster=world.beta).latest("pk").pk,
        "meeting": MatchMeeting.objects.filter(cluster=world.beta).latest("pk").pk,
        "group": StandingGroup.objects.get(cluster=world.beta).pk,
        "mandate": Mandate.objects.get(cluster=world.beta).pk,
        "point": AgendaPoint.objects.get(cluster=world.beta).pk,
        "part": ActivityPart.objects.filter(asked=world.beta).latest("pk").pk,
        "mailing": Mailing.objects.filter(cluster=world.beta).latest("pk").pk,
        "recipient": MailingRecipient.objects.filter(cluster=world.beta).latest("pk").pk,
        "question": QUESTION,
        "uid": "00000000-0000-4000-8000-000000000000",
        "indicator": "members.paying",
        "move": Move.objects.get(cluster=world.beta).pk,
        "move_file": MoveFile.objects.get(cluster=world.beta).pk,
        "move_line": MoveRow.objects.get(cluster=world.beta).pk,
        "membership": Membership.objects.get(cluster=world.beta).pk,
        "post": TeamPost.objects.get(cluster=world.beta).pk,
        "category": MembershipCategory.objects.get(cluster=world.beta).pk,
        "entry": NeedOrOffer.objects.get(cluster=world.beta).entry,
        "offer": NeedOrOffer.objects.get(cluster=world.beta).pk,
        "service": Service.objects.get(cluster=world.beta).pk,
        "related": RelatedEnterprise.objects.get(cluster=world.beta).pk,
        "target_group": TargetGroup.objects.get(cluster=world.beta).pk,
        **others_people(world.beta),
        "losing": private_organisation_of(world).pk,
        "other": Contact.objects.filter(cluster=world.beta).latest("pk").pk,
        "merge": Merge.objects.get(cluster_id=world.beta.pk).pk,
        "keeping": world.rival.pk,
        "directory:merge_undo:pk": Merge.objects.get(cluster_id=world.beta.pk).pk,
        "room": "members",
        "record": "membership",
        "row": Membership.objects.get(cluster=world.beta).pk,
        "name": "nothing.eml",
        "ending": "csv",
        "key": "nothing",
        "token": "nothing",
        "agency": "elsewhere",
        "seat": Seat.objects.filter(cluster=world.beta).earliest("pk").pk,
        "request_key": seat_request_of(world).pk,
        "invitation": invited_to(world.beta, world.people["other_manager"]).pk,
        "view": 1,
    }


def filled(address: Address, values: dict[str, object]) -> str:
    route = "/" + address.route
    for name in address.parameters:
        key = f"{address.name}:{name}" if name == "pk" else name
        assert key in values, f"{address.name}: say here what {name} of another cluster is"
        start = route.index("<")
        route = route[:start] + str(values[key]) + route[route.index(">") + 1 :]
    return route
