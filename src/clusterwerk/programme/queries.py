"""Reads of agreements, schemes and targets, and the days that follow from them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from clusterwerk.platform.prepared import prepared
from clusterwerk.programme.models import Agreement, Target
from clusterwerk.programme.schemes import SchemeRules, scheme_rules


@dataclass(frozen=True, slots=True)
class Term:
    """The period of an agreement; `start_is_computed` when only the last day is known."""

    first_day: date
    last_day: date
    start_is_computed: bool

    def reference_day(self, today: date) -> date:
        """The day figures speak of: today, and after the term its last day."""
        return min(today, self.last_day)

    @property
    def months(self) -> int:
        """Whole months from the first to the last day, both included."""
        return _months_between(self.first_day, self.last_day + timedelta(days=1))

    def months_passed(self, day: date) -> int:
        """Whole months of the term that have passed on the day, never more than the term has."""
        return min(max(_months_between(self.first_day, day + timedelta(days=1)), 0), self.months)

    def working_year(self, day: date) -> int:
        """Number of the working year the day falls in; 1 before the term, the last one after it."""
        passed = _months_between(self.first_day, day) if day >= self.first_day else 0
        return min(passed // 12, max(self.months - 1, 0) // 12) + 1


def _months_between(first: date, last: date) -> int:
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def months_before(day: date, months: int) -> date:
    """The day so many months earlier, or the last day of that month where it is shorter."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def term_of(agreement: Agreement, rules: SchemeRules) -> Term:
    """The agreement's period; an unknown first day follows from the scheme's duration."""
    if agreement.starts_on:
        return Term(agreement.starts_on, agreement.ends_on, start_is_computed=False)
    after = agreement.ends_on + timedelta(days=1)
    first = months_before(after, rules.duration.months)
    return Term(first, agreement.ends_on, start_is_computed=True)


def latest_agreement(cluster_id: int) -> Agreement | None:
    """The agreement that ends last, with its scheme, call and cluster."""
    return next(iter(_latest_agreements(cluster_id)), None)


@prepared
def _latest_agreements(cluster_id: int) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(cluster_id=cluster_id)
    return rows.select_related("scheme", "call", "cluster").order_by("-ends_on")[:1]


def term_of_cluster(cluster_id: int) -> Term | None:
    """Period of the cluster's latest agreement."""
    agreement = latest_agreement(cluster_id)
    return None if agreement is None else term_of(agreement, scheme_rules()[agreement.scheme.key])


def targets_of(cluster_id: int) -> dict[str, Target]:
    """The cluster's targets by indicator."""
    return {target.indicator: target for target in Target.objects.filter(cluster_id=cluster_id)}
