"""Rows of the tables around a membership, for the small world."""

from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange

from clusterwerk.members.models import (
    ContributionRate,
    ContributionRule,
    Departure,
    Membership,
    MembershipCategory,
    RelatedEnterprise,
    Service,
)

RULE_TABLES = [ContributionRule, ContributionRate, Service, Departure]


def keep_rules(category: MembershipCategory, membership: Membership) -> None:
    own = {"cluster_id": membership.cluster_id}
    about = {**own, "organisation_id": membership.organisation_id}
    always = DateRange(date(2015, 1, 1), None)
    rule = ContributionRule.objects.create(**own, category=category, kind="fixed", period=always)
    ContributionRate.objects.create(**own, rule=rule, amount=Decimal(500))
    Service.objects.create(
        **own, category=category, name="Visit", kind_of_work="matchmaking", hours_per_member_year=4
    )
    Departure.objects.create(**about, membership=membership, reason="cost", note="too dear")
    RelatedEnterprise.objects.create(
        **about, year=2019, name="Holding", stream="upstream", share=Decimal(30), source="test"
    )
