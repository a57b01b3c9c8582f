"""What the page of a move says afterwards, and of a ZIP that is no workbook."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from clusterwerk.members.models import SuppressionCause
from clusterwerk.members.moving_in.importing import import_move
from clusterwerk.members.moving_in.reading import read_file
from clusterwerk.members.moving_in.undoing import undo_move
from clusterwerk.members.privacy.suppressing import suppress
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.moving import moved
from factories.world import World


def page(client: Client, world: World, move: int) -> str:
    client.force_login(world.people["manager"])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client.get(f"/members/alpha/moves/{move}/").text


def test_a_move_that_was_taken_back_shows_no_figures_of_the_import(
    world: World, seats: Seats, client: Client
) -> None:
    move = moved(seats, world.alpha, leden_csv=b"Naam;Lid sinds\nVexo;1/2/2020\n")
    import_move(seats=seats, move=move)
    assert "Your figures" in page(client, world, move.pk)
    enter(seats)
    undo_move(seats=seats, move=move)
    assert "Your figures" not in page(client, world, move.pk)


def test_a_row_of_an_erased_person_is_not_asked_for_again(
    world: World, seats: Seats, client: Client
) -> None:
    suppress(world.alpha.pk, "lena@weg.example", SuppressionCause.ERASED, date(2024, 5, 6))
    text = b"Voornaam;Achternaam;E-mail\nLena;Wegge;lena@weg.example\nAn;Adam;an@vexo.example\n"
    move = moved(seats, world.alpha, contacten_csv=text)
    import_move(seats=seats, move=move)
    told = page(client, world, move.pk)
    assert "1 row was left out because its person was erased on request" in told
    assert "stayed out" not in told


def test_a_zip_of_tables_is_told_to_be_unpacked_first(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("subscribed_members.csv", "Email Address\nan@vexo.example\n")
    path = tmp_path / "audience.zip"
    path.write_bytes(data.getvalue())
    with pytest.raises(DomainError, match="Unpack it first"):
        read_file(path, "audience.zip")
