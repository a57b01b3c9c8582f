"""What a member tells its clusters: who may, who reads it, and what becomes of it."""

import re
from datetime import date, timedelta
from decimal import Decimal
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from clusterwerk.clusters.models import Seat
from clusterwerk.members import actions
from clusterwerk.members.actions import OfferFacts, ProfileFacts, Size
from clusterwerk.members.models import MemberProfile, NeedOrOffer, SizeStatement
from clusterwerk.members.queries.promises import held_memberships, promised_services
from clusterwerk.platform.access.seats import SeatKind, SeatRole
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.told import join_beta, own_address, titles_at
from factories.world import STEWARD, World, agency_seats, cluster_seats, organisation_seats

DAY = date(2020, 3, 1)
NEED = OfferFacts("need", "A place to test", tags=("test",))
SEEN = re.compile(r'name="seen" value="([^"]*)"')


@pytest.fixture
def two(world: World) -> World:
    """The company is a member of Alpha and Beta, and its representative acts."""
    join_beta(world)
    enter(organisation_seats(world.company))
    return world


def tell(world: World, *clusters: Any, facts: OfferFacts = NEED) -> NeedOrOffer:
    seats = organisation_seats(world.company)
    enter(seats)
    pks = [cluster.pk for cluster in clusters]
    return actions.tell_offer(
        seats=seats, organisation=world.company, facts=facts, clusters=pks, on=DAY
    )[0]


def said(world: World) -> dict[str, Any]:
    return {"seats": organisation_seats(world.company), "organisation": world.company}


def test_only_the_clusters_that_were_told_read_a_need(two: World) -> None:
    tell(two, two.alpha)
    assert titles_at(two, "alpha") == ["A testing hall", "A place to test"]
    assert titles_at(two, "beta") == []
    for seats in (agency_seats(two.agency), organisation_seats(two.rival)):
        enter(seats)
        assert not NeedOrOffer.objects.filter(organisation=two.company).exists()


def test_told_to_several_it_is_one_entry_and_changes_everywhere(two: World) -> None:
    row = tell(two, two.alpha, two.beta)
    changed = OfferFacts("need", "A hall to test in", tags=("test", "hall"))
    both = {two.alpha.pk, two.beta.pk}
    for is_new in (True, False):
        told: dict[str, Any] = {
            **said(two),
            "entry": row.entry,
            "facts": changed,
            "clusters": both,
            "on": DAY,
        }
        assert actions.change_offer(**told) is is_new
    assert titles_at(two, "alpha")[1:] == titles_at(two, "beta") == ["A hall to test in"]
    actions.change_offer(**{**told, "clusters": {two.beta.pk}})
    assert titles_at(two, "alpha")[1:] == []
    assert titles_at(two, "beta") == ["A hall to test in"]


@pytest.mark.parametrize("name", ["beta", "gamma"])
def test_nothing_is_told_to_a_cluster_of_which_it_is_no_member(world: World, name: str) -> None:
    cluster = getattr(world, name)
    with pytest.raises(DomainError, match="not a member of one of these clusters"):
        tell(world, world.alpha, cluster)
    profile: dict[str, Any] = {
        **said(world),
        "facts": ProfileFacts("Bakes"),
        "clusters": [cluster.pk],
        "on": DAY,
    }
    with pytest.raises(DomainError, match="not a member"):
        actions.tell_profile(**profile)
    assert titles_at(world, "alpha") == ["A testing hall"]


def test_a_cluster_whose_membership_ended_keeps_what_it_was_told(world: World) -> None:
    join_beta(world, until=date(2020, 6, 1))
    row = tell(world, world.alpha, world.beta)
    later = date(2020, 7, 1)
    change: dict[str, Any] = {
        **said(world),
        "entry": row.entry,
        "facts": OfferFacts("need", "Other"),
        "on": later,
    }
    with pytest.raises(DomainError, match="not a member"):
        actions.change_offer(**change, clusters={world.beta.pk})
    actions.change_offer(**change, clusters={world.alpha.pk})
    assert titles_at(world, "alpha")[1:] == ["Other"]
    assert titles_at(world, "beta") == ["A place to test"]
    assert actions.withdraw_offer(**said(world), entry=row.entry) == 2
    assert titles_at(world, "beta") == []


