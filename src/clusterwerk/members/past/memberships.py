"""The past of memberships, contributions and sizes in words, and what may be taken back."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members import access
from clusterwerk.members.models import (
    Contribution,
    Departure,
    Membership,
    RelatedEnterprise,
    SizeStatement,
)
from clusterwerk.platform.access.decision import Decision
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.history.records import Part, Record
from clusterwerk.platform.ui.templatetags.ui import euro


def _file_of_member(row: Any) -> Iterable[Part]:  # noqa: ANN401 - an event of a membership
    told = {"cluster_id": row.cluster_id, "organisation_id": row.organisation_id}
    return [
        (Contribution, {"cluster_id": row.cluster_id, "membership_id": row.pgh_obj_id}),
        (SizeStatement, told),
        (RelatedEnterprise, told),
        (Departure, {"cluster_id": row.cluster_id, "membership_id": row.pgh_obj_id}),
        (Organisation, {"pgh_obj_id": row.organisation_id}),
    ]


def _page(row: Membership) -> str:
    """Empty for the member itself, which reads the past and not the cluster's own row."""
    cluster = Cluster.objects.filter(pk=row.cluster_id).first()
    return reverse("members:membership_detail", args=[cluster.key, row.pk]) if cluster else ""


def _promise(row: Contribution) -> str:
    return f"{row.organisation}, {_('working year %(year)s') % {'year': row.working_year}}"


def _page_of_member(row: Contribution) -> str:
    membership = Membership.objects.filter(pk=row.membership_id).first()
    return _page(membership) if membership else ""


def _may_undo_size(seats: Seats, row: SizeStatement) -> Decision:
    return access.may_state_size(seats, row.cluster_id, row.organisation_id)


MEMBERSHIP_RECORDS = (
    Record(
        Membership,
        _("Membership"),
        {
            "organisation": _("Organisation"),
            "period": _("Period"),
            "continued_from": _("Member without a break since"),
            "category": _("Category"),
            "is_paying": _("Pays a contribution"),
            "source": _("Source"),
        },
        parts=_file_of_member,
        called=lambda row: str(row.organisation),
        address=_page,
        may_undo=lambda seats, row: access.may_keep_members(seats, row.cluster_id),
    ),
    Record(
        Contribution,
        _("Promised contribution"),
        {"working_year": _("Working year"), "amount": _("Amount")},
        called=_promise,
        address=_page_of_member,
        may_undo=lambda seats, row: access.may_promise_contributions(seats, row.cluster_id),
        wording={"amount": euro},
    ),
    Record(
        SizeStatement,
        _("Stated size"),
        {
            "year": _("Year"),
            "headcount": _("Headcount"),
            "turnover": _("Turnover"),
            "balance_total": _("Balance total"),
            "is_autonomous": _("Stands alone"),
            "source": _("Source"),
        },
        called=lambda row: f"{row.organisation}, {row.year}",
        may_undo=_may_undo_size,
        wording={"turnover": euro, "balance_total": euro},
    ),
)
