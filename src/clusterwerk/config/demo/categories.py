"""The demo's categories of membership: what they cost by an invented rule, and what they give."""

from datetime import date
from decimal import Decimal

from clusterwerk.clusters.models import Cluster
from clusterwerk.measure.capacity import KindOfWork
from clusterwerk.measure.headcount import HeadcountClass
from clusterwerk.members.actions import (
    CategoryFacts,
    NewRule,
    ServiceFacts,
    add_category,
    add_service,
    set_rule,
)
from clusterwerk.members.models import MembershipCategory, RuleKind, Service
from clusterwerk.platform.access.seats import Seats

FIRST_DAY = date(2015, 1, 1)
HALF = Decimal(50)
BY_SIZE = NewRule(
    RuleKind.HEADCOUNT_CLASS,
    FIRST_DAY,
    {
        HeadcountClass.MICRO: Decimal(500),
        HeadcountClass.SMALL: Decimal(1500),
        HeadcountClass.MEDIUM: Decimal(3000),
        HeadcountClass.LARGE: Decimal(5000),
    },
    first_year_percent=HALF,
)
FIXED = NewRule(RuleKind.FIXED, FIRST_DAY, {"": Decimal(1000)})
OFFER = (
    ServiceFacts("Bezoek ter plaatse", KindOfWork.MATCHMAKING, Decimal(3)),
    ServiceFacts("Vier netwerkavonden", KindOfWork.EVENTS, Decimal("2.5")),
    ServiceFacts(
        "Hulp bij een projectaanvraag", KindOfWork.PROJECTS, Decimal(12), is_included=False
    ),
)
KNOWLEDGE = CategoryFacts("Kennisinstelling", "Universiteiten, hogescholen en onderzoekscentra")


def keep_demo_categories(*, seats: Seats, cluster: Cluster) -> int:
    """Rules and services of each category, unless there are any; returns how many were added."""
    if Service.objects.filter(cluster=cluster).exists():
        return 0
    own = MembershipCategory.objects.filter(cluster=cluster).first()
    other = add_category(seats=seats, cluster=cluster, facts=KNOWLEDGE)
    set_rule(seats=seats, category=other, new=FIXED)
    if own is None:
        return 2
    set_rule(seats=seats, category=own, new=BY_SIZE)
    for facts in OFFER:
        add_service(seats=seats, category=own, facts=facts)
    return 3 + len(OFFER)