def test_closed_once_with_what_became_of_it_and_opened_again(two: World) -> None:
    until = DAY + timedelta(days=10)
    row = tell(two, two.alpha, facts=OfferFacts("need", "Soon", open_until=until))
    close = {**said(two), "entry": row.entry, "outcome": "through_cluster"}
    assert actions.close_offer(**close, on=DAY)
    assert not actions.close_offer(**{**close, "outcome": "dropped"}, on=DAY + timedelta(days=1))
    row.refresh_from_db()
    assert (row.closed_on, row.outcome, row.is_open_on(DAY)) == (DAY, "through_cluster", False)
    actions.reopen_offer(**said(two), entry=row.entry, on=until + timedelta(days=1))
    row.refresh_from_db()
    assert (row.closed_on, row.outcome, row.open_until) == (None, "", None)
    with pytest.raises(DomainError, match="withdrawn meanwhile"):
        actions.close_offer(**{**close, "entry": uuid4()}, on=DAY)


def test_something_that_is_over_already_is_not_told(two: World) -> None:
    with pytest.raises(DomainError, match="over already"):
        tell(two, two.alpha, facts=OfferFacts("need", "Late", open_until=DAY - timedelta(days=1)))
    with pytest.raises(DomainError, match="at least one cluster"):
        tell(two)


def test_who_does_not_represent_it_tells_nothing(two: World) -> None:
    for seats in (cluster_seats(two.alpha), organisation_seats(two.rival)):
        enter(seats)
        told: dict[str, Any] = {"seats": seats, "organisation": two.company, "on": DAY}
        with pytest.raises(PermissionDenied):
            actions.tell_offer(**told, facts=NEED, clusters=[two.alpha.pk])
        with pytest.raises(PermissionDenied):
            actions.tell_profile(**told, facts=ProfileFacts("Bakes"), clusters=[two.alpha.pk])
    assert titles_at(two, "alpha") == ["A testing hall"]


def test_a_profile_is_told_cluster_by_cluster_and_withdrawn_from_one(two: World) -> None:
    told: dict[str, Any] = {
        **said(two),
        "facts": ProfileFacts("Bakes", website="https://b.example"),
        "on": DAY,
    }
    assert actions.tell_profile(**told, clusters=[two.alpha.pk, two.beta.pk]) == 2
    assert actions.tell_profile(**told, clusters=[two.alpha.pk]) == 0
    assert actions.withdraw_profile(**said(two), cluster=two.beta.pk)
    assert not actions.withdraw_profile(**said(two), cluster=two.beta.pk)
    rows = MemberProfile.objects.filter(organisation=two.company)
    assert [(row.cluster_id, row.summary) for row in rows] == [(two.alpha.pk, "Bakes")]


def test_a_size_told_by_the_member_replaces_what_stood_for_the_year(two: World) -> None:
    size = Size(two.company, 2019, "told by the member itself", 14, Decimal(900))
    both = [two.alpha.pk, two.beta.pk]
    told: dict[str, Any] = {
        "seats": organisation_seats(two.company),
        "size": size,
        "clusters": both,
        "on": DAY,
    }
    assert actions.tell_size(**told) == 2
    rows = SizeStatement.objects.filter(organisation=two.company, year=2019)
    assert sorted(rows.values_list("cluster_id", "headcount")) == sorted((pk, 14) for pk in both)


