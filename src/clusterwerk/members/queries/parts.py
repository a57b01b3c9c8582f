"""What the parts of a member's file show of its membership, contributions and size."""

from datetime import date
from typing import Any

from clusterwerk.members import access
from clusterwerk.members.models import (
    Contribution,
    Departure,
    Membership,
    Position,
    PositionRole,
    SizeStatement,
)
from clusterwerk.members.queries.proposals import (
    Asked,
    newest_headcounts,
    propose,
    rules_on,
)
from clusterwerk.members.queries.sizes import related_of, size_of_member
from clusterwerk.platform.access.seats import Seats
from clusterwerk.programme.queries import Term


def membership_part(seats: Seats, member: Membership, today: date) -> dict[str, Any]:
    """For `_part_membership.html`: other periods, why it left, who represents it."""
    same = {"cluster_id": member.cluster_id, "organisation_id": member.organisation_id}
    others = Membership.objects.filter(**same).exclude(pk=member.pk)
    people = Position.objects.filter(**same, role=PositionRole.REPRESENTATIVE).on(today)
    return {
        "others": others.select_related("category").order_by("-period__startswith"),
        "departure": Departure.objects.filter(
            cluster_id=member.cluster_id, membership=member
        ).first(),
        "representatives": [each.contact for each in people.select_related("contact")],
        "may_keep_membership": access.may_keep_members(seats, member.cluster_id).allowed,
    }


def contributions_part(member: Membership, term: Term | None, today: date) -> dict[str, Any]:
    """For `_part_contributions.html`: promises of all its periods, and what the rule asks now."""
    same = {"cluster_id": member.cluster_id, "organisation_id": member.organisation_id}
    promises = Contribution.objects.filter(**same)
    asked = Asked(
        category=member.category_id,
        organisation=member.organisation,
        day=today,
        headcount=newest_headcounts(member.cluster_id, [member.organisation_id], today).get(
            member.organisation_id
        ),
        is_first_year=_joined_this_year(member, term, today),
    )
    rules = rules_on(member.cluster_id, today)
    return {
        "contributions": promises.order_by("-working_year", "-pk"),
        "proposed": propose(rules, term, asked) if member.category_id in rules else None,
    }


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


def size_part(seats: Seats, member: Membership) -> dict[str, Any]:
    """For `_part_size.html`: the three facts, each with its reason."""
    same = {"cluster_id": member.cluster_id, "organisation_id": member.organisation_id}
    related = related_of(member.cluster_id, member.organisation_id)
    return {
        "size": size_of_member(SizeStatement.objects.filter(**same), related),
        "may_state": access.may_state_size(
            seats, member.cluster_id, member.organisation_id
        ).allowed,
    }
