"""Every change to memberships, promised contributions and statements of size.

Rows about an invented organisation are marked as demo by themselves; nobody has to remember it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members import access
from clusterwerk.members.models import (
    Contribution,
    Membership,
    MembershipCategory,
    SizeStatement,
    TagKind,
    TagUse,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created, created_many, drawn_up
from clusterwerk.platform.ui.templatetags.ui import day_long

ONE_PERIOD = {
    "membership_no_overlap": gettext_lazy(
        "This organisation already is a member of the cluster in this period."
    ),
    "membership_period_begins": gettext_lazy("A membership has a first day before its last."),
}
_AMOUNTS = {
    "contribution_once_a_year": gettext_lazy(
        "A contribution of this member for this working year is written down already."
    ),
    "contribution_not_negative": gettext_lazy("A contribution is not negative."),
}
_SIZES = {
    "size_once_a_year": gettext_lazy(
        "The size of this organisation in this year is written down already."
    )
}


@dataclass(frozen=True, slots=True)
class NewMember:
    """An organisation that joins; `last_day` is the first day without the membership."""

    organisation: Organisation
    category: MembershipCategory
    first_day: date
    is_paying: bool
    source: str
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """What a member promised for one working year of its cluster's agreement, in euro."""

    membership: Membership
    working_year: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Size:
    """How large an organisation was in a year: annual work units, and euro.

    `is_autonomous` says that it has no partner or linked enterprises; None leaves what is known.
    """

    organisation: Organisation
    year: int
    source: str
    headcount: int | None = None
    turnover: Decimal | None = None
    balance_total: Decimal | None = None
    is_autonomous: bool | None = None


def offer_category(*, seats: Seats, cluster: Cluster, name: str) -> tuple[MembershipCategory, bool]:
    """A kind of membership that the cluster offers; returns it and whether it is new."""
    access.may_keep_members(seats, cluster.pk).require()
    kept = MembershipCategory.objects.filter(cluster=cluster, name=name).first()
    if kept:
        return kept, False
    last = MembershipCategory.objects.filter(cluster=cluster).count()
    return created(MembershipCategory(cluster=cluster, name=name, position=last + 1)), True


def join(*, seats: Seats, cluster: Cluster, new: NewMember) -> Membership:
    """The organisation becomes a member of the cluster, and is no prospect any more.

    Refused while it already is one.
    """
    access.may_keep_members(seats, cluster.pk).require()
    _require_period(new)
    period = DateRange(new.first_day, new.last_day)
    other = Membership.objects.filter(
        cluster=cluster, organisation=new.organisation, period__overlap=period
    ).first()
    if other:
        message = _("%(organisation)s already is a member of %(cluster)s, since %(day)s.")
        raise DomainError(
            message
            % {
                "organisation": new.organisation.name,
                "cluster": cluster.name,
                "day": day_long(other.period.lower),
            }
        )
    membership = created(Membership(**_membership(cluster, new)), ONE_PERIOD)
    prospect = TagUse.objects.filter(
        cluster=cluster, tag__kind=TagKind.PROSPECT, organisation=new.organisation
    )
    prospect.delete()
    return membership


def join_many(*, seats: Seats, cluster: Cluster, new: Sequence[NewMember]) -> list[Membership]:
    """Many members at once, under the same rules, in the order given; all of them or none."""
    access.may_keep_members(seats, cluster.pk).require()
    for each in new:
        _require_period(each)
    rows = drawn_up(Membership, (_membership(cluster, each) for each in new))
    return created_many(rows, ONE_PERIOD)


def promise_contribution(*, seats: Seats, promise: Promise) -> tuple[Contribution, bool]:
    """Write down what a member promised; a second promise for the year replaces the first.

    Returns the row and whether anything changed.
    """
    membership = promise.membership
    access.may_promise_contributions(seats, membership.cluster_id).require()
    kept = Contribution.objects.filter(
        cluster_id=membership.cluster_id, membership=membership, working_year=promise.working_year
    ).first()
    if kept:
        return kept, changed(kept, _AMOUNTS, amount=promise.amount)
    return created(_contribution(promise), _AMOUNTS), True


def promise_contributions(
    *, seats: Seats, cluster_id: int, promises: Sequence[Promise]
) -> list[Contribution]:
    """Many first promises at once, in the order given; all of them or none."""
    access.may_promise_contributions(seats, cluster_id).require()
    if any(promise.membership.cluster_id != cluster_id for promise in promises):
        raise DomainError(_("A promise belongs to a membership of another cluster."))
    return created_many((_contribution(promise) for promise in promises), _AMOUNTS)


def state_size(*, seats: Seats, cluster_id: int, size: Size) -> tuple[SizeStatement, bool]:
    """What an organisation told the cluster of its size; a later statement of a year replaces it.

    The organisation itself says it to clusters of which it is or was a member. Returns the row and
    whether anything changed.
    """
    access.may_state_size(seats, cluster_id, size.organisation.pk).require()
    kept = SizeStatement.objects.filter(
        cluster_id=cluster_id, organisation=size.organisation, year=size.year
    ).first()
    if kept:
        return kept, changed(
            kept,
            _SIZES,
            headcount=size.headcount,
            turnover=size.turnover,
            balance_total=size.balance_total,
            is_autonomous=kept.is_autonomous if size.is_autonomous is None else size.is_autonomous,
            source=size.source,
        )
    _require_member(cluster_id, size.organisation)
    return created(SizeStatement(**_statement(cluster_id, size)), _SIZES), True


def state_sizes(*, seats: Seats, cluster_id: int, sizes: Sequence[Size]) -> list[SizeStatement]:
    """Many first statements at once, in the order given; all of them or none."""
    for size in sizes:
        access.may_state_size(seats, cluster_id, size.organisation.pk).require()
    rows = drawn_up(SizeStatement, (_statement(cluster_id, size) for size in sizes))
    return created_many(rows, _SIZES)


def _require_period(new: NewMember) -> None:
    """An empty range would be stored without its days, so it is refused before it is made."""
    if new.last_day is not None and new.last_day <= new.first_day:
        message = _("%(organisation)s: a membership has a first day before its last.")
        raise DomainError(message % {"organisation": new.organisation.name})


def _require_member(cluster_id: int, organisation: Organisation) -> None:
    if not Membership.objects.filter(cluster_id=cluster_id, organisation=organisation).exists():
        message = _("%(organisation)s is not a member of this cluster.")
        raise DomainError(message % {"organisation": organisation.name})


def _membership(cluster: Cluster, new: NewMember) -> dict[str, Any]:
    return {
        "agency_id": cluster.agency_id,
        "cluster_id": cluster.pk,
        "organisation_id": new.organisation.pk,
        "category_id": new.category.pk,
        "period": DateRange(new.first_day, new.last_day),
        "is_paying": new.is_paying,
        "source": new.source,
        "is_demo": new.organisation.is_demo,
    }


def _contribution(promise: Promise) -> Contribution:
    membership = promise.membership
    return Contribution(
        cluster_id=membership.cluster_id,
        membership=membership,
        organisation_id=membership.organisation_id,
        working_year=promise.working_year,
        amount=promise.amount,
        is_demo=membership.is_demo,
    )


def _statement(cluster_id: int, size: Size) -> dict[str, Any]:
    return {
        "cluster_id": cluster_id,
        "organisation_id": size.organisation.pk,
        "year": size.year,
        "headcount": size.headcount,
        "turnover": size.turnover,
        "balance_total": size.balance_total,
        "is_autonomous": size.is_autonomous,
        "source": size.source,
        "is_demo": size.organisation.is_demo,
    }
