"""Erasing a person whose address of before is somebody else's now, as that of an office is."""

import io
from datetime import UTC, date, datetime
from zipfile import ZipFile

import pytest
from django.test import Client

from clusterwerk.clusters.inviting.models import SeatRequest
from clusterwerk.members.models import (
    Contact,
    IncomingMail,
    Interaction,
    InteractionParty,
    MailAttachment,
    MoveRow,
)
from clusterwerk.members.privacy.collecting import write_person
from clusterwerk.members.privacy.erasing import erase_contact
from clusterwerk.members.privacy.naming import texts_about
from clusterwerk.platform.access.seats import Seats, seats_for
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.history.tracking import event_model
from factories.world import World

TODAY = date(2026, 11, 22)
EMAIL = "lena@alpha.example"
OFFICE = "office@alpha.example"


@pytest.fixture
def seats(world: World) -> Seats:
    enter(Seats(actor=world.people["manager"].pk))
    found = seats_for(world.people["manager"].pk)
    enter(found)
    return found


@pytest.fixture
def lena(world: World, seats: Seats) -> Contact:
    """Had the address of the office, which Omar has now."""
    contact = Contact.objects.get(email=EMAIL)
    for email in (OFFICE, EMAIL):
        contact.email = email
        contact.save()
    return contact


@pytest.fixture
def omar(world: World, lena: Contact) -> Contact:
    return Contact.objects.create(
        cluster=world.alpha, first_name="Omar", last_name="Naciri", email=OFFICE, source="test"
    )


def talk(world: World, *contacts: Contact) -> Interaction:
    own = {"cluster": world.alpha}
    made = Interaction.objects.create(**own, kind="mail", subject="Talk")
    for contact in contacts:
        InteractionParty.objects.create(**own, interaction=made, contact=contact)
    return made


def letter(world: World, number: str, *contacts: Contact, **facts: str) -> IncomingMail:
    told = {"sender": OFFICE, "sender_name": "The office", "subject": number, "text": "Dear all"}
    mail = IncomingMail.objects.create(
        cluster=world.alpha,
        message_id=f"{number}@x",
        way="sent",
        sent_at=datetime(2024, 3, 1, 9, tzinfo=UTC),
        interaction=talk(world, *contacts) if contacts else None,
        **told | facts,
    )
    MailAttachment.objects.create(
        cluster=world.alpha, mail=mail, name="plan.pdf", media_type="x", size=1, content=b"x"
    )
    return mail


@pytest.fixture
def mails(world: World, lena: Contact, omar: Contact) -> dict[str, IncomingMail]:
    return {
        "with her": letter(world, "with her", lena),
        "with him": letter(world, "with him", omar),
        "with both": letter(world, "with both", lena, omar),
        "in the tray": letter(world, "in the tray"),
        "signed by her": letter(world, "signed by her", text="Regards, Lena"),
    }


def erase(seats: Seats, contact: Contact, *more: str) -> None:
    keys = {text.key for text in texts_about(contact) if text.names}
    erase_contact(seats=seats, contact=contact, reason="asked", on=TODAY, emptied={*keys, *more})
    enter(seats)


def left(mails: dict[str, IncomingMail]) -> dict[str, tuple[str, str, int]]:
    """Sender, text and number of files of each mail."""
    for mail in mails.values():
        mail.refresh_from_db()
    return {
        key: (mail.sender, mail.text, MailAttachment.objects.filter(mail=mail).count())
        for key, mail in mails.items()
    }


KEPT = (OFFICE, "Dear all", 1)
GONE = ("", "", 0)


def test_mails_go_with_whose_talk_they_are_in_and_the_team_is_asked_about_the_others(
    seats: Seats, lena: Contact, mails: dict[str, IncomingMail]
) -> None:
    asked = {text.pk: text.names for text in texts_about(lena) if text.model is IncomingMail}
    assert asked == {
        mails["with both"].pk: False,
        mails["in the tray"].pk: False,
        mails["signed by her"].pk: True,
    }
    erase(seats, lena)
    assert left(mails) == {
        "with her": GONE,
        "with him": KEPT,
        "with both": KEPT,
        "in the tray": KEPT,
        "signed by her": GONE,
    }


