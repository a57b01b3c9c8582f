"""Every change to categories of membership, their contribution rules and their service offer.

Promises already made stay as they are whatever happens to a rule: it proposes, it does not bill.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.clusters.models import Cluster
from clusterwerk.measure.capacity import KindOfWork
from clusterwerk.members import access
from clusterwerk.members.models import (
    ContributionRate,
    ContributionRule,
    MembershipCategory,
    RuleKind,
    Service,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created, created_many

_ONCE = {
    "category_once_per_cluster": gettext_lazy("You already have a category of this name."),
}
_SERVICES = {
    "service_once_per_category": gettext_lazy("This category already offers this service."),
}


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    name: str
    description: str = ""
    is_offered: bool = True


@dataclass(frozen=True, slots=True)
class NewRule:
    """What holds from a day on; amounts in euro a year by size or kind, empty key for the rest."""

    kind: RuleKind
    first_day: date
    rates: Mapping[str, Decimal]
    first_year_percent: Decimal = Decimal(100)


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    name: str
    kind_of_work: KindOfWork
    hours_per_member_year: Decimal
    is_included: bool = True


@transaction.atomic
def add_category(*, seats: Seats, cluster: Cluster, facts: CategoryFacts) -> MembershipCategory:
    """Another kind of membership, last in the order."""
    access.may_keep_members(seats, cluster.pk).require()
    kept = MembershipCategory.objects.filter(cluster=cluster)
    category = MembershipCategory(
        cluster=cluster,
        name=facts.name,
        description=facts.description,
        is_offered=facts.is_offered,
        position=kept.count() + 1,
    )
    return created(category, _ONCE)


def change_category_facts(
    *, seats: Seats, category: MembershipCategory, facts: CategoryFacts
) -> bool:
    """Name, description and whether it is offered; its members keep it when it is not any more."""
    access.may_keep_members(seats, category.cluster_id).require()
    return changed(
        category,
        _ONCE,
        name=facts.name,
        description=facts.description,
        is_offered=facts.is_offered,
    )


@transaction.atomic
def move_category(*, seats: Seats, category: MembershipCategory, up: bool) -> None:
    """One place up or down in the order; at the end of the list nothing happens."""
    access.may_keep_members(seats, category.cluster_id).require()
    rows = list(
        MembershipCategory.objects.select_for_update().filter(cluster_id=category.cluster_id)
    )
    index = [row.pk for row in rows].index(category.pk)
    other = index - 1 if up else index + 1
    if 0 <= other < len(rows):
        rows[index], rows[other] = rows[other], rows[index]
    for position, row in enumerate(rows, 1):
        changed(row, position=position)


@transaction.atomic
def set_rule(*, seats: Seats, category: MembershipCategory, new: NewRule) -> ContributionRule:
    """The rule that holds from a day on: the one before ends there, a later one still begins.

    A rule that begins on the same day is replaced.
    """
    access.may_keep_members(seats, category.cluster_id).require()
    _require_rates(new)
    MembershipCategory.objects.select_for_update().get(pk=category.pk)
    rules = ContributionRule.objects.filter(cluster_id=category.cluster_id, category=category)
    later = rules.filter(period__startswith__gt=new.first_day).order_by("period").first()
    period = DateRange(new.first_day, later.period.lower if later else None)
    rule = rules.filter(period__startswith=new.first_day).first()
    if rule:
        changed(rule, kind=new.kind, first_year_percent=new.first_year_percent, period=period)
    else:
        _end_before(rules.filter(period__contains=new.first_day).first(), new.first_day)
        rule = created(_rule(category, new, period))
    _set_rates(rule, new.rates)
    return rule


def _rule(category: MembershipCategory, new: NewRule, period: DateRange) -> ContributionRule:
    return ContributionRule(
        cluster_id=category.cluster_id,
        category=category,
        kind=new.kind,
        first_year_percent=new.first_year_percent,
        period=period,
    )


def _end_before(rule: ContributionRule | None, day: date) -> None:
    if rule:
        changed(rule, period=DateRange(rule.period.lower, day))


def _require_rates(new: NewRule) -> None:
    if not new.rates:
        raise DomainError(_("A rule needs at least one amount."))
    if new.kind == RuleKind.FIXED and set(new.rates) != {""}:
        raise DomainError(_("One amount for all has no amounts by size or kind."))


def _set_rates(rule: ContributionRule, rates: Mapping[str, Decimal]) -> None:
    kept = {rate.applies_to: rate for rate in rule.rates.all()}
    for applies_to, rate in kept.items():
        if applies_to in rates:
            changed(rate, amount=rates[applies_to])
        else:
            rate.delete()
    created_many(
        ContributionRate(
            cluster_id=rule.cluster_id, rule=rule, applies_to=applies_to, amount=amount
        )
        for applies_to, amount in rates.items()
        if applies_to not in kept
    )


def add_service(*, seats: Seats, category: MembershipCategory, facts: ServiceFacts) -> Service:
    """A service that each member of the category gets, last in the order."""
    access.may_keep_members(seats, category.cluster_id).require()
    service = Service(
        cluster_id=category.cluster_id,
        category=category,
        name=facts.name,
        kind_of_work=facts.kind_of_work,
        hours_per_member_year=facts.hours_per_member_year,
        is_included=facts.is_included,
        position=category.services.count() + 1,
    )
    return created(service, _SERVICES)


def change_service(*, seats: Seats, service: Service, facts: ServiceFacts) -> bool:
    access.may_keep_members(seats, service.cluster_id).require()
    return changed(
        service,
        _SERVICES,
        name=facts.name,
        kind_of_work=facts.kind_of_work,
        hours_per_member_year=facts.hours_per_member_year,
        is_included=facts.is_included,
    )


def drop_service(*, seats: Seats, service: Service) -> None:
    """The category does not offer it any more; its past stays."""
    access.may_keep_members(seats, service.cluster_id).require()
    service.delete()
