"""What the parts of a member's file show of its membership, contributions and size."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from clusterwerk.members import access
from clusterwerk.members.models import (
    Departure,
    Membership,
    Position,
    PositionRole,
    SizeStatement,
)
from clusterwerk.members.queries.memberships import MemberFile
from clusterwerk.members.queries.proposals import Asked, propose, rules_on
from clusterwerk.members.queries.sizes import related_of, size_of_member
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.prepared import prepared
from clusterwerk.programme.queries import Term


def membership_part(seats: Seats, file: MemberFile, today: date) -> dict[str, Any]:
    """For `_part_membership.html`: other periods, why it left, who represents it."""
    member = file.membership
    cluster = member.cluster_id
    representatives = _representatives(cluster, member.organisation_id, today)
    return {
        "others": file.other_periods,
        "departure": next(iter(_departures(cluster, member.pk)), None),
        "representatives": [each.contact for each in representatives],
        "may_keep_membership": access.may_keep_members(seats, cluster).allowed,
    }


@prepared
def _departures(cluster: int, membership: int) -> QuerySet[Departure]:
    return Departure.objects.filter(cluster_id=cluster, membership_id=membership)


@prepared
def _representatives(cluster: int, organisation: int, today: date) -> QuerySet[Position]:
    rows = Position.objects.filter(cluster_id=cluster, organisation_id=organisation).on(today)
    return rows.filter(role=PositionRole.REPRESENTATIVE).select_related("contact")


def contributions_part(file: MemberFile, term: Term | None, today: date) -> dict[str, Any]:
    """For `_part_contributions.html`: promises of all its periods, and what the rule asks now."""
    member = file.membership
    asked = Asked(
        category=member.category_id,
        organisation=member.organisation,
        day=today,
        headcount=_newest_headcount(file.sizes, today),
        is_first_year=_joined_this_year(member, term, today),
    )
    rules = rules_on(member.cluster_id, today)
    return {
        "contributions": file.contributions,
        "proposed": propose(rules, term, asked) if member.category_id in rules else None,
    }


def _newest_headcount(sizes: Iterable[SizeStatement], today: date) -> int | None:
    """Sizes stand newest first."""
    stated = (size.headcount for size in sizes if size.year <= today.year)
    return next((headcount for headcount in stated if headcount is not None), None)


def _joined_this_year(member: Membership, term: Term | None, today: date) -> bool:
    if term is None:
        return False
    earlier = Membership.objects.filter(
        cluster_id=member.cluster_id,
        organisation_id=member.organisation_id,
        period__startswith__lt=member.since,
    )
    same_year = term.working_year(member.since) == term.working_year(today)
    return same_year and member.since >= term.first_day and not earlier.exists()


def size_part(seats: Seats, file: MemberFile) -> dict[str, Any]:
    """For `_part_size.html`: the three facts, each with its reason."""
    member = file.membership
    related = related_of(member.cluster_id, member.organisation_id)
    return {
        "size": size_of_member(file.sizes, related),
        "may_state": access.may_state_size(
            seats, member.cluster_id, member.organisation_id
        ).allowed,
    }
