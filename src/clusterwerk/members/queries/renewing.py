"""Memberships that end soon or go on by themselves, and what the next year asks of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from clusterwerk.members.models import Contribution, ContributionRule, Membership
from clusterwerk.members.queries.proposals import (
    Asked,
    Proposed,
    first_day_of_year,
    newest_headcounts,
    propose,
    rules_of_days,
)
from clusterwerk.platform.prepared import prepared
from clusterwerk.programme.queries import Term

LATE = timedelta(days=31)
MOST = 100  # memberships of each kind on one preview; a form has a thousand fields at most


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rule asks of a membership, and until when it would go on; None goes on anyway."""

    membership: Membership
    until: date | None
    proposed: Proposed


def next_end(ends: date) -> date:
    """A year later; the 29th of February becomes the 28th."""
    try:
        return ends.replace(year=ends.year + 1)
    except ValueError:
        return ends.replace(year=ends.year + 1, day=28)


def ending(cluster: int, last: date, category: int | None) -> list[Membership]:
    """Memberships that end from a month ago up to the day and that nobody gave notice of."""
    late = timezone.localdate() - LATE
    if category is None:
        return _ending(cluster, late, last)
    return _ending_in(cluster, late, last, category)


@prepared
def _ending(cluster: int, after: date, last: date) -> QuerySet[Membership]:
    return _ends(cluster, after, last)[:MOST]


@prepared
def _ending_in(cluster: int, after: date, last: date, category: int) -> QuerySet[Membership]:
    return _ends(cluster, after, last).filter(category_id=category)[:MOST]


def _ends(cluster: int, after: date, last: date) -> QuerySet[Membership]:
    rows = Membership.objects.filter(
        cluster_id=cluster,
        period__endswith__gt=after,
        period__endswith__lte=last,
        departures__isnull=True,
    )
    found = rows.select_related("organisation", "category")
    return found.order_by("period__endswith", "organisation__name_sort", "pk")


def next_year(term: Term | None) -> tuple[int, date] | None:
    """The working year after the present one and its first day; None when the agreement ends."""
    if term is None:
        return None
    year = term.working_year(timezone.localdate()) + 1
    first = first_day_of_year(term, year)
    return (year, first) if first <= term.last_day else None


def unpromised(cluster: int, working_year: int, category: int | None) -> list[Membership]:
    """Paying members of today without an end who promised nothing for the working year."""
    today = timezone.localdate()
    if category is None:
        return _unpromised(cluster, today, working_year)
    return _unpromised_in(cluster, today, working_year, category)


@prepared
def _unpromised(cluster: int, day: date, working_year: int) -> QuerySet[Membership]:
    return _promising_nothing(cluster, day, working_year)[:MOST]


@prepared
def _unpromised_in(
    cluster: int, day: date, working_year: int, category: int
) -> QuerySet[Membership]:
    rows = _promising_nothing(cluster, day, working_year)
    return rows.filter(category_id=category)[:MOST]


def _promising_nothing(cluster: int, day: date, working_year: int) -> QuerySet[Membership]:
    promise = Contribution.objects.filter(
        cluster_id=cluster, membership=OuterRef("pk"), working_year=working_year
    )
    rows = Membership.objects.filter(cluster_id=cluster, is_paying=True).on(day)
    rows = rows.filter(~Exists(promise), period__endswith__isnull=True)
    found = rows.select_related("organisation", "category")
    return found.order_by("organisation__name_sort", "pk")


def going_on(cluster: int, members: Iterable[Membership], term: Term | None) -> list[Proposal]:
    """What each would cost from its end on, a year longer."""
    asked = [(each, each.period.upper) for each in members]
    return [
        Proposal(each, next_end(each.period.upper), proposed)
        for each, proposed in _proposed(cluster, asked, term)
    ]


def going_on_anyway(
    cluster: int, members: Iterable[Membership], day: date, term: Term | None
) -> list[Proposal]:
    """What each costs in the working year that begins on the day."""
    asked = [(each, day) for each in members]
    return [Proposal(each, None, proposed) for each, proposed in _proposed(cluster, asked, term)]


def _proposed(
    cluster: int, asked: Sequence[tuple[Membership, date]], term: Term | None
) -> list[tuple[Membership, Proposed]]:
    """A handful of queries for all of them."""
    organisations = [each.organisation_id for each, _ in asked]
    headcounts = newest_headcounts(cluster, organisations, timezone.localdate())
    rules = rules_of_days(cluster, {day for _, day in asked})
    return [
        (each, _one(rules[day], term, each, day, headcounts.get(each.organisation_id)))
        for each, day in asked
    ]


def _one(
    rules: dict[int, ContributionRule],
    term: Term | None,
    membership: Membership,
    day: date,
    headcount: int | None,
) -> Proposed:
    asked = Asked(
        category=membership.category_id,
        organisation=membership.organisation,
        day=day,
        headcount=headcount,
        is_first_year=False,
    )
    return propose(rules, term, asked)
