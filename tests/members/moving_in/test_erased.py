"""Whoever was erased on request is not brought back by an older file."""

import io
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from clusterwerk.activities.models import Attendance
from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import Contact, Membership, MoveRow, RowState, SuppressionCause
from clusterwerk.members.moving_in import choosing
from clusterwerk.members.moving_in.comparing import compare_move
from clusterwerk.members.moving_in.importing import import_move
from clusterwerk.members.privacy.suppressing import suppress
from clusterwerk.members.queries.moves import erased_rows, has_left_over, left_over
from clusterwerk.platform.access.seats import Seats, seats_for
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.moving import moved, rows, states
from factories.world import World

GONE = "lena@weg.example"
TOLD = "Erased on request, and not brought back. The row was emptied."


def erased(cluster: Cluster) -> None:
    suppress(cluster.pk, GONE, SuppressionCause.ERASED, date(2024, 5, 6))


def test_a_row_of_somebody_erased_is_left_out_and_emptied(world: World, seats: Seats) -> None:
    erased(world.alpha)
    text = b"Voornaam;Achternaam;E-mail\nLena;Wegge;Lena@Weg.example\nAn;Adam;an@vexo.example\n"
    move = moved(seats, world.alpha, contacten_csv=text)
    (row,) = rows(move, RowState.SKIPPED)
    assert (row.cells, row.title, row.plan["remarks"]) == (["", "", ""], "", [[-1, TOLD]])
    assert (list(left_over(move)), has_left_over(move), erased_rows(move)) == ([], False, 1)
    compare_move(seats=seats, move=move)
    assert states(move) == {"new": 1, "skipped": 1}
    import_move(seats=seats, move=move)
    assert Contact.objects.filter(last_name="Adam").count() == 1
    assert not Contact.objects.filter(last_name="Wegge").exists()


def test_of_a_member_the_contact_alone_is_left_out(world: World, seats: Seats) -> None:
    erased(world.alpha)
    text = b"Organisatie;Lid sinds;Contactpersoon;E-mail\nVexotron;1/2/2020;Lena Wegge;" + (
        GONE.encode() + b"\n"
    )
    move = moved(seats, world.alpha, leden_csv=text)
    (row,) = rows(move, RowState.NEW)
    assert row.cells == ["Vexotron", "1/2/2020", "", ""]
    assert row.plan["remarks"] == [
        [3, "The contact was erased on request, and is not brought back."]
    ]
    before = Contact.objects.count()
    import_move(seats=seats, move=move)
    assert Membership.objects.filter(organisation__name="Vexotron").count() == 1
    assert Contact.objects.count() == before


def test_a_list_of_attendance_does_not_print_the_name_again(world: World, seats: Seats) -> None:
    erased(world.alpha)
    text = (
        b"Activiteit;Datum;Naam;E-mail;Aanwezig\n"
        b"Workshop;1/2/2023;Lena Wegge;lena@weg.example;x\nWorkshop;1/2/2023;Piet Moens;p@m.be;x\n"
    )
    move = moved(seats, world.alpha, aanwezigheden_csv=text)
    import_move(seats=seats, move=move)
    names = Attendance.objects.filter(activity__name="Workshop").values_list("printed_name")
    assert list(names) == [("Piet Moens",)]


def test_who_was_erased_after_the_preview_is_left_out_of_the_import(
    world: World, seats: Seats
) -> None:
    text = f"Voornaam;Achternaam;E-mail\nLena;Wegge;{GONE}\n".encode()
    move = moved(seats, world.alpha, contacten_csv=text)
    assert states(move) == {"new": 1}
    erased(world.alpha)
    assert import_move(seats=seats, move=move)["rows"] == {"skipped": 1}
    assert states(move) == {"skipped": 1}
    assert not Contact.objects.filter(email=GONE).exists()


def test_who_came_back_by_themselves_is_a_contact_like_others(world: World, seats: Seats) -> None:
    erased(world.alpha)
    Contact.objects.create(cluster=world.alpha, last_name="Wegge", email=GONE, source="told us")
    text = f"Voornaam;Achternaam;E-mail\nLena;Wegge;{GONE}\n".encode()
    assert states(moved(seats, world.alpha, contacten_csv=text)) == {"changed": 1}


def test_a_row_of_somebody_erased_is_not_filled_in_again(world: World, seats: Seats) -> None:
    erased(world.alpha)
    text = f"Voornaam;Achternaam;E-mail\nLena;Wegge;{GONE}\n".encode()
    move = moved(seats, world.alpha, contacten_csv=text)
    row = MoveRow.objects.get(move=move)
    with pytest.raises(DomainError, match="was erased on request"):
        choosing.edit_cells(seats=seats, row=row, cells=["Lena", "Wegge", ""])
    with pytest.raises(DomainError, match="was erased on request"):
        choosing.take_in_again(seats=seats, row=row)


def test_an_erasure_in_another_cluster_says_nothing_here(world: World, seats: Seats) -> None:
    text = f"Voornaam;Achternaam;E-mail\nLena;Wegge;{GONE}\n".encode()
    enter(Seats(actor=world.people["other_manager"].pk))
    enter(seats_for(world.people["other_manager"].pk))
    erased(world.beta)
    enter(seats)
    assert states(moved(seats, world.alpha, contacten_csv=text)) == {"new": 1}


def test_the_file_of_what_could_not_be_placed_counts_emptied_rows_and_has_none(
    world: World, seats: Seats, client: Client
) -> None:
    erased(world.alpha)
    people = f"Lena;Wegge;{GONE}\nZonder;Adres;niets\nOok;Lena;{GONE.upper()}\n"
    move = moved(seats, world.alpha, contacten_csv=f"Voornaam;Achternaam;E-mail\n{people}".encode())
    assert [(each.number, each.cells) for each in left_over(move)] == [
        (3, ["Zonder", "Adres", "niets"])
    ]
    assert erased_rows(move) == 2
    client.force_login(world.people["manager"])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    address = reverse("members:move_left_over", args=[world.alpha.key, move.pk])
    answer = client.get(address).content
    book = load_workbook(io.BytesIO(answer))
    about = {row[0]: row[1] for row in book.worksheets[-1].iter_rows(values_only=True, max_col=2)}
    assert about["Rows emptied because their person was erased"] == "2"
    assert book.worksheets[0].max_row == 2
