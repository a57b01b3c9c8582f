"""Questions of the organisers: on the form, in the list, in the file, and what becomes of them."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from activities.registered import filled_in, published, row
from clusterwerk.activities import actions
from clusterwerk.activities.models import Activity
from clusterwerk.activities.questions import Question, QuestionKind, asked_now
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats

BEA = "bea@one.example"
MEAL = Question(words="What do you eat?", kind=QuestionKind.CHOICE, choices=("Fish", "Leek"))
PARTS = Question(words="Which parts?", kind=QuestionKind.CHOICES, choices=("Walk", "Talk", "Meal"))
CAR = Question(words="Do you come by car?", kind=QuestionKind.YES_NO, is_required=True)
YEARS = Question(words="For how many years?", kind=QuestionKind.NUMBER)
WISH = Question(words="What must we talk about?")


@pytest.fixture
def opening(world: World) -> Activity:
    own = published(world)
    ask(world, own, MEAL, PARTS, CAR, YEARS, WISH)
    own.refresh_from_db()
    return own


@pytest.fixture
def keeper(world: World) -> Client:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(world.people["manager"])
    return client


def ask(world: World, own: Activity, *questions: Question) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    for question in questions:
        actions.put_question(seats=seats, activity=own, question=question)


def keys(own: Activity) -> dict[str, str]:
    return {each.words: f"question_{each.key}" for each in asked_now(own.questions)}


def typed(own: Activity, **given: str | list[str]) -> dict[str, str | list[str]]:
    named = keys(own)
    answers = {named[words.replace("_", " ") + "?"]: value for words, value in given.items()}
    return {**filled_in(own), "name": "Bea Bos", "email": BEA, **answers}


def place(own: Activity, view: str, *more: object) -> str:
    return reverse(f"activities:{view}", args=["alpha", own.pk, *more])


def test_the_form_asks_and_keeps_what_was_typed_when_it_refuses(opening: Activity) -> None:
    client, form = Client(HTTP_ACCEPT_LANGUAGE="en"), f"/agenda/{opening.uid}/register/"
    page = client.get(form).content.decode()
    assert all(question in page for question in keys(opening))
    refused = client.post(
        form, typed(opening, What_must_we_talk_about="<b>Wood</b>", For_how_many_years="many")
    )
    assert refused.status_code == 422
    told = refused.content.decode()
    assert "&lt;b&gt;Wood&lt;/b&gt;" in told
    assert told.count("is-invalid") or told.count("aria-invalid") >= 2  # the number, and the car


def test_what_was_answered_stands_in_the_list_the_file_and_on_the_own_page(
    world: World, opening: Activity, keeper: Client
) -> None:
    sent = typed(
        opening,
        What_do_you_eat="Leek",
        Which_parts=["Walk", "Meal"],
        Do_you_come_by_car="no",
        For_how_many_years="0",
    )
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert client.post(f"/agenda/{opening.uid}/register/", sent).status_code == 200
    own = row(opening, BEA)
    assert [answer["value"] for answer in own.answers] == ["Leek", ["Walk", "Meal"], False, 0]
    assert "Walk, Meal" in client.get(f"/agenda/registration/{own.token}/").content.decode()
    assert (
        "Walk, Meal" in keeper.get(place(opening, "registration_detail", own.pk)).content.decode()
    )
    file = keeper.get(place(opening, "registration_list"), {"file": "csv"})
    told = next(csv.DictReader(io.StringIO(b"".join(file).decode("utf-8-sig"))))
    assert told["What do you eat?"] == "Leek"
    assert told["Do you come by car?"] == "no"
    assert told["For how many years?"] == "0"


def test_an_answer_keeps_the_question_as_it_was_asked(
    world: World, opening: Activity, keeper: Client
) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.post(
        f"/agenda/{opening.uid}/register/",
        typed(opening, Do_you_come_by_car="yes", What_do_you_eat="Fish"),
    )
    key = keys(opening)[MEAL.words].removeprefix("question_")
    changed = {
        "words": "Which dish?",
        "kind": "choice",
        "choices": "Meat\n\nLeek\nLeek",
        "place": "9",
    }
    changed["place"] = "9"
    assert keeper.post(place(opening, "question_change", key), changed).status_code == 302
    enter(cluster_seats(world.alpha))
    opening.refresh_from_db()
    last = asked_now(opening.questions)[-1]
    assert (last.words, last.choices, last.key) == ("Which dish?", ("Meat", "Leek"), key)
    assert keeper.post(place(opening, "question_remove", key)).status_code == 302
    page = client.get(f"/agenda/{opening.uid}/register/").content.decode()
    assert "Which dish?" not in page
    own = row(opening, BEA)
    detail = keeper.get(place(opening, "registration_detail", own.pk)).content.decode()
    assert "What do you eat?" in detail
    assert "Fish" in detail
    assert keeper.get(place(opening, "question_change", key)).status_code == 404


def test_the_team_words_questions_and_is_told_what_is_wrong(
    world: World, opening: Activity, keeper: Client
) -> None:
    address = place(opening, "questions")
    page = keeper.get(address).content.decode()
    assert "What do you eat?" in page
    wrong = keeper.post(address, {"words": "Colour?", "kind": "choice", "choices": "Red"})
    assert wrong.status_code == 422
    assert "at least two answers" in wrong.content.decode()
    for number in range(7):
        done = keeper.post(address, {"words": f"Question {number}", "kind": "text"})
        assert done.status_code == 302
    full = keeper.post(address, {"words": "One too many", "kind": "text"})
    assert "Twelve questions" in full.content.decode()
    other = Client()
    other.force_login(world.people["other_manager"])
    assert other.get(address).status_code in {403, 404}


def test_nobody_is_asked_for_what_is_over(world: World, opening: Activity) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    actions.cancel_activity(seats=seats, activity=opening, because="Storm")
    with pytest.raises(DomainError, match="registers any more"):
        actions.put_question(seats=seats, activity=opening, question=WISH)


def test_the_team_need_not_know_every_answer(opening: Activity, keeper: Client) -> None:
    sent = {"name": "Told by telephone", "organisation": ""}
    assert keeper.post(place(opening, "registration_add"), sent).status_code == 302
