"""The past of categories, their rules and services, of departures and of related enterprises."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from clusterwerk.members import access
from clusterwerk.members.models import (
    ContributionRate,
    ContributionRule,
    Departure,
    MembershipCategory,
    RelatedEnterprise,
    Service,
)
from clusterwerk.platform.access.decision import Decision
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.history.records import Part, Record
from clusterwerk.platform.ui.templatetags.ui import euro


def _file_of_category(row: Any) -> Iterable[Part]:  # noqa: ANN401 - an event of a category
    own = {"cluster_id": row.cluster_id, "category_id": row.pgh_obj_id}
    return [(ContributionRule, own), (Service, own)]


def _rule(row: ContributionRule) -> str:
    category = MembershipCategory.objects.filter(pk=row.category_id).first()
    return category.name if category else ""


def _may_keep(seats: Seats, row: Any) -> Decision:  # noqa: ANN401 - a row of any of these tables
    return access.may_keep_members(seats, row.cluster_id)


def _may_state(seats: Seats, row: RelatedEnterprise) -> Decision:
    return access.may_state_size(seats, row.cluster_id, row.organisation_id)


CATEGORY_RECORDS = (
    Record(
        MembershipCategory,
        _("Category"),
        {
            "name": _("Name"),
            "description": _("Description"),
            "position": _("Order"),
            "is_offered": _("Offered to new members"),
        },
        parts=_file_of_category,
        may_undo=_may_keep,
    ),
    Record(
        ContributionRule,
        _("Contribution rule"),
        {
            "category": _("Category"),
            "kind": _("Differs"),
            "first_year_percent": _("Percent in the first year"),
            "period": _("Holds"),
        },
        called=_rule,
        may_undo=_may_keep,
    ),
    Record(
        ContributionRate,
        _("Amount of a rule"),
        {"applies_to": _("For"), "amount": _("Amount a year")},
        may_undo=_may_keep,
        wording={"amount": euro},
    ),
    Record(
        Service,
        _("Service"),
        {
            "category": _("Category"),
            "name": _("Name"),
            "kind_of_work": _("Kind of work"),
            "hours_per_member_year": _("Hours for each member a year"),
            "is_included": _("Included in the contribution"),
            "position": _("Order"),
        },
        may_undo=_may_keep,
    ),
    Record(
        Departure,
        _("Departure"),
        {"reason": _("Reason"), "note": _("Note"), "lesson": _("What we learnt")},
        called=lambda row: str(row.organisation),
        may_undo=_may_keep,
    ),
    Record(
        RelatedEnterprise,
        _("Related enterprise"),
        {
            "year": _("Year"),
            "name": _("Name"),
            "number": _("Register number"),
            "stream": _("Relation"),
            "holder_kind": _("Kind"),
            "share": _("Share in percent"),
            "has_control": _("One controls the other"),
            "headcount": _("Headcount"),
            "turnover": _("Turnover"),
            "balance_total": _("Balance total"),
            "source": _("Source"),
        },
        may_undo=_may_state,
        wording={"turnover": euro, "balance_total": euro},
    ),
)
