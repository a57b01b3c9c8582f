"""Needs and offers as the team of a cluster reads them: list, file, timeline, search, periods."""

from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clusterwerk.members.models import Membership, NeedOrOffer
from clusterwerk.members.privacy.retaining import carry_out
from clusterwerk.members.queries.timeline.offers import offers
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats, organisation_seats

LIST = "/members/alpha/needs-and-offers/"
TODAY = date(2020, 3, 1)


@pytest.fixture
def told(world: World, client: Client) -> World:
    """Beside the offer of the world a closed need, and one of Beta's member."""
    enter(organisation_seats(world.company))
    NeedOrOffer.objects.create(
        cluster=world.alpha,
        organisation=world.company,
        kind="need",
        title="An oven",
        text="For drying",
        tags=["heat"],
        told_on=date(2020, 2, 1),
        closed_on=date(2020, 2, 20),
        outcome="elsewhere",
    )
    client.force_login(world.people["manager"])
    return world


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", ["A testing hall"]),
        ("?state=closed", ["An oven"]),
        ("?state=closed&state=open&state=left", ["A testing hall", "An oven"]),
        ("?state=closed&kind=offer", []),
        ("?state=closed&tag=heat&audience=team", ["An oven"]),
        ("?state=closed&outcome=none", []),
        ("?find=éclair+hall", ["A testing hall"]),
        ("?state=closed&find=drying", ["An oven"]),
        ("?find=zebra", []),
    ],
)
def test_the_list_is_narrowed_by_kind_state_tag_and_words(
    told: World, client: Client, query: str, shown: list[str]
) -> None:
    page = client.get(LIST + query).content.decode()
    assert [title for title in ("A testing hall", "An oven") if title in page] == shown


def test_what_a_former_member_told_leaves_the_list_and_stays_on_its_file(
    told: World, client: Client
) -> None:
    enter(cluster_seats(told.alpha))
    ended = DateRange(date(2018, 1, 1), timezone.localdate() - timedelta(days=1))
    Membership.objects.filter(cluster=told.alpha).update(period=ended)
    assert "A testing hall" not in client.get(LIST).content.decode()
    assert "A testing hall" in client.get(f"{LIST}?state=left").content.decode()
    page = client.get(f"/members/alpha/{told.membership.pk}/").content.decode()
    assert "A testing hall" in page
    assert "Builds with straw" in page


def test_the_file_holds_what_the_list_shows(told: World, client: Client) -> None:
    answer = client.get(f"{LIST}?file=csv&state=closed")
    text = answer.getvalue().decode()
    assert "An oven" in text
    assert "Éclair Works" in text
    assert "A testing hall" not in text


def test_a_row_opens_beside_the_list_and_leads_to_a_talk_about_it(
    told: World, client: Client
) -> None:
    enter(cluster_seats(told.alpha))
    row = NeedOrOffer.objects.get(title="A testing hall")
    page = client.get(f"{LIST}?open={row.pk}").content.decode()
    link = f"/members/alpha/timeline/?organisation={told.company.pk}&amp;subject=A%20testing%20hall"
    assert link in page
    form = client.get(link.replace("&amp;", "&")).content.decode()
    assert 'value="A testing hall"' in form
    assert client.get(f"{LIST}{row.pk}/").status_code == HTTPStatus.OK


def test_a_list_takes_the_same_queries_whatever_there_is(
    told: World, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)
    enter(organisation_seats(told.company))
    facts: dict[str, Any] = {"organisation": told.company, "kind": "need", "told_on": TODAY}
    rows = (NeedOrOffer(**facts, cluster=told.alpha, title=f"{number}") for number in range(20))
    NeedOrOffer.objects.bulk_create(rows)
    with django_assert_num_queries(QUERIES):
        client.get(LIST)


QUERIES = 13


def test_the_timeline_tells_when_something_was_told_and_closed(told: World) -> None:
    enter(cluster_seats(told.alpha))
    found = offers(told.alpha.pk, told.company.pk, None, None, 10)
    assert [(entry.at.astimezone().date(), str(entry.title)) for entry in found] == [
        (date(2020, 2, 20), "Closed a need: found elsewhere"),
        (date(2020, 2, 1), "Told a need"),
        (date(2020, 1, 15), "Told an offer"),
    ]


def test_the_search_leads_the_team_to_its_page_and_the_member_to_its_own(
    told: World, client: Client
) -> None:
    enter(cluster_seats(told.alpha))
    row = NeedOrOffer.objects.get(title="A testing hall")
    page = client.get("/desk/search/", {"q": "testing"}).content.decode()
    assert f"{LIST}{row.pk}/" in page
    client.force_login(told.people["member"])
    page = client.get("/desk/search/", {"q": "testing"}).content.decode()
    assert f"/needs-and-offers/{row.entry}/" in page


def test_what_is_closed_goes_with_its_past_after_its_period(told: World) -> None:
    seats = cluster_seats(told.alpha)
    enter(seats)
    old = NeedOrOffer.objects.get(title="An oven")
    late = date(2025, 2, 21)
    batch = carry_out(seats=seats, cluster=told.alpha.pk, kind="offers", months=60, today=late)
    assert batch.run.taken == 1
    assert list(NeedOrOffer.objects.values_list("title", flat=True)) == ["A testing hall"]
    past = NeedOrOffer.past.rel.related_model  # type: ignore[attr-defined] # made by `tracked`
    events = past.objects.filter(pgh_obj_id=old.pk)
    assert set(events.values_list("title", "text")) == {(None, None)}


def test_the_desk_of_the_team_shows_what_was_told_lately(told: World, client: Client) -> None:
    assert "Members told lately" not in client.get("/desk/").content.decode()
    enter(organisation_seats(told.company))
    NeedOrOffer.objects.create(
        cluster=told.alpha,
        organisation=told.company,
        kind="need",
        title="A crane",
        told_on=timezone.localdate(),
    )
    page = client.get("/desk/").content.decode()
    assert "Members told lately" in page
    assert "A crane" in page
    assert "A testing hall" not in page
