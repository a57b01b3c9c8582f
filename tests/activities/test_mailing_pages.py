"""The pages of mailings: from a blank form to a list of who got it, and what everybody reads."""

import pytest
from django.test import Client
from django.urls import reverse

from activities.mailed import contact, prepared, team, written
from activities.registered import published
from clusterwerk.activities.models import Mailing, MailingKind, MailingState
from clusterwerk.clusters.models import SavedView
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.jobs.models import JobRun
from clusterwerk.platform.mail.models import OutgoingMail
from factories.world import World, cluster_seats

TYPED = {
    "kind": "invitation",
    "to": "contacts?",
    "reach": "main",
    "activity": "",
    "sender_name": "Alpha",
    "subject_en": "Come",
    "text_en": "Dear {first_name}",
}


def address(view: str, *rest: object) -> str:
    return reverse(f"activities:{view}", args=["alpha", *rest])


@pytest.fixture
def manager(client: Client, world: World) -> Client:
    client.force_login(world.people["manager"])
    client.cookies["django_language"] = "en"
    return client


def text(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return] # of the client


def newest(world: World) -> Mailing:
    enter(cluster_seats(world.alpha))
    return Mailing.objects.latest("pk")


def test_a_mailing_is_written_looked_at_tested_and_sent_with_two_presses_as_one(
    manager: Client, world: World
) -> None:
    assert manager.post(address("mailing_add"), TYPED).status_code == 302
    own = newest(world)
    page = text(manager.get(address("mailing_detail", own.pk)))
    assert "Dear Lena" in page
    counted = text(manager.get(address("mailing_audience", own.pk)))
    assert "One person gets it" in counted
    preview = text(manager.get(address("mailing_preview", own.pk)))
    assert "lena@alpha.example" in preview
    manager.post(address("mailing_test", own.pk))
    enter(NOBODY)
    with opened("mail"):
        mail = OutgoingMail.objects.latest("pk").content
    assert (mail["to"], mail["subject"]) == (["manager@example.org"], "[test] Come")
    assert "Send it to one person" in text(manager.get(address("mailing_send", own.pk)))
    for _press in range(2):
        assert manager.post(address("mailing_send", own.pk)).status_code in (302, 409)
    enter(NOBODY)
    with opened("jobs"):
        assert JobRun.objects.filter(kind__endswith="prepare_mailing").count() == 1
    assert newest(world).state == MailingState.PREPARING
    assert "Prepare again" in text(manager.get(address("mailing_detail", own.pk)))


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(manager: Client) -> None:
    wrong = {**TYPED, "text_en": "Dear {name}", "subject_en": "Kept words"}
    answer = manager.post(address("mailing_add"), wrong)
    assert answer.status_code == 422
    assert "{name} is not known" in text(answer)
    assert "Kept words" in text(answer)
    nobody = manager.post(address("mailing_add"), {**TYPED, "to": "registered?"})
    assert "Say which activity" in text(nobody)
    assert manager.post(address("mailing_add"), {**TYPED, "to": "contacts?x=1"}).status_code == 422


def test_a_saved_view_stays_as_it_was_chosen_when_it_is_gone(manager: Client, world: World) -> None:
    facts = {"cluster": world.alpha, "list_key": "contacts", "name": "Dutch speakers"}
    seats = team(world)
    enter(seats)
    view = SavedView.objects.create(**facts, owner=world.people["manager"], query="language=nl")
    typed = {**TYPED, "to": "contacts?language=nl"}
    assert manager.post(address("mailing_add"), typed).status_code == 302
    own = newest(world)
    assert (own.view_name, own.view_query) == ("Dutch speakers", "language=nl")
    enter(seats)
    view.delete()
    page = text(manager.get(address("mailing_change", own.pk)))
    assert "Dutch speakers, as it was chosen" in page
    assert manager.post(address("mailing_change", own.pk), typed).status_code == 302


