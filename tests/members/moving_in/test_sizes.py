"""Sizes in a file of companies: of members alone, with the year told."""

import io

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from clusterwerk.members.forms.moves import KindForm
from clusterwerk.members.models import Move, MoveFile, MoveRow, SizeStatement
from clusterwerk.members.moving_in.comparing import compare_move
from clusterwerk.members.moving_in.files import add_file, begin_move
from clusterwerk.members.moving_in.importing import import_move
from clusterwerk.members.moving_in.targets import target_of
from clusterwerk.members.moving_in.undoing import undo_move
from clusterwerk.members.queries.moves import left_over
from clusterwerk.platform.access.seats import Seats
from factories.moving import accept, moved
from factories.world import World

MEMBERS = b"Organisatie;Lid sinds\nVexotron NV;2020-01-02\nKadormat BV;2020-01-02\n"
HUBSPOT = (
    b"Record ID,Company name,Company owner,Number of Employees,Annual Revenue,Industry\n"
    b"1,Vexotron NV,An,12,1500000.00,IT\n"
    b"2,Kadormat BV,An,,,IT\n"
    b"3,Lumiware,An,7,,IT\n"
    b"4,Doriplas,An,51-200,,IT\n"
)


def uploaded(seats: Seats, world: World, **options: object) -> Move:
    move = begin_move(seats=seats, cluster=world.alpha)
    for name, data in (("hubspot-companies.csv", HUBSPOT), ("leden.csv", MEMBERS)):
        add_file(seats=seats, move=move, name=name, content=_file(data))
    accept(seats, move, **options)
    compare_move(seats=seats, move=move)
    return move


def _file(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)


def plan_of(move: Move, title: str) -> dict[str, object]:
    rows = MoveRow.objects.filter(move=move, file__name="hubspot-companies.csv")
    found: dict[str, object] = rows.get(title=title).plan
    return found


def stated(world: World) -> list[tuple[object, ...]]:
    rows = SizeStatement.objects.filter(cluster=world.alpha, source__startswith="hubspot")
    return list(rows.values_list("organisation__name", "year", "headcount", "turnover"))


def test_companies_that_become_members_in_the_same_move_get_their_size(
    world: World, seats: Seats
) -> None:
    move = uploaded(seats, world, size_year=2023)
    file = MoveFile.objects.get(move=move, name="hubspot-companies.csv")
    fields = {column["header"]: column["field"] for column in file.columns}
    assert file.kind == "organisations"
    assert fields["Number of Employees"] == "headcount"
    assert fields["Annual Revenue"] == "turnover"
    plan = plan_of(move, "1") if fields["Record ID"] else plan_of(move, "Vexotron NV")
    assert plan["makes"] == ["size"]
    assert plan["told"] == ["Size taken for the year 2023."]
    import_move(seats=seats, move=move)
    assert stated(world) == [("Vexotron NV", 2023, 12, 1500000)]


def test_sizes_of_others_are_left_out_and_told_in_the_file(world: World, seats: Seats) -> None:
    move = uploaded(seats, world)
    import_move(seats=seats, move=move)
    why = {each.number: each.why for each in left_over(move)}
    assert why == {
        4: "Left out: a size is kept of members alone, and this one is no member.",
        5: "Left out: “51-200” is no number of people.",
    }
    assert [row[0] for row in stated(world)] == ["Vexotron NV"]


def test_a_later_file_of_companies_changes_the_size_of_a_member(world: World, seats: Seats) -> None:
    import_move(seats=seats, move=uploaded(seats, world, size_year=2023))
    text = HUBSPOT.replace(b"An,12,1500000.00", b"An,15,")
    move = begin_move(seats=seats, cluster=world.alpha)
    add_file(seats=seats, move=move, name="hubspot-companies.csv", content=_file(text))
    accept(seats, move, size_year=2023)
    compare_move(seats=seats, move=move)
    assert plan_of(move, "Vexotron NV")["changes"] == [["Headcount 2023", "12", "15"]]
    import_move(seats=seats, move=move)
    assert stated(world) == [("Vexotron NV", 2023, 15, 1500000)]
    undo_move(seats=seats, move=move)
    assert stated(world) == [("Vexotron NV", 2023, 12, 1500000)]


def test_a_member_whose_row_is_wrong_gets_no_size(world: World, seats: Seats) -> None:
    wrong = MEMBERS.replace(b"2020-01-02\nKador", b"2190-01-02\nKador")
    move = moved(seats, world.alpha, leden_csv=wrong, companies_csv=HUBSPOT)
    import_move(seats=seats, move=move)
    assert not SizeStatement.objects.filter(organisation__name="Vexotron NV").exists()
    assert any("no member" in each.why for each in left_over(move) if each.number == 2)


@pytest.mark.parametrize(("year", "is_valid"), [("2023", True), ("", True), ("1800", False)])
def test_the_year_is_asked_with_the_columns(
    world: World, seats: Seats, year: str, is_valid: bool
) -> None:
    file = MoveFile.objects.get(move=uploaded(seats, world), name="hubspot-companies.csv")
    form = KindForm({"kind": "organisations", "size_year": year}, file=file)
    form.narrow(target_of("organisations"))
    assert form.is_valid() is is_valid
    other = KindForm({"kind": "notes"}, file=file)
    other.narrow(target_of("notes"))
    assert "size_year" not in other.fields


def test_the_page_of_the_columns_asks_the_year(world: World, seats: Seats, client: Client) -> None:
    move = uploaded(seats, world, size_year=2021)
    file = MoveFile.objects.get(move=move, name="hubspot-companies.csv")
    client.force_login(world.people["manager"])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    address = reverse("members:move_file", args=[world.alpha.key, move.pk, file.pk])
    assert 'name="size_year" value="2021"' in client.get(address).content.decode()
