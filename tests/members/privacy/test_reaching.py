"""Where a person hides: mails, files, imports, saved views, merged rows, mails that wait."""

import io
from datetime import UTC, date, datetime
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from clusterwerk.activities.models import Activity, Attendance
from clusterwerk.clusters.saved_views.models import SavedView
from clusterwerk.directory.models import Merge
from clusterwerk.members.models import (
    Contact,
    Departure,
    IncomingMail,
    KnownAddress,
    MailAttachment,
    Membership,
    MoveRow,
    NeedOrOffer,
)
from clusterwerk.members.privacy.addresses import addresses_of, merged_into
from clusterwerk.members.privacy.collecting import write_person
from clusterwerk.members.privacy.erasing import erase_contact
from clusterwerk.members.privacy.naming import texts_about
from clusterwerk.members.privacy.suppressing import suppressed
from clusterwerk.platform.access.seats import Seats, seats_for
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.history.tracking import event_model
from factories.world import World

TODAY = date(2026, 11, 22)
EMAIL = "lena@alpha.example"
HOME = "lena@home.example"


@pytest.fixture
def seats(world: World) -> Seats:
    enter(Seats(actor=world.people["manager"].pk))
    found = seats_for(world.people["manager"].pk)
    enter(found)
    return found


@pytest.fixture
def lena(world: World, seats: Seats) -> Contact:
    contact = Contact.objects.get(email=EMAIL)
    KnownAddress.objects.create(cluster=world.alpha, email=HOME, contact=contact)
    return contact


def letter(world: World, number: str, **facts: str) -> IncomingMail:
    sent = datetime(2024, 3, 1, 9, tzinfo=UTC)
    return IncomingMail.objects.create(
        cluster=world.alpha, message_id=f"{number}@x", way="sent", sent_at=sent, **facts
    )


def erase(seats: Seats, contact: Contact) -> None:
    keys = {text.key for text in texts_about(contact) if text.names}
    erase_contact(seats=seats, contact=contact, reason="asked", on=TODAY, emptied=keys)
    enter(seats)


def test_mails_by_any_address_and_mails_that_name_the_person_are_emptied(
    world: World, seats: Seats, lena: Contact
) -> None:
    own = letter(world, "1", sender=HOME, sender_name="Lena", subject="Hello", text="Dear all")
    MailAttachment.objects.create(
        cluster=world.alpha, mail=own, name="cv.pdf", media_type="x", size=1, content=b"x"
    )
    to = letter(world, "2", sender="an@x.example", recipients=f"Lena <{EMAIL}>", subject="Plan")
    named = letter(world, "3", sender="an@x.example", text="Ask Lena Écluse about it.")
    file = MailAttachment.objects.create(
        cluster=world.alpha,
        mail=named,
        name="CV Lena Écluse.pdf",
        media_type="application/pdf",
        size=4,
        content=b"%PDF",
    )
    erase(seats, lena)
    for mail in (own, to, named):
        mail.refresh_from_db()
    assert (own.sender, own.sender_name, own.subject, own.text) == ("", "—", "—", "")
    assert not MailAttachment.objects.filter(mail=own).exists()
    assert (to.sender, to.subject, to.recipients) == ("an@x.example", "Plan", "—")
    assert (named.sender, named.text) == ("an@x.example", "")
    file.refresh_from_db()
    assert (file.name, file.content) == ("—", None)
    for model in (IncomingMail, MailAttachment, Contact, KnownAddress):
        past = event_model(model)
        assert past is not None
        left = past._meta.base_manager.filter(cluster=world.alpha)
        assert not [row for row in left.values() if "cluse" in str(row) or HOME in str(row)], model


@pytest.fixture
def lists(world: World, seats: Seats) -> dict[str, Attendance]:
    """Lists that print the name in several ways, at several organisations."""
    firm, other = world.company, world.rival
    told: dict[str, dict[str, Any]] = {
        "as she is": {"printed_name": "Lena Écluse", "organisation": firm},
        "turned round": {"printed_name": "ECLUSE,  Lena", "organisation": firm},
        "as printed": {"printed_name": "lena ecluse", "printed_organisation": firm.name.upper()},
        "elsewhere": {"printed_name": "Lena Écluse", "organisation": other},
        "nowhere": {"printed_name": "Écluse Lena"},
        "another address": {
            "printed_name": "Lena Écluse", "organisation": firm, "email": "lena@elsewhere.example"
        },
        "half a name": {"printed_name": "Lena", "organisation": firm},
        "a longer name": {"printed_name": "Lena Écluse-Maes", "organisation": firm},
        "an address of before": {"printed_name": "L.", "email": HOME},
    }  # fmt: skip
    return {
        key: Attendance.objects.create(
            cluster=world.alpha,
            activity=Activity.objects.create(
                cluster=world.alpha, name=f"Evening {key}", day=date(2024, 5, 6), source="test"
            ),
            source=f"list {key}",
            **facts,
        )
        for key, facts in told.items()
    }


