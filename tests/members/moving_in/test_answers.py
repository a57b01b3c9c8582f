"""Who was meant is asked once: a later move takes over what the team answered."""

import io
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.duplicates.searching import call_distinct
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import Contact, Move, MoveRow, RowState
from clusterwerk.members.moving_in import choosing
from clusterwerk.members.moving_in.answers import digest_of
from clusterwerk.members.moving_in.comparing import compare_move
from clusterwerk.members.moving_in.files import add_file, begin_move
from clusterwerk.members.moving_in.importing import import_move, rehearse_move
from clusterwerk.members.moving_in.retention import discard_rows
from clusterwerk.members.moving_in.undoing import undo_move
from clusterwerk.platform.access.seats import Seats
from factories.moving import accept, acting, moved, rows, states
from factories.world import World

FIRST = b"Organisatie;Postcode;Lid sinds\nVexotron Systemen NV;9000;2020-01-02\n"
AGAIN = b"Organisatie;Postcode;Lid sinds\nVexotron Sisteemen;9000;2020-01-02\n"
PEOPLE = b"Organisatie;Voornaam;Naam;E-mail\nVexotron Systemen NV;An;Adams;an@vexo.example\n"
NEXT = b"Organisatie;Voornaam;Naam;E-mail\nVexotron Systemen NV;An;Adams;adams@vexo.example\n"


def standing(seats: Seats, cluster: Cluster) -> Organisation:
    import_move(seats=seats, move=moved(seats, cluster, leden_csv=FIRST, contacten_csv=PEOPLE))
    return Organisation.objects.get(name="Vexotron Systemen NV")


def asked(seats: Seats, cluster: Cluster, data: bytes = AGAIN, name: str = "leden.csv") -> Move:
    move = begin_move(seats=seats, cluster=cluster)
    add_file(seats=seats, move=move, name=name, content=io.BytesIO(data))
    accept(seats, move)
    compare_move(seats=seats, move=move)
    return move


def answer(seats: Seats, move: Move, ref: str = "") -> str:
    """To the only question; the first candidate when no other is told."""
    (row,) = rows(move, RowState.DOUBTFUL)
    (doubt,) = row.plan["doubts"]
    ref = ref or doubt["candidates"][0]["ref"]
    choosing.choose(seats=seats, row=row, slot=doubt["slot"], ref=ref, alike=True)
    compare_move(seats=seats, move=move)
    return str(ref)


def told(move: Move) -> list[str]:
    (row,) = MoveRow.objects.filter(move=move)
    found: list[str] = row.plan.get("told", [])
    return [words for words in found if words.startswith("Chosen")]


def test_an_answer_is_taken_over_by_the_next_move_and_said(world: World, seats: Seats) -> None:
    kept = standing(seats, world.alpha)
    move = asked(seats, world.alpha)
    assert answer(seats, move) == f"o:{kept.pk}"
    assert told(move) == []
    import_move(seats=seats, move=move)
    move.refresh_from_db()
    assert list(move.outcome["answers"].values()) == [f"o:{kept.pk}"]
    assert "vexotron" not in str(move.outcome["answers"]).lower()
    later = asked(seats, world.alpha)
    assert states(later) == {"same": 1}
    assert [words.partition(" of ")[0] for words in told(later)] == [
        "Chosen, as you answered in the move"
    ]
    compare_move(seats=seats, move=later)
    assert len(told(later)) == 1
    import_move(seats=seats, move=later)
    assert Organisation.objects.filter(name__startswith="Vexotron S").count() == 1


def test_what_was_made_new_is_meant_the_next_time(world: World, seats: Seats) -> None:
    standing(seats, world.alpha)
    move = asked(seats, world.alpha)
    answer(seats, move, "new")
    import_move(seats=seats, move=move)
    made = Organisation.objects.get(name="Vexotron Sisteemen")
    move.refresh_from_db()
    assert list(move.outcome["answers"].values()) == [f"o:{made.pk}"]
    assert states(asked(seats, world.alpha)) == {"same": 1}


def test_an_answer_that_was_taken_over_can_be_changed(world: World, seats: Seats) -> None:
    standing(seats, world.alpha)
    move = asked(seats, world.alpha)
    answer(seats, move)
    import_move(seats=seats, move=move)
    later = asked(seats, world.alpha)
    choosing.take_in_again(seats=seats, row=MoveRow.objects.get(move=later))
    compare_move(seats=seats, move=later)
    assert states(later) == {"doubtful": 1}
    assert not choosing.is_chosen(MoveRow.objects.get(move=later))
    answer(seats, later, "new")
    assert (states(later), told(later)) == ({"new": 1}, [])
    import_move(seats=seats, move=later)
    made = Organisation.objects.get(name="Vexotron Sisteemen")
    assert made.pk in {
        int(ref.removeprefix("o:"))
        for answers in Move.objects.filter(pk=later.pk).values_list("outcome__answers", flat=True)
        for ref in answers.values()
    }


