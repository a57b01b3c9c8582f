"""Attendance lists come in, by contact where the person is known, and once."""

import io

import pytest
import xlsxwriter
from django.test import Client

from clusterwerk.activities.models import Activity, ActivityKind, Attendance
from clusterwerk.activities.moving_in import event_of, event_of_sheet, kind_of
from clusterwerk.members.models import Contact, MoveFile
from clusterwerk.members.moving_in.choosing import choose_first
from clusterwerk.members.moving_in.importing import import_move
from clusterwerk.members.moving_in.undoing import undo_move
from clusterwerk.members.timeline import timeline_page
from clusterwerk.platform.access.session import enter
from factories.moving import acting, moved, states, store
from factories.prepared import attendance, attendances, hubspot_contacts, member_list, prepared
from factories.world import World

__all__ = ["store"]

LIST = """Naam;E-mail;Organisatie;Evenement;Datum
An Adam;an@vexo.example;Éclair Works;Netwerkavond najaar;12/10/2023
Bo Boon;;Onbekend BV;Netwerkavond najaar;12/10/2023
An Adam;an@vexo.example;Éclair Works;Werkgroep bouw;1/2/2024
"""


def test_a_list_of_people_and_events_makes_activities_with_who_was_there(world: World) -> None:
    seats = acting(world)
    contact = Contact.objects.create(
        cluster=world.alpha, last_name="Adam", email="an@vexo.example", source="test"
    )
    move = moved(seats, world.alpha, aanwezig_csv=LIST.encode())
    assert MoveFile.objects.get(move=move).kind == "attendance"
    assert states(move) == {"new": 3}
    assert import_move(seats=seats, move=move)["done"] == {"activities": 2, "attendances": 3}
    kinds = Activity.objects.exclude(source="test").order_by("day").values_list("name", "kind")
    assert list(kinds) == [
        ("Netwerkavond najaar", ActivityKind.NETWORK_EVENT),
        ("Werkgroep bouw", ActivityKind.WORKING_GROUP),
    ]
    known, unknown, _other = Attendance.objects.exclude(source="test").order_by("pk")
    assert (known.contact, known.organisation) == (contact, world.company)
    assert (unknown.contact, unknown.printed_name, unknown.printed_organisation) == (
        None,
        "Bo Boon",
        "Onbekend BV",
    )
    page = timeline_page(cluster=world.alpha.pk, contact=contact.pk, kind="activity")
    assert [entry.title for entry in page.entries] == ["Werkgroep bouw", "Netwerkavond najaar"]


def test_the_same_list_again_adds_nobody(world: World) -> None:
    seats = acting(world)
    import_move(seats=seats, move=moved(seats, world.alpha, aanwezig_csv=LIST.encode()))
    again = moved(seats, world.alpha, aanwezig_csv=LIST.encode())
    assert states(again) == {"same": 3}


@pytest.mark.slow
def test_three_years_of_attendance_come_in_beside_members_and_contacts_and_go_again(
    world: World,
) -> None:
    seats = acting(world)
    facts = prepared(30, 60)
    move = moved(
        seats,
        world.alpha,
        leden_xlsx=member_list(facts, dirt=False),
        contacts_csv=hubspot_contacts(facts),
        aanwezigheden_xlsx=attendance(facts),
    )
    kinds = MoveFile.objects.filter(move=move).values_list("kind", flat=True)
    assert list(kinds) == ["members", "contacts", *["attendance_matrix"] * 3]
    assert choose_first(seats=seats, move=move, least=45) == 1  # a name with a letter missing
    done = import_move(seats=seats, move=move)["done"]
    assert done["attendances"] == attendances(facts)
    assert done["activities"] == 36
    assert Attendance.objects.filter(contact=None).count() == 1  # the one of the small world
    undo_move(seats=seats, move=move)
    assert Activity.objects.exclude(source="test").count() == 0
    assert Attendance.objects.count() == 1