def test_a_list_that_prints_the_name_is_found_and_a_like_name_elsewhere_is_asked(
    lena: Contact, lists: dict[str, Attendance]
) -> None:
    found = {text.pk: text.names for text in texts_about(lena) if text.model is Attendance}
    assert {key: found[row.pk] for key, row in lists.items() if row.pk in found} == {
        "as she is": True, "turned round": True, "as printed": True,
        "elsewhere": False, "nowhere": False, "another address": False,
    }  # fmt: skip


def test_where_two_contacts_are_called_the_same_every_printed_name_is_asked(
    world: World, lena: Contact, lists: dict[str, Attendance]
) -> None:
    Contact.objects.create(
        cluster=world.alpha, first_name="Léna", last_name="Ecluse", source="test"
    )
    found = [text.names for text in texts_about(lena) if text.model is Attendance]
    assert found == [False] * 6


@pytest.mark.parametrize("last", ["Sørensen", "Łukowski", "Lœuillet", "Đorđević", "Weiß"])
def test_letters_that_sort_as_others_are_found_on_lists_too(
    world: World, lena: Contact, last: str
) -> None:
    Contact.objects.filter(pk=lena.pk).update(first_name="Bo", last_name=last)
    lena.refresh_from_db()
    evening = Activity.objects.create(
        cluster=world.alpha, name="Evening", day=date(2026, 5, 6), source="test"
    )
    row = Attendance.objects.create(
        cluster=world.alpha, activity=evening, printed_name=f"{last.upper()} Bo", source="list"
    )
    assert [text.pk for text in texts_about(lena) if text.model is Attendance] == [row.pk]


def test_printed_names_go_with_their_past_and_the_count_stays(
    seats: Seats, lena: Contact, lists: dict[str, Attendance]
) -> None:
    number = Attendance.objects.count()
    erase(seats, lena)
    left = set(
        Attendance.objects.exclude(printed_name__startswith="—").values_list("pk", flat=True)
    )
    assert left.issuperset(
        lists[key].pk
        for key in ("elsewhere", "nowhere", "another address", "half a name", "a longer name")
    )
    assert left.isdisjoint(
        lists[key].pk for key in ("as she is", "turned round", "as printed", "an address of before")
    )
    assert Attendance.objects.count() == number
    past = event_model(Attendance)
    assert past is not None
    told = past._meta.base_manager.filter(pgh_obj_id=lists["turned round"].pk)
    assert "ECLUSE,  Lena" not in told.values_list("printed_name", flat=True)


def test_who_took_over_an_address_keeps_the_own_name_on_lists(
    world: World, seats: Seats, lena: Contact
) -> None:
    successor = Contact.objects.create(
        cluster=world.alpha, first_name="Omar", last_name="Naciri", source="test"
    )
    evening = Activity.objects.create(
        cluster=world.alpha, name="Evening", day=date(2026, 5, 6), source="test"
    )
    row = Attendance.objects.create(
        cluster=world.alpha, activity=evening, contact=successor, printed_name="Omar Naciri",
        email=HOME, source="list",
    )  # fmt: skip
    erase(seats, lena)
    row.refresh_from_db()
    assert (row.contact, row.printed_name, row.email) == (successor, "Omar Naciri", HOME)


def test_the_manager_ticks_a_like_name_and_it_goes_too(
    client: Client, world: World, lena: Contact, lists: dict[str, Attendance]
) -> None:
    client.force_login(world.people["manager"])
    page = f"/members/alpha/contacts/{lena.pk}/erase/"
    shown = client.get(page).content.decode()
    for key, mark in (("as she is", " checked"), ("nowhere", "")):
        assert f'value="attendance-{lists[key].pk}"{mark}>' in shown
    told = {"reason": "asked", "is_sure": "on", "emptied": f"attendance-{lists['nowhere'].pk}"}
    assert client.post(page, told).status_code == 302
    lists["nowhere"].refresh_from_db()
    lists["as she is"].refresh_from_db()
    assert lists["nowhere"].printed_name == f"— {lists['nowhere'].pk}"
    assert lists["as she is"].printed_name == "Lena Écluse"


def test_all_data_on_a_person_leaves_out_a_like_name_elsewhere(
    lena: Contact, lists: dict[str, Attendance]
) -> None:
    file = io.BytesIO()
    write_person(file, contact=lena, cluster="Alpha", day=TODAY)
    told = ZipFile(file).read("tables/activities_attendance.csv").decode("utf-8-sig")
    assert ("list as she is" in told, "list nowhere" in told) == (True, False)


def test_all_data_on_a_person_brings_their_mails_with_their_files(
    world: World, lena: Contact
) -> None:
    own = letter(world, "1", sender=HOME, subject="Hello", text="Dear all")
    file = MailAttachment.objects.create(
        cluster=world.alpha, mail=own, name="../cv.pdf", media_type="x", size=1, content=b"%PDF"
    )
    written = io.BytesIO()
    write_person(written, contact=lena, cluster="Alpha", day=TODAY)
    with ZipFile(written) as archive:
        assert archive.read(f"files/{file.pk} _cv.pdf") == b"%PDF"
        assert "Dear all" in archive.read("data.json").decode()