def test_without_another_bearer_all_mails_of_an_address_of_before_go(
    seats: Seats, lena: Contact, omar: Contact, mails: dict[str, IncomingMail]
) -> None:
    omar.email = ""
    omar.save()
    erase(seats, lena)
    assert set(left(mails).values()) == {GONE}


def test_the_present_address_of_the_erased_reaches_all_its_mails(
    world: World, seats: Seats, lena: Contact, omar: Contact
) -> None:
    mails = {"own": letter(world, "own", omar, sender=EMAIL)}
    erase(seats, lena)
    assert left(mails) == {"own": GONE}


def test_the_manager_sees_sender_and_day_and_a_ticked_mail_goes_whole_with_its_past(
    client: Client, world: World, seats: Seats, lena: Contact, mails: dict[str, IncomingMail]
) -> None:
    client.force_login(world.people["manager"])
    page = f"/members/alpha/contacts/{lena.pk}/erase/"
    shown = client.get(page).content.decode()
    for key, mark in (("in the tray", ""), ("signed by her", " checked")):
        assert f'value="incomingmail-{mails[key].pk}"{mark}>' in shown
    assert f"The office, {OFFICE}, March 1, 2024" in shown
    assert shown.count("from an address that is somebody else's now") == 3
    key = f"incomingmail-{mails['in the tray'].pk}"
    told = {"reason": "asked", "is_sure": "on", "emptied": key}
    assert client.post(page, told).status_code == 302
    enter(seats)
    found = left(mails)
    assert (found["in the tray"], found["signed by her"][0]) == (GONE, OFFICE)
    past = event_model(IncomingMail)
    assert past is not None
    events = past._meta.base_manager.filter(pgh_obj_id=mails["in the tray"].pk)
    assert set(events.values_list("sender", "subject")) == {(None, None), ("", "—")}


def test_all_data_on_the_person_leaves_out_mails_of_who_has_the_address_now(
    lena: Contact, mails: dict[str, IncomingMail]
) -> None:
    file = io.BytesIO()
    write_person(file, contact=lena, cluster="Alpha", day=TODAY)
    told = ZipFile(file).read("tables/members_incomingmail.csv").decode("utf-8-sig")
    assert {key for key in mails if key in told} == {"with her", "signed by her"}


def test_who_has_the_address_now_keeps_the_own_name_among_recipients_requests_and_imports(
    world: World, seats: Seats, lena: Contact, omar: Contact
) -> None:
    to = {
        name: letter(world, name, sender="an@x.example", recipients=f"{name} <{OFFICE}>")
        for name in ("Omar Naciri", "Lena")
    }
    requests = {
        name: SeatRequest.objects.create(
            cluster=world.alpha, organisation=world.company, email=OFFICE, name=name,
            asked_by=world.people["manager"], state="refused", settled_at=datetime.now(UTC),
        )
        for name in ("Omar Naciri", "Lena Écluse")
    }  # fmt: skip
    first = MoveRow.objects.get(cluster=world.alpha)
    own = {"cluster": world.alpha, "move": first.move, "file": first.file}
    rows = [
        MoveRow.objects.create(**own, number=11 + n, cells=cells)
        for n, cells in enumerate([["Naciri", OFFICE], ["L. Écluse", OFFICE]])
    ]
    erase(seats, lena)
    for each in (*to.values(), *requests.values(), *rows):
        each.refresh_from_db()
    assert [mail.recipients for mail in to.values()] == [f"Omar Naciri <{OFFICE}>", "—"]
    assert [asked.name for asked in requests.values()] == ["Omar Naciri", "—"]
    assert [row.cells for row in rows] == [["Naciri", OFFICE], []]