def test_a_move_that_was_taken_back_gives_no_answers(world: World, seats: Seats) -> None:
    standing(seats, world.alpha)
    move = asked(seats, world.alpha)
    answer(seats, move)
    import_move(seats=seats, move=move)
    undo_move(seats=seats, move=move)
    assert states(asked(seats, world.alpha)) == {"doubtful": 1}


def test_a_rehearsal_gives_no_answers(world: World, seats: Seats) -> None:
    standing(seats, world.alpha)
    move = asked(seats, world.alpha)
    answer(seats, move, "new")
    assert rehearse_move(seats=seats, move=move)["answers"] == {}
    assert states(asked(seats, world.alpha)) == {"doubtful": 1}


def test_another_cluster_is_asked_itself(world: World, seats: Seats) -> None:
    standing(seats, world.alpha)
    move = asked(seats, world.alpha)
    answer(seats, move)
    import_move(seats=seats, move=move)
    others = acting(world, "other_manager")
    standing_there = moved(others, world.beta, leden_csv=FIRST)
    import_move(seats=others, move=standing_there)
    assert states(asked(others, world.beta)) == {"doubtful": 1}


def test_answers_outlive_the_rows_of_their_move(world: World, seats: Seats) -> None:
    standing(seats, world.alpha)
    move = asked(seats, world.alpha)
    answer(seats, move)
    import_move(seats=seats, move=move)
    discard_rows(frozenset({world.alpha.pk}), timezone.now() + timedelta(days=99))
    assert not MoveRow.objects.filter(move=move).exists()
    assert states(asked(seats, world.alpha)) == {"same": 1}


def test_who_is_gone_is_not_meant(world: World, seats: Seats) -> None:
    standing(seats, world.alpha)
    move = asked(seats, world.alpha)
    answer(seats, move)
    import_move(seats=seats, move=move)
    digest = next(iter(Move.objects.get(pk=move.pk).outcome["answers"]))
    Move.objects.filter(pk=move.pk).update(outcome={"answers": {digest: "o:999999999"}})
    assert states(asked(seats, world.alpha)) == {"doubtful": 1}


def test_an_answer_about_a_contact_is_taken_over(world: World, seats: Seats) -> None:
    standing(seats, world.alpha)
    move = asked(seats, world.alpha, NEXT, "contacten.csv")
    ref = answer(seats, move)
    import_move(seats=seats, move=move)
    assert ref == f"c:{Contact.objects.get(last_name='Adams').pk}"
    Contact.objects.filter(last_name="Adams").update(email="an@vexo.example")
    later = asked(seats, world.alpha, NEXT, "contacten.csv")
    assert (states(later), len(told(later))) == ({"changed": 1}, 1)
    import_move(seats=seats, move=later)
    assert Contact.objects.filter(last_name="Adams").count() == 1


def test_of_two_that_were_called_not_the_same_the_one_of_the_postcode_is_meant(
    world: World, seats: Seats
) -> None:
    one = b"Organisatie;Postcode;Lid sinds\nLumiware;9000;2020-01-02\n"
    import_move(seats=seats, move=asked(seats, world.alpha, one))
    two = asked(seats, world.alpha, one.replace(b"9000", b"2800"))
    answer(seats, two, "new")
    import_move(seats=seats, move=two)
    Move.objects.filter(pk=two.pk).update(outcome={})
    both = list(Organisation.objects.filter(name="Lumiware"))
    assert len(both) == 2
    text = b"Organisatie;Postcode;Lid sinds\nLumiware;9000;2020-01-02\n"
    assert states(asked(seats, world.alpha, text)) == {"doubtful": 1}
    call_distinct(seats=seats, cluster=world.alpha.pk, one=both[0].pk, other=both[1].pk)
    move = asked(seats, world.alpha, text)
    assert states(move) == {"same": 1}
    assert told(move) == ["Chosen, because the others of this name were called not the same."]
    import_move(seats=seats, move=move)
    assert Organisation.objects.filter(name="Lumiware").count() == 2


@pytest.mark.parametrize(("one", "other"), [(("a", "k"), ("b", "k")), (("a", "k"), ("a", "l"))])
def test_a_digest_tells_questions_apart(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert digest_of(1, *one) != digest_of(1, *other)
    assert digest_of(1, *one) != digest_of(2, *one)


def test_the_preview_says_whence_an_answer_is_and_asks_again(
    world: World, seats: Seats, client: Client
) -> None:
    standing(seats, world.alpha)
    move = asked(seats, world.alpha)
    answer(seats, move)
    import_move(seats=seats, move=move)
    later = asked(seats, world.alpha)
    client.force_login(world.people["manager"])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    address = reverse("members:move_rows", args=[world.alpha.key, later.pk])
    page = client.get(address, {"state": "same"}).content.decode()
    assert "Chosen, as you answered in the move of" in page
    assert "Ask again" in page
    row = MoveRow.objects.get(move=later)
    client.post(address, {"row": str(row.pk), "again": "1"})
    page = client.get(address, {"state": "doubtful"}).content.decode()
    assert "Who is meant by" in page
    assert "Ask again" not in page
