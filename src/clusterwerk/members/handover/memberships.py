"""What becomes of members when another cluster takes their cluster in."""

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.clusters.handover.steps import Done
from clusterwerk.clusters.models import Cluster
from clusterwerk.members.actions import offer_category
from clusterwerk.members.models import (
    Contribution,
    Membership,
    MembershipCategory,
    RelatedEnterprise,
    SizeStatement,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created_many

Stated = TypeVar("Stated", SizeStatement, RelatedEnterprise)


def move_members(seats: Seats, over: HandOver) -> Iterator[Done]:
    """Memberships end on the day and go on in the other cluster, once for each organisation.

    Who is a member there already stays so under its own terms. Contributions promised to the old
    cluster stay with it: they belong to its agreement.
    """
    if over.to_cluster is None:
        return
    standing = _standing(over)
    begins = _members_there(over.to_cluster, over)
    moving = [each for each in standing if begins.get(each.organisation_id) != over.day]
    categories = _categories(seats, over.to_cluster, moving)
    created_many(
        _moved(each, over, categories[each.category.name], begins.get(each.organisation_id))
        for each in moving
    )
    for each in standing:
        changed(each, period=DateRange(each.period.lower, over.day))
    promised = Contribution.objects.filter(cluster=over.cluster).count()
    yield Done(gettext_lazy("memberships that go on there: %(number)s"), len(moving))
    there = len(standing) - len(moving)
    yield Done(gettext_lazy("members of both, who stay as they are there: %(number)s"), there)
    yield Done(gettext_lazy("promised contributions that stay behind: %(number)s"), promised)


def _standing(over: HandOver) -> list[Membership]:
    """Memberships that stand on the day; one that is still to begin has to be settled first."""
    later = Q(period__endswith__isnull=True) | Q(period__endswith__gt=over.day)
    found = list(Membership.objects.filter(later, cluster=over.cluster).select_related("category"))
    beginning = sum(each.period.lower >= over.day for each in found)
    if beginning:
        message = ngettext(
            "%(number)s membership begins on or after the day of the hand-over; "
            "end it or change its first day before.",
            "%(number)s memberships begin on or after the day of the hand-over; "
            "end them or change their first day before.",
            beginning,
        )
        raise DomainError(message % {"number": beginning})
    return found


def _members_there(to: Cluster, over: HandOver) -> dict[int, date]:
    """By organisation the first day, from the hand-over on, on which it is a member there."""
    from_then_on = DateRange(over.day, None)
    found = Membership.objects.filter(cluster=to, period__overlap=from_then_on)
    latest_first = found.order_by("-period").values_list("organisation_id", "period")
    return {organisation: max(period.lower, over.day) for organisation, period in latest_first}


def _categories(
    seats: Seats, to: Cluster, moving: list[Membership]
) -> dict[str, MembershipCategory]:
    names = sorted({each.category.name for each in moving})
    return {name: offer_category(seats=seats, cluster=to, name=name)[0] for name in names}


def _moved(
    old: Membership, over: HandOver, category: MembershipCategory, begins_there: date | None
) -> Membership:
    """Up to the end it had, or the day from which the organisation joins there by itself."""
    assert over.to_cluster is not None
    ends = [day for day in (old.period.upper, begins_there) if day is not None]
    return Membership(
        agency_id=over.agency_id,
        cluster=over.to_cluster,
        organisation_id=old.organisation_id,
        category=category,
        period=DateRange(over.day, min(ends, default=None)),
        is_paying=old.is_paying,
        source=_("from %(cluster)s") % {"cluster": over.cluster.name},
        is_demo=old.is_demo,
    )


def copy_sizes(_seats: Seats, over: HandOver) -> Iterator[Done]:
    """What members that go over told of size and owners goes with them, where it is unknown there.

    What others told the old cluster stays there.
    """
    if over.to_cluster is None:
        return
    told = SizeStatement.objects.filter(cluster=over.to_cluster)
    known = set(told.values_list("organisation_id", "year"))
    going = Membership.objects.filter(cluster=over.cluster, period__endswith=over.day)
    members = Membership.objects.filter(
        cluster=over.to_cluster, organisation__in=going.values("organisation_id")
    )
    rows = SizeStatement.objects.filter(
        cluster=over.cluster, organisation__in=members.values("organisation_id")
    )
    fresh = [row for row in rows if (row.organisation_id, row.year) not in known]
    created_many(_copied(row, over.to_cluster) for row in fresh)
    owners = RelatedEnterprise.objects.filter(
        cluster=over.cluster, organisation__in=members.values("organisation_id")
    )
    # Owners go with the statement of their year: where that year is known they are too.
    created_many(
        _copied(row, over.to_cluster)
        for row in owners
        if (row.organisation_id, row.year) not in known
    )
    yield Done(gettext_lazy("stated sizes copied: %(number)s"), len(fresh))


def _copied(row: Stated, to: Cluster) -> Stated:
    facts = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in {"id", "cluster"}
    }
    return type(row)(**facts, cluster=to)
