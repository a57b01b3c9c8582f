"""Three questions after an activity: who is asked, who may answer, and what the team reads."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from activities.registered import HOUR, comes, published, row, subjects
from clusterwerk.activities import actions
from clusterwerk.activities.keeping import ask_feedback
from clusterwerk.activities.models import Activity, Relevance
from clusterwerk.activities.queries.feedback import feedback_of
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats

BEA, NON, OUT = "bea@one.example", "non@two.example", "out@three.example"
ENDED = datetime(2030, 5, 7, 1, tzinfo=UTC)  # as the opening of `registered`
AFTER = ENDED + 2 * HOUR


@pytest.fixture
def opening(world: World) -> Activity:
    """Bea and Non have a place, and Bea was there."""
    own = published(world, capacity=9)
    for email in (BEA, NON):
        comes(own, email)
    tick(world, own, BEA)
    enter(NOBODY)
    return own


def tick(world: World, own: Activity, email: str, now: datetime = ENDED - HOUR) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    number = row(own, email).pk
    actions.note_arrival(seats=seats, activity=own, registration=number, guests=0, now=now)


def says(own: Activity, email: str, how: Relevance, now: datetime = AFTER, **texts: str) -> None:
    told = {"takes_along": "", "better": "", **texts}
    token = row(own, email).token
    actions.say_feedback(seats=NOBODY, token=token, relevance=how, now=now, **told)


def asked(email: str) -> int:
    return sum("How was it" in subject for subject in subjects(email))


def test_who_was_there_is_asked_once_an_hour_after_the_end(world: World, opening: Activity) -> None:
    assert ask_feedback(ENDED + HOUR / 2) == 0
    assert ask_feedback(AFTER) == 1
    assert ask_feedback(AFTER) == 0
    assert (asked(BEA), asked(NON)) == (1, 0)
    tick(world, opening, NON, ENDED + 20 * HOUR)  # from the list on paper
    assert ask_feedback(ENDED + 21 * HOUR) == 1
    assert asked(NON) == 1


def test_nobody_is_asked_of_what_was_cancelled_or_is_long_over(
    world: World, opening: Activity
) -> None:
    assert ask_feedback(ENDED + timedelta(days=3)) == 0
    seats = cluster_seats(world.alpha)
    enter(seats)
    actions.cancel_activity(seats=seats, activity=opening, because="Storm")
    assert ask_feedback(AFTER) == 0


def test_who_answered_already_is_not_asked(opening: Activity) -> None:
    says(opening, BEA, Relevance.VERY)
    assert ask_feedback(AFTER) == 0


def test_who_was_there_may_say_it_for_two_weeks_and_change_it(
    world: World, opening: Activity
) -> None:
    for email, now in (
        (NON, AFTER),
        (BEA, ENDED - HOUR),
        (BEA, ENDED + timedelta(days=14)),
    ):
        with pytest.raises(DomainError, match="who was there"):
            says(opening, email, Relevance.VERY, now)
    says(opening, BEA, Relevance.NONE, better="Coffee")
    says(opening, BEA, Relevance.RELEVANT, takes_along="A phone number")
    enter(cluster_seats(world.alpha))
    own = row(opening, BEA)
    assert (own.relevance, own.better, own.takes_along) == (3, "", "A phone number")


def test_the_team_reads_the_average_and_the_texts(
    world: World, opening: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    tick(world, opening, NON)
    ask_feedback(AFTER)
    says(opening, BEA, Relevance.VERY, takes_along="<b>Plans</b>")
    says(opening, NON, Relevance.RELEVANT)
    enter(cluster_seats(world.alpha))
    found = feedback_of(opening)
    assert (found.asked, found.answered, found.average) == (2, 2, Decimal("3.5"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER)
    keeper = Client(HTTP_ACCEPT_LANGUAGE="en")
    keeper.force_login(world.people["manager"])
    page = keeper.get(reverse("activities:activity_detail", args=["alpha", opening.pk]))
    told = page.content.decode()
    assert "3.5 of 4 on average" in told
    assert "&lt;b&gt;Plans&lt;/b&gt;" in told


def test_the_page_of_the_link_asks_keeps_and_refuses(
    opening: Activity, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    address = reverse("agenda:feedback", args=[row(opening, BEA).token])
    assert "Nothing is asked here now" in client.get(address).content.decode()
    monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER)
    assert "How relevant was it" in client.get(address).content.decode()
    refused = client.post(address, {"takes_along": "Plans"})
    assert refused.status_code == 422
    assert "Plans" in refused.content.decode()
    assert client.post(address, {"relevance": "9"}).status_code == 422
    assert client.post(address, {"relevance": "4"}).status_code == 302
    assert "You have answered" in client.get(address).content.decode()
    link = reverse("agenda:registration_link", args=[row(opening, BEA).token])
    assert address in client.get(link).content.decode()
    assert client.get(reverse("agenda:feedback", args=["unknown"])).status_code == 404
