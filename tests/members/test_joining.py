"""Adding a member over HTTP: one number, one category, one click."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from clusterwerk.directory.actions import NewOrganisation, register_organisation
from clusterwerk.directory.models import IdentifierScheme, Organisation, OrganisationKind
from clusterwerk.members import actions
from clusterwerk.members.actions import NewRule
from clusterwerk.members.models import Contribution, Membership, RuleKind, SizeStatement
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats

ADD = "/members/alpha/add/"


@pytest.fixture
def joiner(world: World) -> Organisation:
    """An organisation of the directory, and a rule by size in Alpha."""
    seats = cluster_seats(world.alpha)
    enter(seats)
    rates = {"small": Decimal(1500), "": Decimal(4000)}
    new = NewRule(RuleKind.HEADCOUNT_CLASS, date(2019, 1, 1), rates, Decimal(50))
    actions.set_rule(seats=seats, category=world.membership.category, new=new)
    numbers = {IdentifierScheme.BE_ENTERPRISE: "0403.170.701"}
    return register_organisation(
        seats=seats,
        new=NewOrganisation(
            "Joiner Works", OrganisationKind.ENTERPRISE, "test", identifiers=numbers
        ),
    )


def signed_in(client: Client, world: World, who: str = "manager") -> Client:
    client.force_login(world.people[who])
    client.cookies["django_language"] = "en"
    return client


def sent(client: Client, world: World, joiner: Organisation, **facts: object) -> HttpResponse:
    form = {
        "chosen": f"o{joiner.pk}",
        "category": world.membership.category_id,
        "first_day": "2019-07-01",
        "is_paying": "on",
        **facts,
    }
    return signed_in(client, world).post(ADD, form)  # type: ignore[return-value]


def test_a_number_leads_to_the_categories_at_once(
    client: Client, world: World, joiner: Organisation
) -> None:
    page = signed_in(client, world).get(ADD, {"chosen_find": "BE 0403.170.701"}).content.decode()
    assert "Joiner Works" in page
    assert "Member: the headcount is missing, and the rule goes by size" in page


def test_one_category_and_one_click_make_a_member(
    client: Client, world: World, joiner: Organisation
) -> None:
    response = sent(client, world, joiner)
    enter(cluster_seats(world.alpha))
    made = Membership.objects.get(organisation=joiner)
    assert response.status_code == 302
    assert response["Location"] == f"/members/alpha/{made.pk}/"
    assert (made.period.lower, made.is_paying) == (date(2019, 7, 1), True)
    assert not SizeStatement.objects.filter(organisation=joiner).exists()
    assert not Contribution.objects.filter(organisation=joiner).exists()


def test_a_headcount_lets_the_rule_promise_the_first_year(
    client: Client, world: World, joiner: Organisation
) -> None:
    sent(client, world, joiner, headcount="20", size_year="2018", is_autonomous="yes")
    enter(cluster_seats(world.alpha))
    promise = Contribution.objects.get(organisation=joiner)
    assert (promise.amount, promise.working_year) == (Decimal(750), 2)
    size = SizeStatement.objects.get(organisation=joiner)
    assert (size.headcount, size.year, size.is_autonomous) == (20, 2018, True)
    assert size.source == "asked from the member"


def test_a_typed_amount_goes_before_the_rule(
    client: Client, world: World, joiner: Organisation
) -> None:
    sent(client, world, joiner, headcount="20", size_year="2018", amount="100")
    enter(cluster_seats(world.alpha))
    assert Contribution.objects.get(organisation=joiner).amount == Decimal(100)


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"category": ""}, "Choose a category."),
        ({"first_day": "2199-01-01"}, "Is the year right?"),
        ({"last_day": "2019-07-01"}, "Choose a day after the first day of the membership."),
        ({"headcount": "20"}, "Of which year are these figures?"),
        ({"headcount": "20", "size_year": "2999"}, "This year has not begun."),
        ({"headcount": "-1"}, "greater than or equal to 0"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(
    client: Client, world: World, joiner: Organisation, facts: dict[str, str], told: str
) -> None:
    response = sent(client, world, joiner, source="met at a fair", **facts)
    assert response.status_code == 422
    page = response.content.decode()
    assert told in page
    assert 'value="met at a fair"' in page
    enter(cluster_seats(world.alpha))
    assert not Membership.objects.filter(organisation=joiner).exists()


def test_a_second_click_is_told_since_when_it_is_a_member(
    client: Client, world: World, joiner: Organisation
) -> None:
    sent(client, world, joiner)
    response = sent(client, world, joiner)
    assert response.status_code == 422
    assert "already is a member of Alpha, since 1 July 2019" in response.content.decode()
    enter(cluster_seats(world.alpha))
    assert Membership.objects.filter(organisation=joiner).count() == 1


def test_an_observer_adds_nobody(client: Client, world: World, joiner: Organisation) -> None:
    response = signed_in(client, world, "observer").get(ADD)
    assert response.status_code == 403


def test_a_membership_is_renewed_changed_and_ended_by_its_pages(
    client: Client, world: World, joiner: Organisation
) -> None:
    today = timezone.localdate()
    ends = today.replace(day=1)
    sent(client, world, joiner, last_day=ends.isoformat())
    enter(cluster_seats(world.alpha))
    made = Membership.objects.get(organisation=joiner)
    here = f"/members/alpha/{made.pk}/"
    preview = client.get("/members/alpha/renewals/").content.decode()
    assert "Joiner Works" in preview
    until = ends.replace(year=ends.year + 1)
    ticked = {
        "renew": made.pk,
        "ending": made.pk,
        f"{made.pk}-seen_end": ends.isoformat(),
        f"{made.pk}-until": until.isoformat(),
        f"{made.pk}-amount": "",
    }
    assert client.post("/members/alpha/renewals/", ticked).status_code == 302
    made.refresh_from_db()
    assert made.period.upper == until
    stale = {"seen_end": ends.isoformat(), "until": until.isoformat()}
    again = client.post(f"{here}renew/", stale)
    assert again.status_code == 422
    assert "somebody changed this membership meanwhile" in again.content.decode()
    left = {"day": "2019-01-01", "reason": "cost", "note": "too dear"}
    refused = client.post(f"{here}leave/", left)
    assert refused.status_code == 422
    assert "too dear" in refused.content.decode()
    left["day"] = "2020-01-01"
    assert client.post(f"{here}leave/", left).status_code == 302
    assert "the contribution is too high" in client.get(here).content.decode()


def test_categories_rules_and_services_are_kept_by_their_page(
    client: Client, world: World, joiner: Organisation
) -> None:
    signed_in(client, world)
    made = client.post("/members/alpha/categories/add/", {"name": "Partner", "is_offered": "on"})
    here = made["Location"]
    rule = {"kind": "fixed", "first_day": "2020-01-01", "first_year_percent": "100"}
    assert client.post(f"{here}rule/", rule).status_code == 422
    rule["amount_everybody"] = "250.50"
    assert client.post(f"{here}rule/", rule).status_code == 302
    service = {"name": "Visit", "kind_of_work": "events", "hours_per_member_year": "3"}
    assert client.post(f"{here}services/", service).status_code == 302
    again = client.post(f"{here}services/", service)
    assert again.status_code == 422
    page = client.get(here).content.decode()
    assert "€250.50" in page
    assert "charged apart" in page
    listed = client.get("/members/alpha/categories/").content.decode()
    assert listed.index("Member</a>") < listed.index("Partner</a>")


def test_the_size_page_says_each_fact_with_its_reason(client: Client, world: World) -> None:
    signed_in(client, world)
    here = f"/members/alpha/{world.membership.pk}/size/"
    empty = client.post(here, {"size_year": "2020"})
    assert empty.status_code == 422
    assert "Nothing is filled in yet." in empty.content.decode()
    assert client.post(here, {"size_year": "2020", "headcount": "12"}).status_code == 302
    related = {
        "name": "Holding", "stream": "upstream", "holder_kind": "enterprise",
        "share": "60", "year": "2020", "headcount": "300",
    }  # fmt: skip
    assert client.post(f"{here}related/", related).status_code == 302
    page = client.get(here).content.decode()
    assert "large enterprise, no SME" in page
    assert "headcount 312" in page
    assert "Small (below 50)" in page
