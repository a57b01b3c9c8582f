"""Categories, their contribution rules and services, and what a rule proposes."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange

from clusterwerk.measure.capacity import KindOfWork
from clusterwerk.members import actions
from clusterwerk.members.actions import CategoryFacts, NewRule, ServiceFacts
from clusterwerk.members.models import (
    Contribution,
    ContributionRate,
    ContributionRule,
    MembershipCategory,
    RuleKind,
    Service,
)
from clusterwerk.members.queries.proposals import (
    Asked,
    Proposed,
    first_day_of_year,
    propose,
    rules_on,
)
from clusterwerk.platform.access.seats import SeatRole, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from clusterwerk.programme.queries import term_of_cluster
from factories.world import World, cluster_seats

BY_SIZE = NewRule(
    RuleKind.HEADCOUNT_CLASS,
    date(2019, 1, 1),
    {"small": Decimal(1500), "": Decimal(4000)},
    first_year_percent=Decimal(50),
)


@pytest.fixture
def seats(world: World) -> Seats:
    found = cluster_seats(world.alpha)
    enter(found)
    ContributionRate.objects.all().delete()
    ContributionRule.objects.all().delete()
    return found


@pytest.fixture
def category(world: World, seats: Seats) -> MembershipCategory:
    return world.membership.category


def test_categories_stand_in_the_order_that_the_team_chose(world: World, seats: Seats) -> None:
    added = [
        actions.add_category(seats=seats, cluster=world.alpha, facts=CategoryFacts(name))
        for name in ("Start-up", "Academic")
    ]
    actions.move_category(seats=seats, category=added[1], up=True)
    actions.move_category(seats=seats, category=added[1], up=True)
    actions.move_category(seats=seats, category=added[1], up=True)
    names = MembershipCategory.objects.values_list("name", flat=True)
    assert list(names) == ["Academic", "Member", "Start-up"]


def test_two_categories_of_one_name_are_refused(world: World, seats: Seats) -> None:
    with pytest.raises(DomainError, match="already have a category of this name"):
        actions.add_category(seats=seats, cluster=world.alpha, facts=CategoryFacts("Member"))
    assert MembershipCategory.objects.count() == 1


def test_a_new_rule_ends_the_one_before_it(seats: Seats, category: MembershipCategory) -> None:
    actions.set_rule(seats=seats, category=category, new=BY_SIZE)
    fixed = NewRule(RuleKind.FIXED, date(2020, 1, 1), {"": Decimal(900)})
    actions.set_rule(seats=seats, category=category, new=fixed)
    rules = ContributionRule.objects.order_by("period").values_list("kind", "period")
    assert list(rules) == [
        ("headcount_class", DateRange(date(2019, 1, 1), date(2020, 1, 1))),
        ("fixed", DateRange(date(2020, 1, 1), None)),
    ]


def test_a_rule_before_another_ends_where_that_begins(
    seats: Seats, category: MembershipCategory
) -> None:
    actions.set_rule(seats=seats, category=category, new=BY_SIZE)
    early = NewRule(RuleKind.FIXED, date(2017, 1, 1), {"": Decimal(900)})
    rule = actions.set_rule(seats=seats, category=category, new=early)
    assert rule.period == DateRange(date(2017, 1, 1), date(2019, 1, 1))


def test_a_rule_of_the_same_day_is_replaced_with_its_amounts(
    seats: Seats, category: MembershipCategory
) -> None:
    actions.set_rule(seats=seats, category=category, new=BY_SIZE)
    again = NewRule(RuleKind.HEADCOUNT_CLASS, BY_SIZE.first_day, {"small": Decimal(1)})
    actions.set_rule(seats=seats, category=category, new=again)
    assert list(ContributionRate.objects.values_list("applies_to", "amount")) == [
        ("small", Decimal(1))
    ]


def test_promises_already_made_stay_when_the_rule_changes(
    world: World, seats: Seats, category: MembershipCategory
) -> None:
    actions.set_rule(seats=seats, category=category, new=BY_SIZE)
    assert Contribution.objects.get(membership=world.membership).amount == Decimal(500)


def test_a_rule_without_amounts_or_with_wrong_ones_is_refused(
    seats: Seats, category: MembershipCategory
) -> None:
    day = date(2020, 1, 1)
    with pytest.raises(DomainError, match="at least one amount"):
        actions.set_rule(seats=seats, category=category, new=NewRule(RuleKind.FIXED, day, {}))
    wrong = NewRule(RuleKind.FIXED, day, {"small": Decimal(1)})
    with pytest.raises(DomainError, match="no amounts by size"):
        actions.set_rule(seats=seats, category=category, new=wrong)
    assert not ContributionRule.objects.exists()


def test_an_observer_sets_no_rule(world: World) -> None:
    watching = cluster_seats(world.alpha, SeatRole.OBSERVER)
    enter(watching)
    with pytest.raises(PermissionDenied):
        actions.set_rule(seats=watching, category=world.membership.category, new=BY_SIZE)
    assert ContributionRule.objects.count() == 1


def test_services_are_offered_changed_and_dropped(
    seats: Seats, category: MembershipCategory
) -> None:
    facts = ServiceFacts("Newsletter", KindOfWork.POLICY, Decimal(2))
    service = actions.add_service(seats=seats, category=category, facts=facts)
    with pytest.raises(DomainError, match="already offers this service"):
        actions.add_service(seats=seats, category=category, facts=facts)
    changed = ServiceFacts("Newsletter", KindOfWork.POLICY, Decimal(3), is_included=False)
    actions.change_service(seats=seats, service=service, facts=changed)
    assert Service.objects.get(name="Newsletter").hours_per_member_year == 3
    actions.drop_service(seats=seats, service=service)
    assert list(Service.objects.values_list("name", flat=True)) == ["Visit"]


def asked(world: World, *, headcount: int | None, is_first_year: bool = False) -> Proposed:
    term = term_of_cluster(world.alpha.pk)
    day = date(2019, 7, 1)
    who = Asked(
        world.membership.category_id, world.company, day, headcount, is_first_year=is_first_year
    )
    return propose(rules_on(world.alpha.pk, day), term, who)


def test_a_proposal_says_its_reason(
    world: World, seats: Seats, category: MembershipCategory
) -> None:
    actions.set_rule(seats=seats, category=category, new=BY_SIZE)
    first = asked(world, headcount=20, is_first_year=True)
    assert (first.amount, first.working_year) == (Decimal(750), 2)
    assert first.why == "Small, working year 2: €1,500; first year 50 %: €750"
    assert asked(world, headcount=20).why == "Small, working year 2: €1,500"
    assert asked(world, headcount=400).why == "Large, working year 2: €4,000"


def test_a_proposal_says_which_figure_is_missing(
    world: World, seats: Seats, category: MembershipCategory
) -> None:
    assert asked(world, headcount=None).why == "this category has no contribution rule on that day"
    actions.set_rule(seats=seats, category=category, new=BY_SIZE)
    found = asked(world, headcount=None)
    assert (found.amount, found.why) == (
        None,
        "the headcount is missing, and the rule goes by size",
    )


def test_working_years_begin_a_year_apart(world: World, seats: Seats) -> None:
    term = term_of_cluster(world.alpha.pk)
    assert term is not None
    assert first_day_of_year(term, 1) == term.first_day
    assert first_day_of_year(term, 3) == term.first_day.replace(year=term.first_day.year + 2)
