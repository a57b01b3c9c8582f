"""A row of each table of duplicates and merges, so that leakage shows."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import (
    DistinctPair,
    DuplicateCandidate,
    Merge,
    MergeStep,
    MergeStepKind,
    Organisation,
    OrganisationKind,
)
from clusterwerk.members.models import (
    Contact,
    Expectation,
    Membership,
    MembershipCategory,
    Position,
    Tag,
    TagUse,
    Task,
)
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import enter, unlocked

MERGING_TABLES: list[type[Model]] = [DistinctPair, DuplicateCandidate, Merge, MergeStep]
SUBJECT = "directory.organisation"


def keep_merge(cluster: Cluster) -> Merge:
    """Numbers of no row: what stands here only shows who sees it."""
    pair = {"cluster_id": cluster.pk, "subject": SUBJECT, "low": 10_000_001, "high": 10_000_002}
    DuplicateCandidate.objects.create(**pair, score=70, reasons=["same_name"])
    DistinctPair.objects.create(**pair)
    merge = Merge.objects.create(
        cluster_id=cluster.pk, subject=SUBJECT, losing=10_000_003, keeping=10_000_004
    )
    MergeStep.objects.create(
        merge=merge.number,
        cluster_id=cluster.pk,
        model="members.membership",
        row=1,
        kind=MergeStepKind.MOVED,
        fields=["organisation"],
    )
    return merge


MakesOrganisation = Callable[..., Organisation]


def steward() -> Seats:
    """With an actor, as in life: who reads the past of shared rows is signed in."""
    return Seats(actor=1, held=(HeldSeat(SeatKind.STEWARD, SeatRole.STEWARD),))


def made_organisation(name: str, cluster: Cluster | None = None, **facts: Any) -> Organisation:
    """A shared organisation, or one private to a cluster; leaves the seats that it needed."""
    place = cluster and HeldSeat(SeatKind.CLUSTER, SeatRole.MANAGER, cluster.pk, cluster.agency_id)
    seats = Seats(actor=1, held=(place,)) if place else steward()
    enter(seats)
    with unlocked(seats, "directory"):
        return Organisation.objects.create(
            name=name,
            kind=OrganisationKind.ENTERPRISE,
            source="test",
            cluster_id=cluster.pk if cluster else None,
            **facts,
        )


def member(
    cluster: Cluster, organisation: Organisation, first: date, last: date | None
) -> Membership:
    category, _new = MembershipCategory.objects.get_or_create(cluster=cluster, name="Member")
    return Membership.objects.create(
        agency_id=cluster.agency_id,
        cluster=cluster,
        organisation=organisation,
        category=category,
        period=DateRange(first, last),
        is_paying=False,
        source="test",
    )


def keep_file(cluster: Cluster, organisation: Organisation) -> None:
    """What a cluster keeps of an organisation: a former membership, a main contact and some work.

    The tag is the one that the small world has on the first organisation of the cluster.
    """
    member(cluster, organisation, date(2015, 1, 1), date(2016, 1, 1))
    contact = Contact.objects.create(cluster=cluster, first_name="Tom", source="test")
    Position.objects.create(
        cluster=cluster,
        contact=contact,
        organisation=organisation,
        is_main=True,
        period=DateRange(date(2018, 1, 1), None),
    )
    Expectation.objects.create(
        cluster=cluster, organisation=organisation, said_on=date(2018, 2, 1), text="A partner"
    )
    Task.objects.create(cluster=cluster, title="Call back", organisation=organisation)
    tag = Tag.objects.get(cluster=cluster, name="Recycling")
    TagUse.objects.create(cluster=cluster, tag=tag, organisation=organisation)
