"""Posts and hours of a team, what follows from them, and the page."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from clusterwerk.measure.capacity import KindOfWork
from clusterwerk.members.actions import NewPost, end_post, fill_post, write_hours
from clusterwerk.members.models import Membership, Service, TeamHours, TeamPost
from clusterwerk.members.queries.capacity import hours_of, team_capacity
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats

pytestmark = pytest.mark.django_db
DAY = date(2020, 1, 31)


def own_post(world: World) -> TeamPost:
    enter(cluster_seats(world.alpha))
    return TeamPost.objects.get(cluster=world.alpha)


def test_hours_of_a_month_are_replaced_and_emptied(world: World) -> None:
    post, seats = own_post(world), cluster_seats(world.alpha)
    written = {KindOfWork.EVENTS: Decimal("12.5"), KindOfWork.ADMINISTRATION: Decimal(20)}
    assert write_hours(seats=seats, post=post, month=date(2019, 12, 17), hours=written) == 1
    assert hours_of(post, date(2019, 12, 31)) == written
    emptied = {KindOfWork.EVENTS: None, KindOfWork.POLICY: None}
    assert write_hours(seats=seats, post=post, month=date(2019, 12, 1), hours=emptied) == 1
    assert hours_of(post, date(2019, 12, 1)) == {KindOfWork.ADMINISTRATION: Decimal(20)}


@pytest.mark.parametrize("month", [date(2018, 12, 1), date(2020, 2, 1)])
def test_nobody_writes_hours_outside_of_a_post(world: World, month: date) -> None:
    post, seats = own_post(world), cluster_seats(world.alpha)
    end_post(seats=seats, post=post, last_day=date(2020, 2, 1))
    before = TeamHours.objects.count()
    with pytest.raises(DomainError, match="Noor Sluis does not work for the cluster in"):
        write_hours(seats=seats, post=post, month=month, hours={KindOfWork.EVENTS: Decimal(1)})
    assert TeamHours.objects.count() == before


def test_a_month_has_no_more_than_its_hours(world: World) -> None:
    post, seats = own_post(world), cluster_seats(world.alpha)
    with pytest.raises(DomainError):
        write_hours(seats=seats, post=post, month=DAY, hours={KindOfWork.EVENTS: Decimal("744.01")})
    assert hours_of(post, DAY) == {}


def test_a_post_ends_after_it_begins(world: World) -> None:
    post, seats = own_post(world), cluster_seats(world.alpha)
    with pytest.raises(DomainError, match="a first day before its last"):
        end_post(seats=seats, post=post, last_day=date(2019, 1, 1))
    new = NewPost("A", Decimal("1.5"), DAY)
    with pytest.raises(DomainError):
        fill_post(seats=seats, cluster=world.alpha, new=new)
    assert TeamPost.objects.get(cluster=world.alpha).period.upper is None


def test_another_cluster_writes_no_hours_here(world: World) -> None:
    post = own_post(world)
    enter(cluster_seats(world.beta))
    with pytest.raises(PermissionDenied):
        write_hours(
            seats=cluster_seats(world.beta),
            post=post,
            month=DAY,
            hours={KindOfWork.EVENTS: Decimal(1)},
        )
    with pytest.raises(PermissionDenied):
        end_post(seats=cluster_seats(world.beta), post=post, last_day=DAY)


def test_an_offer_that_asks_more_than_the_team_has_is_too_much(world: World) -> None:
    post, seats = own_post(world), cluster_seats(world.alpha)
    member = Membership.objects.filter(cluster=world.alpha).on(DAY).get()
    Service.objects.filter(cluster=world.alpha).delete()
    for name, included in (("Guided introduction", True), ("Paid search", False)):
        Service.objects.create(
            cluster=world.alpha,
            category=member.category,
            name=name,
            kind_of_work=KindOfWork.MATCHMAKING,
            hours_per_member_year=Decimal(700),
            is_included=included,
        )
    hours = {KindOfWork.MATCHMAKING: Decimal(60)}
    write_hours(seats=seats, post=post, month=date(2020, 1, 1), hours=hours)
    found = team_capacity(world.alpha.pk, DAY)
    assert found.members == 1
    assert found.members_per_post == 2
    assert found.overhead == Fraction(1, 4)
    assert (found.reach.available, found.reach.promised) == (Decimal(645), Decimal(700))
    assert found.reach.missing == Decimal(55)
    assert [month.month for month in found.months] == [date(2020, 1, 1), date(2019, 12, 1)]


def test_hours_of_more_than_a_year_ago_do_not_count_in_the_share(world: World) -> None:
    own_post(world)
    assert team_capacity(world.alpha.pk, date(2020, 11, 30)).overhead == Fraction(1)
    assert team_capacity(world.alpha.pk, date(2020, 12, 1)).overhead is None


def test_a_manager_writes_the_hours_of_a_month(world: World, client: Client) -> None:
    post = own_post(world)
    client.force_login(world.people["manager"])
    address = reverse("members:team", args=[world.alpha.key])
    typed = {"post": post.pk, "month": "2020-01", "events": "7.5"}
    answer = client.post(address, typed)
    assert (answer.status_code, answer["Location"]) == (302, address)
    enter(cluster_seats(world.alpha))
    assert hours_of(post, DAY) == {KindOfWork.EVENTS: Decimal("7.5")}


def test_wrong_hours_are_said_and_stay_in_the_field(world: World, client: Client) -> None:
    post = own_post(world)
    client.force_login(world.people["manager"])
    typed = {"post": post.pk, "month": "2999-01", "events": "-3"}
    answer = client.post(reverse("members:team", args=[world.alpha.key]), typed)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "This month has not begun." in text
    assert 'value="-3"' in text


def test_the_page_says_that_too_much_is_promised(world: World, client: Client) -> None:
    own_post(world)
    member = Membership.objects.filter(cluster=world.alpha).first()
    assert member is not None
    Membership.objects.filter(pk=member.pk).update(period=(date(2019, 1, 1), None))
    Service.objects.create(
        cluster=world.alpha,
        category=member.category,
        name="Everything",
        kind_of_work=KindOfWork.EVENTS,
        hours_per_member_year=Decimal(2000),
    )
    client.force_login(world.people["manager"])
    text = client.get(reverse("members:team", args=[world.alpha.key])).content.decode()
    assert "The service offer promises more than the hours allow" in text
    form = text[text.index('<form class="stack" method="get"') :].split("</form>")[0]
    [save, show] = re.findall(r"<button[^>]*>", form)
    assert 'formmethod="post" name="csrfmiddlewaretoken"' in save
    assert "csrfmiddlewaretoken" not in form.replace(save, "")
    assert "formmethod" not in show
