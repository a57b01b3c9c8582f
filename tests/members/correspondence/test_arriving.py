"""Mails that come in: onto a timeline, into the tray, or back to their sender."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings as SettingsWrapper

from clusterwerk.directory.models import Organisation
from clusterwerk.members import actions
from clusterwerk.members.correspondence import arriving, filing, folder
from clusterwerk.members.correspondence.addresses import renew_address, shown, token_of
from clusterwerk.members.correspondence.arriving import (
    Arrival,
    UnknownRecipientError,
    take_in,
)
from clusterwerk.members.correspondence.matching import suggestions, team_addresses
from clusterwerk.members.correspondence.parsing import read_mail
from clusterwerk.members.models import (
    Contact,
    IncomingMail,
    Interaction,
    KnownAddress,
    MailAddress,
    MailAttachment,
)
from clusterwerk.platform.access.seats import SeatRole, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, cluster_seats

MANAGER = "manager@example.org"


def receive(raw: bytes, *, recipient: str, sender: str) -> IncomingMail:
    """A mail that no other room takes."""
    found = arriving.receive(raw, recipient=recipient, sender=sender)
    assert found is not None
    return found


@pytest.fixture
def seats(world: World, settings: SettingsWrapper) -> Seats:
    settings.MAIL_IN_DOMAIN = "in.example.org"
    found = cluster_seats(world.alpha)
    enter(found)
    return found


@pytest.fixture
def address(world: World, seats: Seats) -> str:
    return shown(renew_address(seats=seats, cluster=world.alpha, now=timezone.now()))


def letter(
    sender: str = "Lena Écluse <lena@alpha.example>", to: str = MANAGER, number: str = "1"
) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, "Visit to the plant"
    made["Date"], made["Message-ID"] = "Mon, 3 Feb 2025 14:05:00 +0100", f"<{number}@x.example>"
    made.set_content("See you on Tuesday.")
    made.add_attachment(b"%PDF-1", maintype="application", subtype="pdf", filename="plan.pdf")
    made.add_attachment(b"MZ", maintype="application", subtype="x-exe", filename="run.exe")
    return made.as_bytes()


def test_a_mail_that_a_colleague_sends_on_lands_with_contact_and_organisation(
    world: World, seats: Seats, address: str
) -> None:
    mail = receive(letter(), recipient=address, sender=MANAGER)
    enter(seats)
    assert (mail.state, mail.reason, mail.text) == ("filed", "", "")
    talk = mail.interaction
    assert talk is not None
    assert (talk.kind, talk.subject, talk.body) == (
        "mail",
        "Visit to the plant",
        "See you on Tuesday.",
    )
    assert talk.happened_at.isoformat() == "2025-02-03T13:05:00+00:00"
    assert talk.author_id == world.people["manager"].pk
    party = talk.parties.get()
    assert (str(party.contact), party.organisation) == ("Lena Écluse", world.company)


def test_two_copies_of_one_mail_are_one_talk(world: World, seats: Seats, address: str) -> None:
    for _copy in range(2):
        receive(letter(), recipient=address.upper(), sender=MANAGER)
        enter(seats)
    assert Interaction.objects.filter(cluster=world.alpha, kind="mail").count() == 1
    assert IncomingMail.objects.filter(message_id="1@x.example").count() == 1


def test_a_stranger_who_knows_the_address_reaches_the_tray_alone(
    seats: Seats, address: str
) -> None:
    forged = letter(sender=f"Colleague <{MANAGER}>", to="lena@alpha.example")
    mail = receive(forged, recipient=address, sender="thief@evil.example")
    enter(seats)
    assert (mail.state, mail.reason) == ("waiting", "stranger")
    assert not Interaction.objects.filter(kind="mail").exists()


def test_a_waiting_copy_is_filed_when_a_colleague_sends_it_on(seats: Seats, address: str) -> None:
    first = receive(letter(), recipient=address, sender="lena@alpha.example")
    again = receive(letter(), recipient=address, sender=MANAGER)
    enter(seats)
    assert (first.pk, first.state, again.pk, again.state) == (
        again.pk,
        "waiting",
        first.pk,
        "filed",
    )


def test_an_observer_is_no_sender_that_counts_less_than_a_manager(
    world: World, seats: Seats, address: str
) -> None:
    assert team_addresses(world.alpha.pk, timezone.localdate())["observer@example.org"] > 0
    assert "other_manager@example.org" not in team_addresses(world.alpha.pk, timezone.localdate())


def test_an_address_that_was_renewed_takes_no_mail_any_more(
    world: World, seats: Seats, address: str
) -> None:
    second = shown(renew_address(seats=seats, cluster=world.alpha, now=timezone.now()))
    with pytest.raises(UnknownRecipientError):
        receive(letter(), recipient=address, sender=MANAGER)
    assert receive(letter(), recipient=second, sender=MANAGER).state == "filed"
    enter(seats)
    assert MailAddress.objects.filter(cluster=world.alpha, ended_at=None).count() == 1


@pytest.mark.parametrize(
    "recipient", ["", "team-@in.example.org", "info@in.example.org", "team-" + "0" * 20 + "@x.org"]
)
def test_what_is_no_address_of_a_team_is_unknown(seats: Seats, recipient: str) -> None:
    with pytest.raises(UnknownRecipientError):
        receive(letter(), recipient=recipient, sender=MANAGER)


def test_the_token_is_found_in_any_case_and_in_no_other_domain(address: str, seats: Seats) -> None:
    assert token_of(f"<{address.upper()}>") == token_of(address) != ""
    assert token_of(address.replace("in.example.org", "elsewhere.org")) == ""


def test_an_observer_makes_no_address(world: World, seats: Seats) -> None:
    with pytest.raises(PermissionDenied):
        renew_address(
            seats=cluster_seats(world.alpha, SeatRole.OBSERVER),
            cluster=world.alpha,
            now=timezone.now(),
        )
    assert MailAddress.objects.filter(cluster=world.alpha).count() == 1


def test_files_on_the_list_are_kept_and_of_others_the_name(seats: Seats, address: str) -> None:
    mail = receive(letter(), recipient=address, sender=MANAGER)
    enter(seats)
    found = MailAttachment.objects.filter(mail=mail).order_by("pk")
    assert [(each.name, each.media_type, bytes(each.content or b"")) for each in found] == [
        ("plan.pdf", "application/pdf", b"%PDF-1"),
        ("run.exe", "application/octet-stream", b""),
    ]


def dropped(world: World, seats: Seats, raw: bytes, **facts: object) -> IncomingMail:
    read = read_mail(raw, timezone.now())
    arrival = Arrival(read, "dropped", world.people["manager"].pk, **facts)  # type: ignore[arg-type] # by name
    return take_in(seats=seats, cluster=world.alpha, arrival=arrival)


def test_a_mail_of_nobody_known_waits_and_one_dropped_on_a_file_does_not(
    world: World, seats: Seats
) -> None:
    raw = letter(sender="new@there.example", number="2")
    assert dropped(world, seats, raw).reason == "unknown"
    given = actions.Party(world.company)
    mail = dropped(world, seats, raw, given=given)
    assert mail.state == "filed"
    assert mail.interaction is not None
    assert [party.organisation for party in mail.interaction.parties.all()] == [world.company]


def test_a_mail_to_very_many_waits(world: World, seats: Seats) -> None:
    for n in range(21):
        Contact.objects.create(cluster=world.alpha, email=f"n{n}@works.example", source="test")
    to = ", ".join(f"n{n}@works.example" for n in range(21))
    assert dropped(world, seats, letter(sender=MANAGER, to=to)).reason == "many"


def test_a_remembered_choice_files_the_next_mail_by_itself(
    world: World, seats: Seats, address: str
) -> None:
    mail = dropped(world, seats, letter(sender="info@new.example", number="3"))
    filing.file_mail(seats=seats, mail=mail, parties=[actions.Party(world.company)], remembers=True)
    assert KnownAddress.objects.get(email="info@new.example").organisation == world.company
    following = receive(
        letter(sender="info@new.example", number="4"), recipient=address, sender=MANAGER
    )
    assert following.state == "filed"


def test_a_mail_is_filed_once(world: World, seats: Seats) -> None:
    mail = dropped(world, seats, letter(sender="new@there.example"))
    parties = [actions.Party(world.company)]
    filing.file_mail(seats=seats, mail=mail, parties=parties)
    with pytest.raises(DomainError):
        filing.file_mail(seats=seats, mail=mail, parties=parties)
    assert Interaction.objects.filter(cluster=world.alpha, kind="mail").count() == 1


def test_the_sender_becomes_a_contact_of_the_organisation(world: World, seats: Seats) -> None:
    mail = dropped(world, seats, letter(sender="Nora New <nora@new.example>"))
    facts = actions.ContactFacts(first_name="Nora", last_name="New", email="nora@new.example")
    contact = filing.file_with_new_contact(
        seats=seats, mail=mail, facts=facts, organisation=world.company
    )
    assert [place.organisation for place in contact.positions.all()] == [world.company]
    assert mail.state == "filed"


def test_names_and_domains_are_suggestions_and_nothing_more(world: World, seats: Seats) -> None:
    mail = dropped(world, seats, letter(sender="Lena ECLUSE <l.ecluse@alpha.example>"))
    assert mail.state == "waiting"
    team = team_addresses(world.alpha.pk, timezone.localdate())
    found = [(str(each.why), str(each.party.contact or each.party.organisation))
             for each in suggestions(mail, team)]  # fmt: skip
    assert found == [("same name", "Lena Écluse"), ("same domain", "Éclair Works")]


def test_a_dismissed_mail_comes_back_or_fades(world: World, seats: Seats) -> None:
    mail = dropped(world, seats, letter(sender="new@there.example"))
    assert filing.dismiss_mail(seats=seats, mail=mail)
    assert not filing.dismiss_mail(seats=seats, mail=mail)
    assert filing.take_back_mail(seats=seats, mail=mail)
    filing.dismiss_mail(seats=seats, mail=mail)
    assert filing.let_fade(world.alpha.pk, timezone.now()) == 0
    assert filing.let_fade(world.alpha.pk, timezone.now() + filing.FADES_AFTER) == 1
    mail.refresh_from_db()
    assert (mail.text, mail.sender, mail.subject) == ("", "", "")
    assert not MailAttachment.objects.filter(mail=mail).exists()
    assert dropped(world, seats, letter(sender="new@there.example")).pk == mail.pk


def test_another_clusters_mail_is_out_of_sight(world: World, seats: Seats) -> None:
    dropped(world, seats, letter())
    enter(cluster_seats(world.beta))
    assert not IncomingMail.objects.filter(cluster=world.alpha).exists()
    assert not MailAttachment.objects.filter(cluster=world.alpha).exists()
    assert not MailAddress.objects.filter(cluster=world.alpha).exists()


def test_deleting_the_talk_takes_its_mail_and_files_along(world: World, seats: Seats) -> None:
    mail = dropped(world, seats, letter())
    assert mail.interaction is not None
    actions.delete_interaction(seats=seats, interaction=mail.interaction)
    assert not IncomingMail.objects.filter(pk=mail.pk).exists()
    assert not MailAttachment.objects.filter(mail_id=mail.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


def test_a_folder_is_emptied_and_what_nobody_takes_is_set_apart(
    seats: Seats, address: str, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    new.mkdir()
    trace = f"Return-Path: <{MANAGER}>\nDelivered-To: {address}\n".encode()
    (new / "1.a").write_bytes(trace + letter())
    (new / "2.b").write_bytes(letter(number="5"))
    assert folder.pick_up(tmp_path) == 1
    enter(seats)
    assert IncomingMail.objects.get(message_id="1@x.example").state == "filed"
    assert [path.name for path in tmp_path.glob("*/*")] == ["2.b:2,"]


def test_the_organisation_of_another_cluster_is_no_party(world: World, seats: Seats) -> None:
    """A remembered address of Beta says nothing to Alpha."""
    assert Organisation.objects.filter(pk=world.rival.pk).exists()
    assert dropped(world, seats, letter(sender="lena@beta.example", number="7")).state == "waiting"
