"""A member of two clusters, and the pages on which its representative tells them something."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from clusterwerk.members.models import Membership, MembershipCategory, NeedOrOffer
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats, organisation_seats


def join_beta(world: World, until: date | None = None) -> Membership:
    """The company becomes a member of Beta too, in the category that it has."""
    enter(cluster_seats(world.beta))
    return Membership.objects.create(
        agency_id=world.beta.agency_id,
        cluster=world.beta,
        organisation=world.company,
        category=MembershipCategory.objects.get(cluster=world.beta),
        period=DateRange(date(2019, 1, 1), until),
        is_paying=True,
        source="test",
    )


def own_address(world: World, rest: str) -> str:
    return f"/members/own/organisations/{world.company.pk}/{rest}"


def titles_at(world: World, name: str) -> list[str]:
    """What the cluster was told by the company, as its own team reads it."""
    cluster = getattr(world, name)
    enter(cluster_seats(cluster))
    rows = NeedOrOffer.objects.filter(organisation=world.company).order_by("pk")
    found = list(rows.values_list("title", flat=True))
    enter(organisation_seats(world.company))
    return found
