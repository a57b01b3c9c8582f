"""Renewing many at once: what is mistyped comes back, and who goes on anyway promises a year."""

from datetime import date, timedelta
from decimal import Decimal
from http import HTTPStatus

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from clusterwerk.directory.actions import NewOrganisation, register_organisations
from clusterwerk.directory.models import OrganisationKind
from clusterwerk.members.actions import NewMember, join_many
from clusterwerk.members.models import Contribution, Departure, Membership, MembershipCategory
from clusterwerk.platform.access.session import enter
from clusterwerk.programme.models import Agreement
from factories.world import World, agency_seats, cluster_seats

PAGE = "/members/alpha/renewals/"


@pytest.fixture
def manager(world: World) -> Client:
    """Alpha's agreement holds last year, this one and two more; nobody gave notice."""
    today = timezone.localdate()
    enter(agency_seats(world.agency))
    Agreement.objects.filter(cluster=world.alpha).update(
        starts_on=today - timedelta(days=400), ends_on=today + timedelta(days=800)
    )
    enter(cluster_seats(world.alpha))
    Departure.objects.all().delete()
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(world.people["manager"])
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def soon(world: World, manager: Client) -> Membership:
    """The membership of the world, which ends in ten days."""
    enter(cluster_seats(world.alpha))
    row = Membership.objects.get(pk=world.membership.pk)
    row.period = DateRange(row.period.lower, timezone.localdate() + timedelta(days=10))
    row.save()
    return row


def joined(world: World, like: Membership, names: list[str]) -> list[Membership]:
    """Members of alpha with the period and category of another."""
    seats = cluster_seats(world.alpha)
    enter(seats)
    new = [NewOrganisation(name, OrganisationKind.ENTERPRISE, "test") for name in names]
    members = [
        NewMember(each, like.category, like.period.lower, True, "test")
        for each in register_organisations(seats=seats, new=new)
    ]
    rows = list(join_many(seats=seats, cluster=world.alpha, new=members))
    for row in rows:
        row.period = like.period
        row.save()
    return rows


def sent(row: Membership, **facts: str) -> dict[str, object]:
    ends = row.period.upper
    typed = {"seen_end": ends.isoformat(), "until": ends.replace(year=ends.year + 1).isoformat()}
    typed |= {"amount": "", **facts}
    fields = {f"{row.pk}-{name}": value for name, value in typed.items()}
    return {"renew": row.pk, "ending": row.pk, **fields}


def now(world: World, row: Membership) -> Membership:
    enter(cluster_seats(world.alpha))
    return Membership.objects.get(pk=row.pk)


def test_a_mistyped_amount_comes_back_with_everything_kept(
    world: World, manager: Client, soon: Membership
) -> None:
    typed = sent(soon, amount="12o0", until="2031-05-06")
    answer = manager.post(PAGE, typed)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert "Nothing was renewed: 1 line could not be read" in page
    assert 'value="12o0"' in page
    assert 'value="2031-05-06"' in page
    assert 'aria-invalid="true"' in page
    assert now(world, soon).period == soon.period


def test_a_line_that_is_not_ticked_keeps_its_words_and_stops_nobody(
    world: World, manager: Client, soon: Membership
) -> None:
    answer = manager.post(PAGE, {**sent(soon, amount="nonsense"), "renew": ""})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert "Nobody is ticked." in page
    assert 'value="nonsense"' in page
    assert " checked" not in page.split("<tbody>")[1]


def test_an_end_that_somebody_moved_is_told_and_sending_again_is_a_choice(
    world: World, manager: Client, soon: Membership
) -> None:
    typed = sent(soon, amount="250")
    soon.period = DateRange(soon.period.lower, soon.period.upper + timedelta(days=5))
    enter(cluster_seats(world.alpha))
    soon.save()
    answer = manager.post(PAGE, typed)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = answer.content.decode()
    assert "somebody changed this membership meanwhile" in page
    assert f'name="{soon.pk}-seen_end" value="{soon.period.upper.isoformat()}"' in page
    again = {**typed, f"{soon.pk}-seen_end": soon.period.upper.isoformat()}
    assert manager.post(PAGE, again).status_code == HTTPStatus.FOUND
    assert now(world, soon).period.upper.isoformat() == typed[f"{soon.pk}-until"]


def test_who_has_no_end_is_asked_for_the_next_working_year(world: World, manager: Client) -> None:
    page = manager.get(PAGE).content.decode()
    assert "1 membership without an end, for working year 3" in page
    pk = world.membership.pk
    typed = {"renew": pk, "lasting": pk, f"{pk}-amount": "725.50"}
    assert manager.post(PAGE, typed).status_code == HTTPStatus.FOUND
    enter(cluster_seats(world.alpha))
    promised = Contribution.objects.get(membership=world.membership, working_year=3)
    assert promised.amount == Decimal("725.50")
    page = manager.get(PAGE).content.decode()
    assert "have promised for working year 3" in page


def test_a_promise_already_made_stays_on_a_second_click(world: World, manager: Client) -> None:
    pk = world.membership.pk
    typed = {"renew": pk, "lasting": pk, f"{pk}-amount": "700"}
    for amount in ("700", "900"):
        manager.post(PAGE, {**typed, f"{pk}-amount": amount})
    enter(cluster_seats(world.alpha))
    promised = Contribution.objects.get(membership=world.membership, working_year=3)
    assert promised.amount == Decimal(700)


def test_an_agreement_that_ends_asks_for_no_next_year(world: World, manager: Client) -> None:
    enter(agency_seats(world.agency))
    Agreement.objects.filter(cluster=world.alpha).update(
        ends_on=timezone.localdate() + timedelta(days=30)
    )
    page = manager.get(PAGE).content.decode()
    assert "the agreement has no next working year" in page


def test_many_that_end_on_other_days_take_no_more_queries(
    world: World,
    manager: Client,
    soon: Membership,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    manager.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        assert manager.get(PAGE).status_code == HTTPStatus.OK
    number = len(one)
    for place, row in enumerate(joined(world, soon, [f"Works {index}" for index in range(12)])):
        row.period = DateRange(row.period.lower, soon.period.upper + timedelta(days=place))
        row.save()
    manager.get(PAGE)
    with django_assert_num_queries(number):
        assert manager.get(PAGE).content.decode().count('name="renew"') > 10


def test_names_and_what_was_typed_are_written_so_that_they_stay_text(
    world: World, manager: Client, soon: Membership
) -> None:
    row = joined(world, soon, ['Works "100 %s" & <i>'])[0]
    page = manager.post(PAGE, sent(row, amount='1"><i>')).content.decode()
    assert 'aria-label="Renew Works &quot;100 %s&quot; &amp; &lt;i&gt;"' in page
    assert 'value="1&quot;&gt;&lt;i&gt;"' in page
    assert "<i>" not in page


def test_one_category_and_a_later_day_leave_their_own_lines(
    world: World, manager: Client, soon: Membership
) -> None:
    ends = soon.period.upper
    empty = MembershipCategory.objects.create(cluster=world.alpha, name="Nobody", position=9)

    def shown(category: int | str, day: date) -> bool:
        asked = {"category": category, "ends_by": day.isoformat()}
        return f'name="ending" value="{soon.pk}"' in manager.get(PAGE, asked).content.decode()

    found = [shown("", ends), shown(soon.category_id, ends), shown(empty.pk, ends)]
    assert found == [True, True, False]
    assert not shown("", ends - timedelta(days=1))
