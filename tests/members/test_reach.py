"""Whom a cluster and a programme reach: each organisation once, and only what one may see."""

import re
from datetime import date
from fractions import Fraction
from html import unescape

import pytest
from django.test import Client

from clusterwerk.directory.maps import place_map
from clusterwerk.directory.models import Organisation, Place
from clusterwerk.directory.places import load_places
from clusterwerk.measure.reach import Flow, Spread
from clusterwerk.members.actions import add_tag, tag_organisation
from clusterwerk.members.models import Membership, MembershipCategory, SizeStatement
from clusterwerk.members.queries.prospects import prospects_of
from clusterwerk.members.queries.reach import reach_of_cluster
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.reporting.queries.reach import published_reach, reach_of_programme
from factories.world import World, agency_seats, cluster_seats

DAY = date(2020, 1, 31)


@pytest.fixture
def placed(world: World) -> World:
    """The company of Alpha is in Gent since 2016, and a member of Beta too."""
    seats = seats_of_command()
    enter(seats)
    load_places(seats=seats)
    with unlocked(seats, "directory"):
        gent = Place.objects.get(nis_code="44021")
        Organisation.objects.filter(pk=world.company.pk).update(
            place=gent, started_on=date(2016, 5, 1)
        )
    enter(cluster_seats(world.beta))
    category = MembershipCategory.objects.get(cluster=world.beta)
    Membership.objects.create(
        agency_id=world.agency.pk, cluster=world.beta, organisation=world.company,
        category=category, period=(date(2019, 1, 1), date(2020, 6, 1)), is_paying=True,
        source="test",
    )  # fmt: skip
    return world


# Name, municipality, start, periods, headcount by year.
Row = tuple[str, str, date | None, list[tuple[date, date | None]], dict[int, int | None]]
VARIOUS: tuple[Row, ...] = (
    ("Old & Sons", "11002", date(1950, 1, 1), [(date(2018, 3, 1), None)], {2018: 300, 2020: 9}),
    ("Silent", "44021", date(2015, 1, 31), [(date(2018, 1, 1), date(2020, 1, 1))], {2018: None}),
    ("Back Again", "21004", date(2009, 2, 1),
     [(date(2017, 5, 1), date(2018, 9, 1)), (date(2020, 3, 1), None)], {2017: 60}),
    ("Not Begun", "", date(2025, 1, 1), [(date(2019, 1, 1), None)], {}),
    ("Short", "11002", None, [(date(2019, 2, 1), date(2019, 11, 1))], {2019: 10}),
)  # fmt: skip


@pytest.fixture
def various(placed: World) -> World:
    """Five more members of Alpha: of several sizes, ages and places, some unknown, some gone."""
    for name, place, start, periods, sizes in VARIOUS:
        seats = seats_of_command()
        enter(seats)
        with unlocked(seats, "directory"):
            organisation = Organisation.objects.create(
                name=name, kind="enterprise", source="test", started_on=start,
                place=Place.objects.filter(nis_code=place).first(),
            )  # fmt: skip
        enter(cluster_seats(placed.alpha))
        category = MembershipCategory.objects.get(cluster=placed.alpha)
        whose = {"cluster": placed.alpha, "organisation": organisation, "source": "test"}
        for period in periods:
            Membership.objects.create(
                agency_id=placed.agency.pk,
                category=category,
                period=period,
                is_paying=True,
                **whose,
            )
        for year, headcount in sizes.items():
            SizeStatement.objects.create(year=year, headcount=headcount, turnover=1, **whose)
    return placed


def test_a_cluster_counts_its_members_by_size_age_and_place(placed: World) -> None:
    enter(cluster_seats(placed.alpha))
    found = reach_of_cluster(placed.alpha.pk, DAY)
    assert found.reach.total == 1
    assert found.reach.sizes.of("small") == 1
    assert found.reach.ages.of("0-4") == 1
    assert found.reach.provinces == Spread((("Oost-Vlaanderen", 1),))
    assert [dot.name for dot in found.map.dots] == ["Gent"]


def test_who_came_and_went_is_told_from_year_to_year(placed: World) -> None:
    enter(cluster_seats(placed.beta))
    found = reach_of_cluster(placed.beta.pk, date(2021, 1, 31))
    assert found.reach.total == 1
    assert found.flows == (
        Flow(date(2018, 1, 1), date(2019, 1, 1), 1, 0),
        Flow(date(2019, 1, 1), date(2020, 1, 1), 0, 0),
        Flow(date(2020, 1, 1), date(2021, 1, 1), 0, 1),
        Flow(date(2021, 1, 1), date(2021, 1, 31), 0, 0),
    )


def test_members_of_every_kind_are_counted_once_and_the_unknown_too(various: World) -> None:
    enter(cluster_seats(various.alpha))
    found = reach_of_cluster(various.alpha.pk, DAY).reach
    assert (found.total, found.mean_age) == (3, Fraction(70 + 3, 2))
    assert found.sizes == Spread((("micro", 1), ("small", 1), ("medium", 0), ("large", 0)), 1)
    assert found.ages == Spread(
        (("0-4", 1), ("5-10", 0), ("11-20", 0), ("21-50", 0), ("51+", 1)), 1
    )
    assert found.municipalities == Spread((("Antwerpen", 1), ("Gent", 1)), 1)


def test_a_stay_within_one_year_is_in_no_flow_and_coming_back_is_in_two(various: World) -> None:
    enter(cluster_seats(various.alpha))
    flows = reach_of_cluster(various.alpha.pk, date(2021, 1, 1)).flows
    moves = {flow.first.year: (flow.joined, flow.left) for flow in flows}
    assert moves == {2017: (3, 0), 2018: (2, 1), 2019: (0, 1), 2020: (1, 0)}
    assert flows[-1].last == date(2021, 1, 1)