def test_a_member_reads_what_its_own_category_promises_and_no_other(world: World) -> None:
    enter(organisation_seats(world.company))
    (held,) = held_memberships([world.company.pk], DAY)
    assert (held.cluster_name, held.promised.category) == ("Alpha", "Member")
    assert set(promised_services()) == {world.membership.pk}
    assert [name for name, _is_included in held.promised.services] == ["Visit"]
    for seats in (cluster_seats(world.alpha), agency_seats(world.agency)):
        enter(seats)
        assert promised_services() == {}


def test_two_representatives_lose_nothing_and_the_second_chooses(
    world: World, client: Client
) -> None:
    address = own_address(world, "profile/")
    client.force_login(world.people["member"])
    shown = SEEN.findall(client.get(address).content.decode())[0]
    asked = {"clusters": world.alpha.pk, "seen": shown, "website": ""}
    assert client.post(address, {**asked, "summary": "Bakes bread"}).status_code == HTTPStatus.FOUND
    answer = client.post(address, {**asked, "summary": "Bakes cakes", "website": "b.example"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert "Bakes bread" in page
    assert "Bakes cakes" in page
    again = {**asked, "seen": SEEN.findall(page)[0], "summary": "Bakes cakes"}
    assert client.post(address, again).status_code == HTTPStatus.FOUND
    enter(cluster_seats(world.alpha))
    assert MemberProfile.objects.get(cluster=world.alpha).summary == "Bakes cakes"


def test_what_another_cluster_was_told_meanwhile_is_shown_before_it_is_replaced(
    two: World, client: Client
) -> None:
    address = own_address(two, f"profile/?cluster={two.alpha.pk}")
    client.force_login(two.people["member"])
    shown = SEEN.findall(client.get(address).content.decode())[0]
    enter(organisation_seats(two.company))
    told: dict[str, Any] = {**said(two), "facts": ProfileFacts("Sells seeds"), "on": DAY}
    actions.tell_profile(**told, clusters=[two.beta.pk])
    asked = {"summary": "Bakes", "clusters": [two.alpha.pk, two.beta.pk], "seen": shown}
    answer = client.post(address, asked)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "somebody told Beta: “Sells seeds”" in answer.content.decode()
    asked["seen"] = SEEN.findall(answer.content.decode())[0]
    assert client.post(address, asked).status_code == HTTPStatus.FOUND
    enter(cluster_seats(two.beta))
    assert MemberProfile.objects.get(organisation=two.company).summary == "Bakes"


def test_a_need_is_told_once_by_two_clicks_and_shown_on_the_desk(
    two: World, client: Client
) -> None:
    client.force_login(two.people["member"])
    sent = {
        "kind": "need", "title": "A drying oven", "tags": "Oven, oven; HEAT", "audience": "team",
        "clusters": [two.alpha.pk], "once": "a" * 16,
    }  # fmt: skip
    for _click in range(2):
        answer = client.post(own_address(two, "needs-and-offers/add/"), sent)
        assert answer.headers["Location"] == f"/desk/?organisation={two.company.pk}#h-offers"
    assert titles_at(two, "alpha") == ["A testing hall", "A drying oven"]
    assert NeedOrOffer.objects.get(title="A drying oven").tags == ["oven", "heat"]
    page = client.get("/desk/").content.decode()
    assert "A drying oven" in page
    assert "2 services" not in page


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"website": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"summary": ""}, "This field is required"),
        ({"clusters": []}, "Choose at least one cluster"),
        ({"clusters": ["99999"]}, "You are no member of one of these clusters"),
    ],
)
def test_what_does_not_fit_comes_back_with_a_sentence(
    world: World, client: Client, wrong: dict[str, Any], complaint: str
) -> None:
    client.force_login(world.people["member"])
    sent = {"summary": "Bakes", "description_nl": "Brood", "clusters": [world.alpha.pk], **wrong}
    answer = client.post(own_address(world, "profile/"), sent)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert complaint in answer.content.decode()
    assert "Brood" in answer.content.decode()