def test_a_newsletter_is_made_from_activities_calls_and_news(manager: Client, world: World) -> None:
    published(world, name="Evening")
    manager.post(address("mailing_add"), {**TYPED, "kind": "newsletter", "is_public": "on"})
    own = newest(world)
    page = text(manager.get(address("mailing_parts", own.pk)))
    assert "Evening" in page
    assert manager.post(address("mailing_parts", own.pk), {}).status_code == 422
    parts = {"call": "Call 4", "call_until": "2030-02-01", "news": "We moved", "news_text": "Here"}
    assert manager.post(address("mailing_parts", own.pk), parts).status_code == 302
    words = newest(world).text_en
    assert "## Call 4" in words
    assert "## We moved\nHere" in words


def test_the_list_of_recipients_says_what_became_of_each_and_leads_to_the_contact(
    manager: Client, world: World
) -> None:
    enter(cluster_seats(world.alpha))
    contact(world.alpha, "none", email="")
    own = prepared(world, written(world))
    page = text(manager.get(address("recipient_list", own.pk)))
    assert "lena@alpha.example" in page
    assert "no e-mail address" in page
    left = text(manager.get(address("recipient_list", own.pk), {"state": "left_out"}))
    assert "lena@alpha.example" not in left
    enter(cluster_seats(world.alpha))
    row = own.recipients.get(email="lena@alpha.example")
    detail = text(manager.get(address("recipient_detail", own.pk, row.pk)))
    assert "Lena Écluse" in detail
    file = b"".join(manager.get(address("recipient_list", own.pk), {"file": "csv"}))
    assert b"lena@alpha.example" in file


def test_pause_go_on_and_stop_from_the_page(manager: Client, world: World) -> None:
    own = prepared(world, written(world))
    for view, state in (("pause", "paused"), ("resume", "sending"), ("stop", "stopped")):
        assert manager.post(address(f"mailing_{view}", own.pk)).status_code == 302
        assert newest(world).state == state
    answer = manager.post(address("mailing_resume", own.pk), follow=True)
    assert "by now" in text(answer)


def test_who_only_reads_along_sees_it_and_changes_nothing(client: Client, world: World) -> None:
    own = written(world)
    client.force_login(world.people["observer"])
    assert client.get(address("mailing_detail", own.pk)).status_code == 200
    for view in ("mailing_send", "mailing_test", "mailing_drop", "mailing_copy", "mailing_change"):
        assert client.post(address(view, own.pk)).status_code == 403


def test_everybody_reads_the_archive_without_a_name_in_it(client: Client, world: World) -> None:
    own = written(
        world,
        kind=MailingKind.NEWSLETTER,
        is_public=True,
        text_en="Dear {first_name},\n\n[web]({link}) <script>",
    )
    page = reverse("agenda:newsletter_detail", args=[own.uid])
    assert client.get(page).status_code == 404
    prepared(world, own)
    enter(NOBODY)
    client.cookies["django_language"] = "en"
    shown = text(client.get(page, {"in": "en"}))
    assert "Dear," in shown
    assert "Lena" not in shown
    assert "&lt;script&gt;" in shown
    listed = text(client.get(reverse("agenda:newsletter_list", args=["alpha"])))
    assert str(own.uid) in listed
    feed = text(client.get(reverse("agenda:newsletter_feed", args=["alpha"])))
    assert "<rss" in feed
    assert str(own.uid) in feed
    assert client.get(reverse("agenda:newsletter_list", args=["nowhere"])).status_code == 404


def test_a_draft_is_copied_and_thrown_away(manager: Client, world: World) -> None:
    first = written(world)
    manager.post(address("mailing_copy", first.pk))
    copy = newest(world)
    assert copy.pk != first.pk
    manager.post(address("mailing_drop", copy.pk))
    assert newest(world).pk == first.pk
    assert manager.get(address("mailing_detail", copy.pk)).status_code == 404
    assert text(manager.get(address("mailing_list"))).count("Kom, {first_name}") == 1
