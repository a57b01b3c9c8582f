"""The wizard, page by page."""

from io import BytesIO

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from clusterwerk.members.models import Membership, Move, MoveFile, MoveRow, RowState
from clusterwerk.members.moving_in.importing import import_move
from clusterwerk.platform.access.seats import Seats, seats_for
from clusterwerk.platform.access.session import enter
from factories.prepared import hubspot_contacts, member_list, prepared
from factories.world import World, cluster_seats

MOVES = "/members/alpha/moves/"


@pytest.fixture
def manager(client: Client, world: World) -> Client:
    client.force_login(world.people["manager"])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def uploaded(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def begun(manager: Client, world: World, *files: SimpleUploadedFile) -> Move:
    answer = manager.post(MOVES, {"uploaded": files})
    assert answer.status_code == 302, answer.text
    enter(cluster_seats(world.alpha))
    return Move.objects.filter(cluster=world.alpha).latest("pk")


def test_files_are_read_recognised_compared_and_previewed(manager: Client, world: World) -> None:
    facts = prepared(30, 60)
    move = begun(
        manager,
        world,
        uploaded("leden.xlsx", member_list(facts)),
        uploaded("contacts.csv", hubspot_contacts(facts)),
    )
    page = f"{MOVES}{move.pk}/"
    assert "Member list" in manager.get(page).text
    answer = manager.post(page, {"step": "accept"}, follow=True)
    assert answer.redirect_chain == [(f"{page}rows/", 302)]
    assert "no enterprise number" in manager.get(f"{page}rows/?state=wrong").text
    assert "What the import would do" in manager.post(page, {"step": "rehearse"}, follow=True).text
    enter(cluster_seats(world.alpha))
    assert Membership.objects.filter(cluster=world.alpha).count() == 1
    asked = manager.post(page, {"step": "import"})
    enter(cluster_seats(world.alpha))
    assert asked.headers["Location"].startswith("/jobs/")


def test_a_file_that_is_no_table_is_refused_on_the_page_and_leaves_no_move(
    manager: Client, world: World
) -> None:
    answer = manager.post(MOVES, {"uploaded": uploaded("leden.xlsx", b"\x89PNG\r\n\x1a\n...")})
    assert answer.status_code == 422
    assert "leden.xlsx is a picture and no table." in answer.text
    enter(cluster_seats(world.alpha))
    assert Move.objects.filter(cluster=world.alpha).count() == 1  # the one of the small world


def test_an_upload_beyond_the_limit_is_refused_before_it_is_read(
    manager: Client, world: World
) -> None:
    manager.raise_request_exception = False
    answer = manager.generic(
        "POST",
        MOVES,
        b"--x\r\n",
        "multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(200 * 1024 * 1024),
    )
    assert answer.status_code == 400
    assert "This upload has 200 MB; at most 60 MB are taken here." in answer.text
    assert "<h1>This upload is too large</h1>" in answer.text


def test_columns_are_corrected_and_known_the_next_time(manager: Client, world: World) -> None:
    data = b"Wie;Wanneer\nVexotron NV;1/2/2020\n"
    move = begun(manager, world, uploaded("x.csv", data))
    file = MoveFile.objects.get(move=move)
    page = f"{MOVES}{move.pk}/files/{file.pk}/"
    assert "Vexotron NV" in manager.get(page).text
    told = {"kind": "members", "column-0": "name", "column-1": "since"}
    twice = manager.post(page, {**told, "column-1": "name"})
    assert twice.status_code == 422
    assert "is chosen for two columns" in twice.text
    assert manager.post(page, told).status_code == 302
    again = begun(manager, world, uploaded("y.csv", data))
    (kept,) = MoveFile.objects.filter(move=again)
    assert [(each["field"], each["confidence"]) for each in kept.columns] == [
        ("name", 100),
        ("since", 100),
    ]


def test_a_cell_is_corrected_in_place(manager: Client, world: World) -> None:
    move = begun(manager, world, uploaded("leden.csv", b"Naam;Lid sinds\nVexo;gisteren\n"))
    page = f"{MOVES}{move.pk}/"
    manager.post(page, {"step": "accept"})
    enter(cluster_seats(world.alpha))
    row = MoveRow.objects.get(move=move, state=RowState.WRONG)
    answer = manager.post(f"{page}rows/{row.pk}/", {"cell-0": "Vexo", "cell-1": "1/2/2020"})
    assert answer.headers["Location"] == f"{page}rows/?state=new"
    enter(cluster_seats(world.alpha))
    row.refresh_from_db()
    assert (row.state, row.edited) == ("new", [1])


def test_a_doubtful_row_is_settled_for_all_that_ask_the_same(manager: Client, world: World) -> None:
    seats = cluster_seats(world.alpha)
    text = "Naam;E-mail;Voornaam;Achternaam\n"
    text += "Eclaire Works;a@x.example;An;Aa\nEclaire Works;b@x.example;Bo;Bb\n"
    move = begun(manager, world, uploaded("contacten.csv", text.encode()))
    page = f"{MOVES}{move.pk}/"
    manager.post(page, {"step": "accept"})
    enter(seats)
    first = MoveRow.objects.filter(move=move, state=RowState.DOUBTFUL).first()
    assert first is not None
    shown = manager.get(f"{page}rows/").text
    assert "Who is meant by “Eclaire Works”?" in shown
    told = {"row": first.pk, "slot": "organisation", "ref": f"o:{world.company.pk}", "alike": "1"}
    manager.post(f"{page}rows/", told)
    enter(seats)
    assert set(MoveRow.objects.filter(move=move).values_list("state", flat=True)) == {"new"}


def test_what_could_not_be_placed_comes_as_a_file_in_which_nothing_is_a_formula(
    manager: Client, world: World
) -> None:
    text = b"Naam;Lid sinds\n=cmd|' /C calc'!A0;gisteren\n"
    move = begun(manager, world, uploaded("leden.csv", text))
    page = f"{MOVES}{move.pk}/"
    manager.post(page, {"step": "accept"})
    answer = manager.get(f"{page}left-over/?file=csv")
    assert "'=cmd|" in answer.content.decode("utf-8-sig")
    book = openpyxl.load_workbook(BytesIO(manager.get(f"{page}left-over/").content))
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == [
        "Reason",
        "File",
        "Sheet",
        "Row",
        "Naam",
        "Lid sinds",
    ]
    assert sheet["E2"].data_type == "s"
    assert sheet["A2"].value == "“gisteren” is no day. Write it as 31/12/2023."


def test_a_browser_that_was_closed_finds_the_draft_again(manager: Client, world: World) -> None:
    move = begun(manager, world, uploaded("leden.csv", b"Naam;Lid sinds\nVexo;1/2/2020\n"))
    manager.session.flush()
    manager.force_login(world.people["staff"])
    assert f"{MOVES}{move.pk}/" in manager.get(MOVES).text
    assert manager.post(f"{MOVES}{move.pk}/", {"step": "accept"}).status_code == 302


def test_two_clicks_on_import_are_one_job(manager: Client, world: World) -> None:
    move = begun(manager, world, uploaded("leden.csv", b"Naam;Lid sinds\nVexo;1/2/2020\n"))
    page = f"{MOVES}{move.pk}/"
    manager.post(page, {"step": "accept"})
    first = manager.post(page, {"step": "import"}).headers["Location"]
    assert manager.post(page, {"step": "import"}).headers["Location"] == first


def test_an_observer_does_not_move_in(client: Client, world: World) -> None:
    client.force_login(world.people["observer"])
    assert client.get(MOVES).status_code == 403


def test_leaving_out_all_that_is_doubtful_leaves_the_others_alone(
    manager: Client, world: World
) -> None:
    facts = prepared(20, 60)
    move = begun(
        manager,
        world,
        uploaded("leden.xlsx", member_list(facts)),
        uploaded("contacts.csv", hubspot_contacts(facts)),
    )
    page = f"{MOVES}{move.pk}/"
    shown = manager.post(page, {"step": "accept"}, follow=True)
    assert "Take the first proposal for 1 question<" in shown.text
    manager.post(f"{page}rows/", {"all": "out"})
    enter(cluster_seats(world.alpha))
    assert MoveRow.objects.filter(move=move, state=RowState.SKIPPED).count() == 1
    assert MoveRow.objects.filter(move=move, state=RowState.NEW).count() == 78


def test_the_first_proposal_is_taken_for_all_questions_at_once(
    manager: Client, world: World
) -> None:
    facts = prepared(20, 60)
    move = begun(
        manager,
        world,
        uploaded("leden.xlsx", member_list(facts)),
        uploaded("contacts.csv", hubspot_contacts(facts)),
    )
    page = f"{MOVES}{move.pk}/"
    manager.post(page, {"step": "accept"})
    assert manager.post(f"{page}rows/", {"all": "first-"}).status_code == 400
    answer = manager.post(f"{page}rows/", {"all": "first-1"}, follow=True)
    assert "1 answer noted." in answer.text
    enter(cluster_seats(world.alpha))
    assert not MoveRow.objects.filter(move=move, state=RowState.DOUBTFUL).exists()


def test_rows_come_in_without_the_cells_that_are_wrong(manager: Client, world: World) -> None:
    text = b"Naam;Ondernemingsnummer;Lid sinds\nVexo;1234;1/2/2020\n;1990000035;gisteren\n"
    move = begun(manager, world, uploaded("leden.csv", text))
    page = f"{MOVES}{move.pk}/"
    manager.post(page, {"step": "accept"})
    manager.post(f"{page}rows/?state=wrong", {"all": "emptied"})
    enter(cluster_seats(world.alpha))
    rows = MoveRow.objects.filter(move=move).order_by("number")
    assert [(row.cells, row.state) for row in rows] == [
        (["Vexo", "", "1/2/2020"], "new"),
        (["", "1990000035", ""], "wrong"),
    ]


def test_a_figure_of_the_result_opens_to_the_records_that_came_in(
    manager: Client, world: World
) -> None:
    move = begun(manager, world, uploaded("leden.csv", b"Naam;Lid sinds\nVexotron;1/2/2020\n"))
    page = f"{MOVES}{move.pk}/"
    manager.post(page, {"step": "accept"})
    enter(cluster_seats(world.alpha))
    manager_seats = Seats(actor=world.people["manager"].pk)
    enter(manager_seats)
    enter(seats_for(world.people["manager"].pk))
    import_move(seats=seats_for(world.people["manager"].pk), move=Move.objects.get(pk=move.pk))
    result = manager.get(page).text
    assert f'href="{page}figures/members.paying/"' in result
    assert 'aria-current="step"' not in manager.get(f"{page}rows/").text
    figure = manager.get(f"{page}figures/members.paying/").text
    enter(seats_for(world.people["manager"].pk))
    kept = Membership.objects.get(organisation__name="Vexotron")
    assert f'<a href="/members/alpha/{kept.pk}/">Vexotron</a>' in figure
    assert "2 records that are counted" in figure
    assert manager.get(f"{page}figures/nothing/").status_code == 404