def test_an_agency_counts_each_organisation_once_and_no_size(placed: World) -> None:
    enter(agency_seats(placed.agency))
    found = reach_of_programme([placed.agency.pk], DAY)
    assert found.reach.total == 2
    assert found.reach.memberships == Spread((("1", 1), ("2", 1)))
    assert found.reach.sizes == Spread(
        (("micro", 0), ("small", 0), ("medium", 0), ("large", 0)), unknown=2
    )
    assert found.reach.provinces == Spread((("Oost-Vlaanderen", 1),), unknown=1)


def test_an_agency_counts_private_organisations_by_membership_and_reads_no_name_of_them(
    placed: World,
) -> None:
    seats = cluster_seats(placed.alpha)
    enter(seats)
    antwerp = Place.objects.get(nis_code="11002")
    with unlocked(seats, "directory"):
        hidden, hoped_for = (
            Organisation.objects.create(
                name=name, kind="enterprise", source="test",
                cluster_id=placed.alpha.pk, place=antwerp,
            )
            for name in ("Hidden Works", "Hoped For")
        )  # fmt: skip
    Membership.objects.create(
        agency_id=placed.agency.pk, cluster=placed.alpha, organisation=hidden, is_paying=True,
        category=MembershipCategory.objects.get(cluster=placed.alpha), source="test",
        period=(date(2019, 1, 1), None),
    )  # fmt: skip
    tag, _is_new = add_tag(seats=seats, cluster=placed.alpha, name="Prospect", kind="prospect")
    assert tag_organisation(seats=seats, tag=tag, organisation=hoped_for)
    assert [each.name for each in prospects_of(placed.alpha.pk, DAY)] == ["Hoped For"]
    enter(agency_seats(placed.agency))
    found = reach_of_programme([placed.agency.pk], DAY).reach
    assert (found.total, found.provinces.of("Antwerpen"), found.provinces.unknown) == (3, 1, 1)
    assert not Organisation.objects.filter(pk=hoped_for.pk).exists()
    assert not prospects_of(placed.alpha.pk, DAY).exists()
    client = Client(headers={"accept-language": "en"})
    client.force_login(placed.people["programme_manager"])
    page = client.get("/programme/reach/", {"day": "2020-01-31"}).content.decode()
    assert "Antwerpen" in page
    assert not [name for name in ("Hidden", "Hoped", "Éclair") if name in page]


def test_what_another_agency_printed_stays_away(placed: World) -> None:
    enter(agency_seats(placed.agency))
    assert published_reach([placed.agency.pk]) == []


def test_a_province_is_darker_the_more_it_holds() -> None:
    gent = Place(pk=1, name="Gent", province="Oost-Vlaanderen", latitude=51, longitude=4)
    lost = Place(pk=2, name="Nowhere", province="Limburg")
    drawn = place_map({1: 8, 2: 2}, [gent, lost])
    shades = {shape.name: (shape.number, shape.shade) for shape in drawn.shapes}
    assert (len(shades), shades["Oost-Vlaanderen"], shades["Limburg"], shades["Namen"]) == (
        11, (8, 4), (2, 1), (0, 0),
    )  # fmt: skip
    assert ([dot.name for dot in drawn.dots], drawn.without_point) == (["Gent"], 2)


def test_the_page_shows_the_numbers_and_gives_them_as_a_file(placed: World) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(placed.people["manager"])
    page = client.get("/members/alpha/reach/", {"day": "2020-01-31"}).content.decode()
    assert "Oost-Vlaanderen" in page
    assert "Small (10 to 49)" in page
    file = client.get("/members/alpha/reach/", {"day": "2020-01-31", "file": "csv"})
    assert b"Gent" in b"".join(file)
    wrong = client.get("/members/alpha/reach/", {"day": "31 january"})
    assert wrong.status_code == 422
    assert "Write the day as 2020-01-31." in wrong.content.decode()


@pytest.mark.parametrize("day", ["2018-06-30", "2019-06-30", "2020-01-31", "2021-01-31"])
def test_every_number_leads_to_a_list_of_exactly_so_many(various: World, day: str) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(various.people["manager"])
    page = client.get("/members/alpha/reach/", {"day": day}).content.decode()
    led = re.findall(r'href="(/members/alpha/\?[^"]+)">(\d+)<', page)
    assert led
    counted = {unescape(address): int(number) for address, number in led}
    listed = {address: client.get(address).context["list"].total for address in counted}
    assert listed == counted


def test_every_number_that_is_not_zero_leads_somewhere(various: World) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(various.people["manager"])
    answer = client.get("/members/alpha/reach/", {"day": "2021-01-31"})
    shown = [*answer.context["tables"], answer.context["municipalities"]]
    lines = [line for table in shown for line in table.lines if line.number]
    flows = answer.context["found"].flows
    moves = sum(bool(flow.joined) + bool(flow.left) for flow in flows)
    page = answer.content.decode()
    assert page.count('href="/members/alpha/?day=') == len(lines) + moves + 1
    assert {str(line.figure) for line in lines if line.is_unknown} == {
        "Headcount class", "Size in the evaluation", "Age", "Province or region", "Municipality",
    }  # fmt: skip


def test_the_reach_of_a_programme_is_for_its_agency(placed: World) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(placed.people["manager"])
    assert client.get("/programme/reach/").status_code == 403
    client.force_login(placed.people["account_manager"])
    page = client.get("/programme/reach/", {"day": "2020-01-31"}).content.decode()
    assert "Number of memberships" in page
    assert "Headcount class" not in page
