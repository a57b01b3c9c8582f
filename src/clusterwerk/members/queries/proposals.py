"""What the rules of categories ask of organisations, with the reason in words."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from clusterwerk.directory.models import Organisation, OrganisationKind
from clusterwerk.measure.headcount import EvaluationSize, HeadcountClass
from clusterwerk.measure.yearly_contribution import Difference, Gap, Payer, Proposal, Rule, proposed
from clusterwerk.members.models import (
    ContributionRate,
    ContributionRule,
    Membership,
    RuleKind,
    SizeStatement,
)
from clusterwerk.members.wording import EVALUATION_SIZE_NAMES, SHORT_SIZE_NAMES
from clusterwerk.platform.prepared import Among, prepared
from clusterwerk.platform.ui.templatetags.ui import day_long, euro
from clusterwerk.programme.queries import Term, months_before


@dataclass(frozen=True, slots=True)
class Proposed:
    """What a rule asks for a working year, or no amount and the sentence why."""

    amount: Decimal | None
    why: str
    working_year: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom, in which category, from which day, and the headcount known then."""

    category: int
    organisation: Organisation
    day: date
    headcount: int | None
    is_first_year: bool


def rules_on(cluster: int, day: date) -> dict[int, ContributionRule]:
    """The rule of each category that holds on the day, with its amounts; two queries."""
    found = _with_rates(cluster, _rules_on(cluster, day))
    return {rule.category_id: rule for rule in found}


@prepared
def _rules_on(cluster: int, day: date) -> QuerySet[ContributionRule]:
    return ContributionRule.objects.filter(cluster_id=cluster, period__contains=day)


def rules_of_days(cluster: int, days: Collection[date]) -> dict[date, dict[int, ContributionRule]]:
    """The same for each of the days, and no more queries."""
    if not days:
        return {}
    whole = DateRange(min(days), max(days), "[]")
    found = _with_rates(cluster, _rules_of(cluster, whole))
    return {day: {rule.category_id: rule for rule in found if day in rule.period} for day in days}


@prepared
def _rules_of(cluster: int, days: DateRange) -> QuerySet[ContributionRule]:
    return ContributionRule.objects.filter(cluster_id=cluster, period__overlap=days)


def _with_rates(cluster: int, rules: list[ContributionRule]) -> list[ContributionRule]:
    rates = ContributionRate.objects.filter(cluster_id=cluster)
    prefetch_related_objects(rules, Prefetch("rates", queryset=rates))
    return rules


def first_day_of_year(term: Term, working_year: int) -> date:
    return months_before(term.first_day, -12 * (working_year - 1))


def newest_headcounts(cluster: int, organisations: Iterable[int], day: date) -> dict[int, int]:
    """The headcount that each organisation stated last, up to the year of the day."""
    asked = list(organisations)
    rows = _newest_headcounts(cluster, asked, day.year) if asked else ()
    return {organisation: number for organisation, number in rows if number is not None}


@prepared
def _newest_headcounts(
    cluster: int, organisations: list[int], year: int
) -> QuerySet[SizeStatement, tuple[int, int | None]]:
    rows = SizeStatement.objects.filter(
        Among("organisation_id", organisations),
        cluster_id=cluster,
        year__lte=year,
        headcount__isnull=False,
    )
    newest = rows.order_by("organisation_id", "-year").distinct("organisation_id")
    return newest.values_list("organisation_id", "headcount")


def earlier_members(cluster: int, organisations: Iterable[int], day: date) -> set[int]:
    """Organisations with a membership of the cluster that began before the day."""
    rows = Membership.objects.filter(
        cluster_id=cluster, organisation__in=list(organisations), period__startswith__lt=day
    )
    return set(rows.values_list("organisation_id", flat=True))


def propose(rules: Mapping[int, ContributionRule], term: Term | None, asked: Asked) -> Proposed:
    """What the rule of the category asks for the working year of the day."""
    if term is None:
        return Proposed(None, _("without an agreement there are no working years to promise for"))
    year = term.working_year(asked.day)
    rule = rules.get(asked.category)
    if rule is None:
        return Proposed(None, _("this category has no contribution rule on that day"), year)
    payer = Payer(asked.organisation.kind, asked.headcount, asked.is_first_year)
    found = proposed(measured(rule), payer)
    return Proposed(found.amount, _reason(rule, found, year), year)


def measured(rule: ContributionRule) -> Rule:
    """The stored rule as the arithmetic takes it."""
    rates = {rate.applies_to: rate.amount for rate in rule.rates.all()}
    return Rule(Difference(rule.kind), rates, rule.first_year_percent)


def _reason(rule: ContributionRule, found: Proposal, year: int) -> str:
    """As in "small, working year 2: € 1.500; first year 50 %: € 750"."""
    if found.gap == Gap.HEADCOUNT:
        return _("the headcount is missing, and the rule goes by size")
    who = rate_name(rule.kind, found.key)
    if found.gap == Gap.RATE:
        return _("%(who)s: the rule has no amount for this") % {"who": who}
    told = _("%(who)s, working year %(year)s: %(amount)s") % {
        "who": who,
        "year": year,
        "amount": euro(found.full),
    }
    if found.amount == found.full:
        return told
    percent = f"{found.percent.normalize():f}"
    first = _("first year %(percent)s %%: %(amount)s") % {
        "percent": percent,
        "amount": euro(found.amount),
    }
    return f"{told}; {first}"


def rate_name(kind: str, applies_to: str) -> str:
    """For whom an amount of a rule is, in words."""
    if not applies_to:
        return _("everybody") if kind == RuleKind.FIXED else _("everybody else")
    if kind == RuleKind.HEADCOUNT_CLASS:
        return str(SHORT_SIZE_NAMES[HeadcountClass(applies_to)])
    if kind == RuleKind.EVALUATION_SIZE:
        return str(EVALUATION_SIZE_NAMES[EvaluationSize(applies_to)])
    if kind == RuleKind.ORGANISATION_KIND and applies_to in OrganisationKind.values:
        return str(OrganisationKind(applies_to).label)
    return applies_to


def held(rule: ContributionRule) -> str:
    """The period of a rule in words."""
    if rule.period.upper:
        return _("from %(first)s until %(last)s") % {
            "first": day_long(rule.period.lower),
            "last": day_long(rule.period.upper),
        }
    return _("from %(first)s") % {"first": day_long(rule.period.lower)}
