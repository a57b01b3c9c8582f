"""The tray, the address of the team, dropped files and the quick note, as pages."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings as SettingsWrapper

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import Contact, IncomingMail, Interaction, MailAddress
from clusterwerk.platform.access.session import enter
from factories.world import World, cluster_seats

MAIL = (
    "From: Lena <lena@alpha.example>\nTo: manager@example.org\nSubject: The offer\n"
    "Date: Mon, 3 Feb 2025 14:05:00 +0100\nMessage-ID: <a@b>\n\nFine.\n\n"
    "On Mon, 3 Feb 2025 Manager wrote:\n> Would you?\n"
)


@pytest.fixture
def manager(client: Client, world: World) -> Client:
    client.force_login(world.people["manager"])
    return client


def page(name: str, *more: object) -> str:
    return reverse(f"members:{name}", args=["alpha", *more])


def drop(client: Client, *texts: str | bytes, **about: object) -> str:
    files = [
        SimpleUploadedFile(f"mail{n}.eml", text if isinstance(text, bytes) else text.encode())
        for n, text in enumerate(texts)
    ]
    answer = client.post(page("mail_drop"), {"mails": files, **about}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def own(world: World, **facts: object) -> IncomingMail:
    enter(cluster_seats(world.alpha))
    return IncomingMail.objects.get(cluster=world.alpha, **facts)


def test_a_dropped_mail_stands_on_the_timeline_with_its_quotation_folded(
    manager: Client, world: World
) -> None:
    assert "“The offer” is on the timeline." in drop(manager, MAIL)
    mail = own(world, message_id="a@b")
    shown = manager.get(page("interaction_change", mail.interaction_id)).content.decode()
    assert "lena@alpha.example" in shown
    assert "<summary>Show what was said before</summary>" in shown


def test_what_is_no_mail_is_refused_by_name_and_the_others_come_in(
    manager: Client, world: World
) -> None:
    shown = drop(manager, b"\x89PNG\r\n\x1a\n\x00", b"\xd0\xcf\x11\xe0 outlook", MAIL)
    assert "“mail0.eml” is no mail." in shown
    assert "“mail1.eml” is a file of Outlook itself (.msg)." in shown
    assert "“The offer” is on the timeline." in shown


def test_a_mail_dropped_on_a_file_of_another_is_on_both(manager: Client, world: World) -> None:
    drop(manager, MAIL.replace("lena@alpha", "x@there"), organisation=world.company.pk)
    talk = own(world, message_id="a@b").interaction
    assert talk is not None
    assert [party.organisation for party in talk.parties.all()] == [world.company]


def test_the_tray_shows_a_mail_files_it_and_goes_to_the_next(manager: Client, world: World) -> None:
    waiting = own(world, state="waiting")
    shown = manager.get(page("mail_list")).content.decode()
    assert "A question" in shown
    address = page("mail_read", waiting.pk)
    assert "Who are you?" in manager.get(address).content.decode()
    refused = manager.post(address, {"do": "file"})
    assert refused.status_code == 422
    answer = manager.post(address, {"do": "file", "person": "lena@alpha.example"})
    assert answer.headers["Location"] == page("mail_list")
    assert own(world, pk=waiting.pk).state == "filed"
    assert manager.get(address).headers["Location"].startswith("/members/alpha/timeline/")


def test_a_name_that_fits_two_contacts_is_asked_again(manager: Client, world: World) -> None:
    waiting = own(world, state="waiting")
    Contact.objects.create(cluster=world.alpha, first_name="Lena", last_name="Two", source="test")
    answer = manager.post(page("mail_read", waiting.pk), {"do": "file", "person": "lena"})
    assert answer.status_code == 422
    assert "Several contacts fit: " in answer.content.decode()


def test_a_mail_is_dismissed_and_taken_back(manager: Client, world: World) -> None:
    waiting = own(world, state="waiting")
    manager.post(page("mail_read", waiting.pk), {"do": "dismiss"})
    assert "A question" in manager.get(page("mail_list") + "?show=dismissed").content.decode()
    manager.post(page("mail_read", waiting.pk), {"do": "back"})
    assert own(world, pk=waiting.pk).state == "waiting"


def test_the_sender_becomes_a_contact_with_what_the_mail_tells(
    manager: Client, world: World
) -> None:
    waiting = own(world, state="waiting")
    address = page("mail_contact", waiting.pk)
    assert "stranger@there.example" in manager.get(address).content.decode()
    manager.post(address, {"first_name": "Sara", "email": "stranger@there.example"})
    enter(cluster_seats(world.alpha))
    assert Contact.objects.get(email="stranger@there.example").first_name == "Sara"
    assert own(world, pk=waiting.pk).state == "filed"


def test_a_file_is_a_download_of_the_team_alone(
    manager: Client, world: World, client: Client
) -> None:
    file = own(world, state="waiting").attachments.get()
    answer = manager.get(page("mail_file", file.pk))
    assert answer.content == b"%PDF"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    client.force_login(world.people["other_manager"])
    assert client.get(page("mail_file", file.pk)).status_code in {403, 404}


def test_the_address_is_made_shown_and_renewed(
    manager: Client, world: World, settings: SettingsWrapper
) -> None:
    settings.MAIL_IN_DOMAIN = "in.example.org"
    manager.post(page("mail_address"))
    enter(cluster_seats(world.alpha))
    made = MailAddress.objects.get(cluster=world.alpha, ended_at=None)
    shown = manager.get(page("mail_address")).content.decode()
    assert f"team-{made.token}@in.example.org" in shown


def test_an_observer_reads_the_tray_and_changes_nothing(client: Client, world: World) -> None:
    client.force_login(world.people["observer"])
    waiting = own(world, state="waiting")
    assert client.get(page("mail_read", waiting.pk)).status_code == 200
    assert client.post(page("mail_read", waiting.pk), {"do": "dismiss"}).status_code == 403
    assert client.post(page("mail_drop"), {}).status_code == 403
    assert client.post(page("mail_address")).status_code == 403
    assert own(world, pk=waiting.pk).state == "waiting"


def note(world: World, **facts: object) -> dict[str, object]:
    return {
        "number": str(uuid.uuid4()), "cluster": "alpha", "member": world.company.pk,
        "kind": "meeting", "body": "They need a partner.", **facts,
    }  # fmt: skip


def notes(cluster: Cluster) -> list[Interaction]:
    enter(cluster_seats(cluster))
    return list(Interaction.objects.filter(cluster=cluster, external_id__startswith="note:"))


def test_a_note_is_sent_as_a_plain_form_and_twice_is_once(manager: Client, world: World) -> None:
    typed = note(world, at="2025-02-03T13:05:00Z")
    for _again in range(2):
        answer = manager.post(reverse("members:note_quick"), typed)
        assert answer.status_code == 302
    (kept,) = notes(world.alpha)
    assert (kept.kind, kept.subject, kept.body) == ("meeting", "They need a partner.", "")
    assert kept.happened_at.isoformat() == "2025-02-03T13:05:00+00:00"
    assert kept.parties.get().organisation == world.company
    assert kept.author == world.people["manager"]


def test_a_long_note_is_found_by_its_beginning(manager: Client, world: World) -> None:
    text = f"They need a partner.\n{'For the trial. ' * 10}End"
    manager.post(reverse("members:note_quick"), note(world, body=text))
    (kept,) = notes(world.alpha)
    assert kept.subject.startswith("They need a partner. For the trial.")
    assert (len(kept.subject), kept.body) == (80, text)


def test_a_script_is_told_whether_a_note_was_kept(manager: Client, world: World) -> None:
    address, asks = reverse("members:note_quick"), {"Accept": "application/json"}
    kept = manager.post(address, note(world), headers=asks)
    assert kept.json() == {"kept": True}
    wrong = manager.post(address, note(world, member="", typed="Nowhere"), headers=asks)
    assert wrong.status_code == 422
    assert wrong.json() == {"kept": False, "problem": "No member has “Nowhere” in its name."}
    assert len(notes(world.alpha)) == 1


def test_a_member_is_found_by_part_of_its_name(manager: Client, world: World) -> None:
    manager.post(reverse("members:note_quick"), note(world, member="", typed="eclair"))
    assert notes(world.alpha)[0].parties.get().organisation == world.company


def test_a_clock_of_tomorrow_is_a_note_of_now(manager: Client, world: World) -> None:
    answer = manager.post(reverse("members:note_quick"), note(world, at="2099-01-01T00:00:00Z"))
    assert answer.status_code == 302
    assert notes(world.alpha)[0].happened_at.year < 2099


def test_what_was_typed_comes_back_when_no_member_was_chosen(manager: Client, world: World) -> None:
    answer = manager.post(reverse("members:note_quick"), note(world, member=""))
    assert answer.status_code == 422
    assert "They need a partner." in answer.content.decode()
    assert notes(world.alpha) == []


def test_a_member_of_another_cluster_is_none_of_ours(manager: Client, world: World) -> None:
    answer = manager.post(reverse("members:note_quick"), note(world, member=world.rival.pk))
    assert answer.status_code == 422
    assert notes(world.alpha) == []


def test_the_empty_page_and_its_worker_hold_nothing_of_anybody(
    manager: Client, world: World
) -> None:
    shell = manager.get(reverse("members:note_shell")).content.decode()
    for private in ("Éclair", "csrfmiddlewaretoken", "data-owner", "alpha", "manager"):
        assert private not in shell
    worker = manager.get(reverse("members:note_worker"))
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert reverse("members:note_shell") in worker.content.decode()