def test_who_represents_two_organisations_chooses(world: World, client: Client) -> None:
    enter(STEWARD)
    Seat.objects.create(
        user=world.people["member"],
        kind=SeatKind.ORGANISATION,
        role=SeatRole.REPRESENTATIVE,
        organisation=world.rival,
        since=date(2018, 1, 1),
    )
    client.force_login(world.people["member"])
    assert "€500" in client.get("/desk/").content.decode()
    page = client.get(f"/desk/?organisation={world.rival.pk}").content.decode()
    assert "€900" in page
    assert "€500" not in page


def test_a_size_of_another_year_is_told_by_the_member(world: World, client: Client) -> None:
    client.force_login(world.people["member"])
    year = timezone.localdate().year - 1
    sent = {"size_year": year, "headcount": 21, "clusters": [world.alpha.pk]}
    answer = client.post(own_address(world, "size/"), sent)
    assert answer.status_code == HTTPStatus.FOUND
    enter(cluster_seats(world.alpha))
    assert SizeStatement.objects.get(year=year, cluster=world.alpha).headcount == 21


def test_a_need_is_closed_opened_and_withdrawn_on_its_page(two: World, client: Client) -> None:
    row = tell(two, two.alpha, two.beta)
    client.force_login(two.people["member"])
    page = own_address(two, f"needs-and-offers/{row.entry}/")
    assert "Found, or no longer needed?" in client.get(page).content.decode()
    client.post(f"{page}close/", {"outcome": "nonsense"})
    assert "Found, or no longer needed?" in client.get(page).content.decode()
    client.post(f"{page}close/", {"outcome": "elsewhere"})
    assert "found elsewhere" in client.get(page).content.decode()
    client.post(f"{page}close/", {"reopen": "1"})
    assert "Found, or no longer needed?" in client.get(page).content.decode()
    for _click in range(2):
        answer = client.post(f"{page}withdraw/")
        assert answer.status_code == HTTPStatus.FOUND
    assert client.get(page).status_code == HTTPStatus.NOT_FOUND
    late = client.post(page, {"title": "Typed for nothing", "kind": "need"})
    assert late.status_code == HTTPStatus.NOT_FOUND
    assert "Typed for nothing" in late.content.decode()


def test_a_colleague_who_changed_the_clusters_meanwhile_is_not_overruled(
    two: World, client: Client
) -> None:
    row = tell(two, two.alpha)
    client.force_login(two.people["member"])
    page = own_address(two, f"needs-and-offers/{row.entry}/")
    shown = SEEN.findall(client.get(page).content.decode())[0]
    facts = {"kind": "need", "title": NEED.title, "tags": "test", "audience": "team"}
    both = {**facts, "clusters": [two.alpha.pk, two.beta.pk], "seen": shown}
    assert client.post(page, both).status_code == HTTPStatus.FOUND
    mine = {**facts, "title": "A hall", "clusters": [two.alpha.pk], "seen": shown}
    assert client.post(page, mine).status_code == HTTPStatus.FOUND
    assert titles_at(two, "alpha")[1:] == titles_at(two, "beta") == ["A hall"]


def test_a_profile_is_withdrawn_from_the_desk(world: World, client: Client) -> None:
    client.force_login(world.people["member"])
    assert "Builds with straw" in client.get("/desk/").content.decode()
    sent = {"cluster": world.alpha.pk}
    for _click in range(2):
        client.post(own_address(world, "profile/withdraw/"), sent)
    page = client.get("/desk/").content.decode()
    assert "Builds with straw" not in page
    assert "You have not told what you do yet to: Alpha." in page


def test_a_tag_with_a_sign_that_nobody_types_is_refused_in_words(
    world: World, client: Client
) -> None:
    client.force_login(world.people["member"])
    sent = {"kind": "need", "title": "A hall", "audience": "team", "clusters": [world.alpha.pk]}
    address = own_address(world, "needs-and-offers/add/")
    answer = client.post(address, {**sent, "tags": "hall, te\0st"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert titles_at(world, "alpha") == ["A testing hall"]