def test_no_search_finds_the_person_any_more(
    world: World, seats: Seats, lena: Contact, client: Client
) -> None:
    client.force_login(world.people["manager"])
    pages = ("/desk/search/?q=ecluse", "/members/alpha/contacts/?q=ecluse")
    assert ["Écluse" in client.get(page).content.decode() for page in pages] == [True, True]
    enter(seats)
    erase(seats, lena)
    assert ["Écluse" in client.get(page).content.decode() for page in pages] == [False, False]


def test_an_address_of_before_is_known_and_none_of_them_comes_back(
    world: World, seats: Seats, lena: Contact
) -> None:
    lena.email = "lena@new.example"
    lena.save()
    assert addresses_of(lena) == {EMAIL, HOME, "lena@new.example"}
    erase(seats, lena)
    found = suppressed(world.alpha.pk, [EMAIL, HOME, "lena@new.example", "an@x.example"])
    assert set(found) == {EMAIL, HOME, "lena@new.example"}


def test_rows_of_an_import_are_emptied_by_address_and_by_both_names(
    world: World, seats: Seats, lena: Contact
) -> None:
    row = MoveRow.objects.get(cluster=world.alpha)
    cells: list[tuple[list[str], list[str], str]] = [
        (["Écluse", "Lena", "09 222 33 44"], [], ""),
        (["?"], [HOME.upper()], ""),
        (["x"], [], "Lena Écluse"),
        (["Lena", "Other"], [], ""),
    ]
    own = {"cluster": world.alpha, "move": row.move, "file": row.file}
    rows = [
        MoveRow.objects.create(**own, number=11 + n, cells=read, edited=edited, title=title)
        for n, (read, edited, title) in enumerate(cells)
    ]
    erase(seats, lena)
    for each in rows:
        each.refresh_from_db()
    assert [each.cells for each in rows] == [[], [], [], ["Lena", "Other"]]
    assert rows[2].title == "—"


def test_saved_views_that_search_for_the_person_go(
    world: World, seats: Seats, lena: Contact
) -> None:
    facts = {"cluster": world.alpha, "owner": world.people["manager"], "list_key": "contacts"}
    for name, query in (
        ("Builders", "q=Lena+%C3%89cluse"),
        ("Lena Écluse", ""),
        ("One", "q=lena%40alpha.example"),
        ("Open", "q=lens"),
    ):
        SavedView.objects.create(name=name, query=query, **facts)
    erase(seats, lena)
    assert list(SavedView.objects.values_list("name", flat=True)) == ["Open"]


def test_a_contact_that_became_part_of_this_one_goes_with_it(
    world: World, seats: Seats, lena: Contact
) -> None:
    other = Contact.objects.create(cluster=world.alpha, email="l.ecluse@old.example", source="test")
    gone = Contact.objects.create(cluster=world.alpha, last_name="Ecluse", source="test")
    subject = Contact._meta.label_lower
    for losing, keeping in ((other, lena), (gone, other)):
        Merge.objects.create(
            cluster_id=world.alpha.pk, subject=subject, losing=losing.pk, keeping=keeping.pk
        )
    number = gone.pk
    gone.delete()
    assert merged_into(lena) == {other.pk, number}
    erase(seats, lena)
    other.refresh_from_db()
    assert (str(other), other.email) == ("—", "")
    past = event_model(Contact)
    assert past is not None
    names = past._meta.base_manager.filter(pgh_obj_id=number).values_list("last_name", flat=True)
    assert set(names) == {None}


def test_what_a_member_asked_and_why_it_left_is_shown_to_the_manager_when_it_names_the_person(
    world: World, seats: Seats, lena: Contact
) -> None:
    own = {"cluster": world.alpha, "organisation": world.company}
    NeedOrOffer.objects.create(
        **own, kind="need", title="A partner", text="Ask Lena Écluse.", told_on=TODAY
    )
    left = Departure.objects.filter(cluster=world.alpha)
    left.update(note=f"Told by {EMAIL}")
    found = {text.model for text in texts_about(lena) if text.names}
    assert found >= {NeedOrOffer, Departure}
    erase(seats, lena)
    assert NeedOrOffer.objects.get(cluster=world.alpha, told_on=TODAY).text == ""
    assert left.get().note == "—"


def test_counts_stand_as_they_stood(world: World, seats: Seats, lena: Contact) -> None:
    Attendance.objects.filter(cluster=world.alpha).update(email=EMAIL)
    counted = [Attendance.objects.count(), Membership.objects.count(), IncomingMail.objects.count()]
    erase(seats, lena)
    after = [Attendance.objects.count(), Membership.objects.count(), IncomingMail.objects.count()]
    assert after == counted