def test_an_activity_across_without_a_day_is_asked_for(world: World) -> None:
    seats = acting(world)
    text = "Naam;E-mail;Jaarfeest 3;Opening 12/5/2023\nAn Adam;an@x.example;x;\nBo Boon;;;x\n"
    move = moved(seats, world.alpha, aanwezig_csv=text.encode())
    assert states(move) == {"wrong": 1, "new": 1}


@pytest.mark.parametrize(
    ("header", "name", "day"),
    [
        ("Netwerkavond 12/03/2024", "Netwerkavond", "2024-03-12"),
        ("2024-03-12 Bedrijfsbezoek", "Bedrijfsbezoek", "2024-03-12"),
        ("Workshop (5 mei 2023)", "Workshop", "2023-05-05"),
    ],
)
def test_name_and_day_of_an_activity_are_read_from_its_header(
    header: str, name: str, day: str
) -> None:
    event = event_of(header)
    assert event is not None
    assert (event.name, event.day.isoformat()) == (name, day)


def test_the_kind_of_an_activity_follows_from_its_words() -> None:
    assert kind_of("Stuurgroep Q3") == ActivityKind.STEERING_GROUP
    assert kind_of("Iets anders") is None


def test_the_pages_show_the_own_cluster_alone(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    enter(acting(world))
    own = Activity.objects.get(name="Network evening")
    assert "Network evening" not in client.get("/activities/alpha/").text
    page = client.get("/activities/alpha/?show=past")
    assert "Network evening" in page.text
    assert "An Aerts" in client.get(f"/activities/alpha/{own.pk}/").text
    client.force_login(world.people["other_manager"])
    assert client.get(f"/activities/beta/{own.pk}/").status_code == 404
    assert client.get("/activities/alpha/").status_code == 404


def test_a_workbook_with_a_sheet_for_each_activity_comes_in(world: World) -> None:
    seats = acting(world)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        first = book.add_worksheet("Netwerkavond 12-03-2024")
        second = book.add_worksheet("Blad2")
        second.write(0, 0, "Workshop data, 5 mei 2024")
        for sheet, top in ((first, 0), (second, 2)):
            sheet.write_row(top, 0, ("Naam", "E-mail", "Organisatie", "Handtekening"))
            sheet.write_row(top + 1, 0, ("An Adam", "an@vexo.example", "Vexo", ""))
            sheet.write_row(top + 2, 0, ("Bo Boon", "bo@vexo.example", "Vexo", ""))
    move = moved(seats, world.alpha, aanwezigheden_xlsx=file.getvalue())
    kinds = MoveFile.objects.filter(move=move).values_list("kind", flat=True)
    assert list(kinds) == ["attendance_sheet", "attendance_sheet"]
    import_move(seats=seats, move=move)
    held = Activity.objects.exclude(source="test").values_list("name", "day")
    assert [(name, day.isoformat()) for name, day in held.order_by("day")] == [
        ("Netwerkavond", "2024-03-12"),
        ("Workshop data", "2024-05-05"),
    ]


@pytest.mark.parametrize(
    ("titles", "name", "day"),
    [
        (["10-01 Lerend netwerk", "Aanwezigheden 2024"], "Lerend netwerk", "2024-01-10"),
        (["Ledenavond 14 maart", "Aanwezigheden 2024"], "Ledenavond", "2024-03-14"),
    ],
)
def test_a_day_without_a_year_takes_the_one_year_of_the_file(
    titles: list[str], name: str, day: str
) -> None:
    event = event_of_sheet(titles)
    assert event is not None
    assert (event.name, event.day.isoformat()) == (name, day)


def test_of_two_years_none_is_taken_for_a_day() -> None:
    assert event_of_sheet(["10-01 Lerend netwerk", "Aanwezigheden 2024-2025"]) is None


def test_a_sheet_that_names_no_day_is_asked_for_it() -> None:
    assert event_of_sheet(["Blad1", "leden van ons"]) is None


def test_a_sheet_called_after_its_day_takes_its_name_from_the_title() -> None:
    event = event_of_sheet(["12-03-2024", "Netwerkavond najaar"])
    assert event is not None
    assert (event.name, event.day.isoformat()) == ("Netwerkavond najaar", "2024-03-12")
