"""What a cluster holds of its members, as the rows of a file are held against it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import Contribution, Membership, MembershipCategory, SizeStatement
from clusterwerk.members.moving_in.context import Comparison
from clusterwerk.members.moving_in.drafts import Draft
from clusterwerk.members.queries.proposals import rules_on
from clusterwerk.platform.text import folded
from clusterwerk.programme.queries import term_of_cluster

FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Held:
    """What the cluster holds of its members, by organisation; the last membership of each."""

    memberships: dict[int, Membership]
    categories: dict[str, MembershipCategory]
    free_categories: frozenset[str]  # that ask 0 of everybody today
    amounts: dict[int, Decimal]
    sizes: dict[tuple[int, int], SizeStatement]
    working_year: int | None


def held_by(context: Comparison) -> Held:
    """Read once for the file at hand; another file of the same move may have added to it."""
    key = ("held", context.file.pk)
    if key not in context.shelf:
        context.shelf[key] = _read(context)
    held: Held = context.shelf[key]
    return held


def _read(context: Comparison) -> Held:
    cluster = context.cluster
    memberships = Membership.objects.filter(cluster=cluster).order_by("period")
    term = term_of_cluster(cluster.pk)
    year = term.working_year(context.today) if term else None
    amounts = Contribution.objects.filter(cluster=cluster, working_year=year or 0)
    sizes = SizeStatement.objects.filter(cluster=cluster)
    categories = known_categories(cluster)
    return Held(
        {row.organisation_id: row for row in memberships.select_related("category")},
        categories,
        _free(context, categories),
        {row.organisation_id: row.amount for row in amounts},
        {(row.organisation_id, row.year): row for row in sizes},
        year,
    )


def _free(context: Comparison, categories: dict[str, MembershipCategory]) -> frozenset[str]:
    rules = rules_on(context.cluster.pk, context.today)
    free = {key for key, rule in rules.items() if not any(rate.amount for rate in rule.rates.all())}
    return frozenset(name for name, row in categories.items() if row.pk in free)


def known_categories(cluster: Cluster) -> dict[str, MembershipCategory]:
    return {folded(row.name): row for row in MembershipCategory.objects.filter(cluster=cluster)}


def after(last_day: date | None) -> date | None:
    """Periods hold their first day and not their last; files name the last day."""
    return None if last_day is None else date.fromordinal(last_day.toordinal() + 1)


def size_year(context: Comparison, draft: Draft) -> int:
    told = draft.get("size_year")
    if told is not None and not FIRST_YEAR <= told <= LAST_YEAR:
        draft.wrong(_("%(year)s is no year.") % {"year": told}, "size_year")
    return int(told or context.options.get("size_year") or context.today.year)
