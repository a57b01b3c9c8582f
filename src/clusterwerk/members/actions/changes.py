"""What happens to a membership after it began: renewed, changed, ended.

Each locks the membership first, so that two people who act at once are told of each other, and a
second click finds the work done.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access
from clusterwerk.members.actions.memberships import (
    ONE_PERIOD,
    NewMember,
    Promise,
    Size,
    join,
    promise_contribution,
    state_size,
)
from clusterwerk.members.models import (
    Contribution,
    Departure,
    LeavingReason,
    Membership,
    MembershipCategory,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created
from clusterwerk.platform.ui.templatetags.ui import day_long
from clusterwerk.programme.queries import term_of_cluster


@dataclass(frozen=True, slots=True)
class Renewal:
    """A membership that goes on until a later first day without it.

    `seen_end` is the end that the person saw, to notice that somebody changed it meanwhile.
    `amount` in euro is promised for the working year; None promises nothing.
    """

    membership: int
    seen_end: date
    until: date
    working_year: int | None = None
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """The first day without the membership, why, and what the team learnt from it."""

    day: date
    reason: LeavingReason
    note: str = ""
    lesson: str = ""


@transaction.atomic
def add_member(
    *,
    seats: Seats,
    cluster: Cluster,
    new: NewMember,
    size: Size | None = None,
    working_year: int | None = None,
    amount: Decimal | None = None,
) -> Membership:
    """An organisation joins with its size and its first promise, all of it or nothing."""
    if not new.category.is_offered:
        message = _("%(category)s is not offered to new members.")
        raise DomainError(message % {"category": new.category.name})
    membership = join(seats=seats, cluster=cluster, new=new)
    if size:
        state_size(seats=seats, cluster_id=cluster.pk, size=size)
    _promise(seats, membership, working_year, amount)
    return membership


def renew(*, seats: Seats, cluster: Cluster, renewal: Renewal) -> Membership:
    """The membership goes on; a notice to leave is taken back by it."""
    (renewed,) = renew_many(seats=seats, cluster=cluster, renewals=[renewal])
    return renewed


@transaction.atomic
def renew_many(*, seats: Seats, cluster: Cluster, renewals: Sequence[Renewal]) -> list[Membership]:
    """Many memberships go on, in the order given; all of them or none, with the reason."""
    access.may_keep_members(seats, cluster.pk).require()
    own = Membership.objects.select_for_update(of=("self",)).filter(cluster=cluster)
    found = own.select_related("organisation").in_bulk([each.membership for each in renewals])
    return [_renewed(seats, found.get(each.membership), each) for each in renewals]


@transaction.atomic
def renew_and_promise(
    *, seats: Seats, cluster: Cluster, renewals: Sequence[Renewal], promises: Sequence[Promise]
) -> int:
    """Memberships go on, and those without an end promise for a year; all of it or nothing.

    A promise already made for the year stays as it is. Returns how many memberships it was.
    """
    renew_many(seats=seats, cluster=cluster, renewals=renewals)
    for each in promises:
        if each.membership.cluster_id != cluster.pk:
            raise DomainError(_("A promise belongs to a membership of another cluster."))
        _promise(seats, each.membership, each.working_year, each.amount)
    return len(renewals) + len(promises)


def _renewed(seats: Seats, membership: Membership | None, renewal: Renewal) -> Membership:
    if membership is None:
        raise DomainError(_("One of these memberships is not there any more. Load the page anew."))
    _require_seen(membership, renewal)
    Departure.objects.filter(cluster_id=membership.cluster_id, membership=membership).delete()
    changed(membership, ONE_PERIOD, period=DateRange(membership.period.lower, renewal.until))
    _promise(seats, membership, renewal.working_year, renewal.amount)
    return membership


def _require_seen(membership: Membership, renewal: Renewal) -> None:
    name, ends = membership.organisation.name, membership.period.upper
    if ends != renewal.seen_end:
        message = _(
            "%(organisation)s: somebody changed this membership meanwhile; it now ends on %(day)s."
        )
        said = day_long(ends) if ends else _("no day")
        raise DomainError(message % {"organisation": name, "day": said})
    if renewal.until <= renewal.seen_end:
        message = _("%(organisation)s: the new end lies after %(day)s, the present one.")
        raise DomainError(message % {"organisation": name, "day": day_long(renewal.seen_end)})


@transaction.atomic
def change_category(
    *,
    seats: Seats,
    membership: Membership,
    category: MembershipCategory,
    day: date,
    is_paying: bool,
) -> Membership:
    """From the day on the member is of another category; returns the membership from then on.

    The period is split: the old row keeps the days before. Promises for the working year of the
    day and later ones go with the member. From its first day on, the row itself changes.
    """
    access.may_keep_members(seats, membership.cluster_id).require()
    own = _locked(membership)
    _require_other_category(own, category)
    _require_inside(own, day, first_too=True)
    if day == own.period.lower:
        changed(own, category=category, is_paying=is_paying)
        return own
    ends = own.period.upper
    changed(own, period=DateRange(own.period.lower, day))
    following = created(
        _following(own, category, DateRange(day, ends), is_paying=is_paying), ONE_PERIOD
    )
    _carry_over(own, following, day)
    return following


def _following(
    own: Membership, category: MembershipCategory, period: DateRange, *, is_paying: bool
) -> Membership:
    return Membership(
        agency_id=own.agency_id,
        cluster_id=own.cluster_id,
        organisation_id=own.organisation_id,
        category=category,
        period=period,
        continued_from=own.continued_from or own.period.lower,
        is_paying=is_paying,
        source=own.source,
        is_demo=own.is_demo,
    )


def _carry_over(own: Membership, following: Membership, day: date) -> None:
    """Promises of the working year of the day and later, and a notice to leave, move along."""
    same = {"cluster_id": own.cluster_id, "membership": own}
    term = term_of_cluster(own.cluster_id)
    if term:
        later = Contribution.objects.filter(**same, working_year__gte=term.working_year(day))
        for promise in later:
            changed(promise, membership=following)
    for departure in Departure.objects.filter(**same):
        changed(departure, membership=following)


def _require_other_category(own: Membership, category: MembershipCategory) -> None:
    if category.cluster_id != own.cluster_id:
        raise DomainError(_("This category belongs to another cluster."))
    if category.pk == own.category_id:
        message = _("%(organisation)s already is %(category)s.")
        raise DomainError(
            message % {"organisation": own.organisation.name, "category": category.name}
        )
    if not category.is_offered:
        message = _("%(category)s is not offered to new members.")
        raise DomainError(message % {"category": category.name})


@transaction.atomic
def leave(*, seats: Seats, membership: Membership, leaving: Leaving) -> Departure:
    """The membership ends before the day, for a reason that only the cluster reads.

    Who already left is told so; a second time on the same day corrects the reason.
    """
    access.may_keep_members(seats, membership.cluster_id).require()
    own = _locked(membership)
    if leaving.day != own.period.upper:
        _require_inside(own, leaving.day)
        changed(own, period=DateRange(own.period.lower, leaving.day))
    facts: dict[str, Any] = {
        "reason": leaving.reason,
        "note": leaving.note,
        "lesson": leaving.lesson,
    }
    kept = Departure.objects.filter(cluster_id=own.cluster_id, membership=own).first()
    if kept:
        changed(kept, **facts)
        return kept
    departure = Departure(
        cluster_id=own.cluster_id,
        membership=own,
        organisation_id=own.organisation_id,
        is_demo=own.is_demo,
        **facts,
    )
    return created(departure)


def _locked(membership: Membership) -> Membership:
    own = Membership.objects.select_for_update(of=("self",)).select_related("organisation")
    found = own.filter(pk=membership.pk, cluster_id=membership.cluster_id).first()
    if found is None:
        raise DomainError(_("This membership is not there any more."))
    return found


def _require_inside(own: Membership, day: date, *, first_too: bool = False) -> None:
    """The day lies in the membership, after its first day unless that counts too."""
    name, first, ends = own.organisation.name, own.period.lower, own.period.upper
    if ends is not None and day >= ends:
        message = _("%(organisation)s: the membership already ends on %(day)s.")
        raise DomainError(message % {"organisation": name, "day": day_long(ends)})
    if day < first or (day == first and not first_too):
        message = _("%(organisation)s joined on %(day)s; choose a later day.")
        raise DomainError(message % {"organisation": name, "day": day_long(first)})


def _promise(
    seats: Seats, membership: Membership, working_year: int | None, amount: Decimal | None
) -> None:
    """A promise already made for the year stays as it is."""
    if working_year is None or amount is None:
        return
    made = Contribution.objects.filter(
        cluster_id=membership.cluster_id, membership=membership, working_year=working_year
    )
    if not made.exists():
        promise = Promise(membership=membership, working_year=working_year, amount=amount)
        promise_contribution(seats=seats, promise=promise)
