"""Unsubscribing by one press, mail that comes back, and complaints."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from activities.mailed import (
    NOW,
    contact,
    effects,
    minutes,
    perform,
    prepared,
    recipients,
    states,
    written,
)
from activities.registered import comes, published
from clusterwerk.activities.mailings.audiences import reached
from clusterwerk.activities.mailings.returning import Came, read_report
from clusterwerk.activities.models import (
    LeftOut,
    Mailing,
    MailingAudience,
    MailingKind,
    MailingRecipient,
)
from clusterwerk.members.actions import change_contact
from clusterwerk.members.correspondence.arriving import UnknownRecipientError, receive
from clusterwerk.members.models import Consent, Contact, Suppression
from clusterwerk.platform.access.session import enter
from factories.smtp import mail_server
from factories.world import World, cluster_seats

DOMAIN = "in.example.org"
UNREADABLE = (
    b'Content-Type: multipart/report; boundary="b"\r\n\r\n--b\r\n'
    b"Content-Type: message/delivery-status\r\n\r\n\xff\xff\r\n--b--"
)


@pytest.fixture(autouse=True)
def takes_mail(settings: Settings) -> None:
    settings.MAIL_IN_DOMAIN = DOMAIN


def sent(world: World, settings: Settings, **facts: object) -> Mailing:
    mailing = prepared(world, written(world, **facts))
    minutes(1)
    with mail_server(settings):
        for noted in effects():
            perform(noted)
    return mailing


def lena(world: World, mailing: Mailing) -> MailingRecipient:
    return recipients(world, mailing)["lena@alpha.example"]


def link(row: MailingRecipient) -> str:
    return reverse("agenda:unsubscribe", args=[row.token])


def said(world: World) -> dict[str, tuple[str, str, str]]:
    enter(cluster_seats(world.alpha))
    rows = Consent.objects.filter(contact__email="lena@alpha.example")
    return {row.purpose: (row.state, row.way, row.source) for row in rows}


def report(action: str, status: str) -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n"
        "--b\r\nContent-Type: message/delivery-status\r\n\r\n"
        "Reporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; lena@alpha.example\r\nAction: {action}\r\nStatus: {status}\r\n"
        "\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: Kom\r\n\r\nBeste Lena\r\n--b--\r\n"
    ).encode()


def complaint(kind: str = "abuse") -> bytes:
    return (
        "From: feedback@mail.example\r\nSubject: FW: Kom\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=feedback-report; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/plain\r\n\r\nA complaint.\r\n"
        "--b\r\nContent-Type: message/feedback-report\r\n\r\n"
        f"Feedback-Type: {kind}\r\nUser-Agent: Some/1.0\r\nVersion: 1\r\n\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: Kom\r\n\r\nBeste Lena\r\n--b--\r\n"
    ).encode()


def comes_back(row: MailingRecipient, raw: bytes) -> None:
    receive(raw, recipient=f"MAILING-{row.token.upper()}@{DOMAIN}", sender="")


def test_opening_the_link_changes_nothing_and_pressing_withdraws_that_kind(
    client: Client, world: World, settings: Settings
) -> None:
    row = lena(world, sent(world, settings, kind=MailingKind.NEWSLETTER))
    page = client.get(link(row))
    assert page.status_code == 200
    assert said(world)["newsletter"][0] == "given"
    assert client.post(link(row), {"do": "kind"}).status_code == 302
    assert client.post(link(row), {"do": "kind"}).status_code == 302
    state, way, source = said(world)["newsletter"]
    assert (state, way) == ("withdrawn", "mailing")
    assert "Kom" in source
    assert "invitations" not in said(world)
    again = written(world, kind=MailingKind.NEWSLETTER)
    assert reached(again, NOW.date()).left_out == {LeftOut.UNSUBSCRIBED: 1}
    assert reached(written(world), NOW.date()).number == 1


def test_the_button_of_a_mail_programme_needs_no_cookie_and_no_token(
    world: World, settings: Settings
) -> None:
    row = lena(world, sent(world, settings))
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(link(row), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 204
    assert said(world)["invitations"][0] == "withdrawn"


def test_a_practical_message_is_left_by_leaving_all_mailings(
    client: Client, world: World, settings: Settings
) -> None:
    row = lena(world, sent(world, settings, kind=MailingKind.PRACTICAL))
    client.post(link(row), {"do": "kind"})
    assert {name: state for name, (state, *_rest) in said(world).items()} == {
        "newsletter": "withdrawn",
        "invitations": "withdrawn",
    }
    for kind in MailingKind:
        left = reached(written(world, kind=kind), NOW.date()).left_out
        assert left == {LeftOut.NO_MAIL: 1}


def test_somebody_who_is_no_contact_unsubscribes_by_address_in_this_cluster_alone(
    client: Client, world: World, settings: Settings
) -> None:
    own = published(world)
    comes(own, "bea@example.org")
    facts = {"audience": MailingAudience.REGISTERED, "activity": own}
    mailing = sent(world, settings, **facts)
    row = recipients(world, mailing)["bea@example.org"]
    client.post(link(row), {"do": "kind"})
    left = reached(written(world, **facts), NOW.date()).left_out
    assert left == {LeftOut.UNSUBSCRIBED: 1}
    enter(cluster_seats(world.beta))
    assert Suppression.objects.filter(purposes__contains=["invitations"]).count() == 0


def test_a_link_that_nobody_has_is_not_there(client: Client, world: World) -> None:
    for method in (client.get, client.post):
        assert method(reverse("agenda:unsubscribe", args=["f" * 24])).status_code == 404


@pytest.mark.parametrize(
    ("action", "status", "state"),
    [
        ("failed", "5.1.1", "bounced"),
        ("Failed", "5.0.0 (no such user)", "bounced"),
        ("failed", "5.2.2", "soft"),
        ("failed", "5.7.1", "soft"),
        ("failed", "4.4.1", "soft"),
        ("failed", "nonsense", "soft"),
        ("delayed", "4.4.1", "sent"),
        ("delivered", "2.0.0", "sent"),
    ],
)
def test_a_report_marks_the_recipient_and_for_good_the_contact(
    world: World, settings: Settings, action: str, status: str, state: str
) -> None:
    is_marked = state == "bounced"
    mailing = sent(world, settings)
    comes_back(lena(world, mailing), report(action, status))
    comes_back(lena(world, mailing), report(action, status))
    row = lena(world, mailing)
    assert row.state == state
    assert row.contact is not None
    assert (row.contact.bounced_on is not None) is is_marked
    if is_marked:
        assert reached(written(world), NOW.date()).left_out == {LeftOut.BOUNCED: 1}


def test_three_mailings_in_a_row_that_come_back_for_now_count_as_for_good(
    world: World, settings: Settings
) -> None:
    for number in range(3):
        mailing = prepared(world, written(world))
        minutes(1, NOW + timedelta(days=number))
        row = lena(world, mailing)
        comes_back(row, report("failed", "4.2.2"))
        enter(cluster_seats(world.alpha))
        is_marked = Contact.objects.get(email="lena@alpha.example").bounced_on is not None
        assert is_marked is (number == 2)


def test_a_new_address_is_tried_again(world: World, settings: Settings) -> None:
    mailing = sent(world, settings)
    comes_back(lena(world, mailing), report("failed", "5.1.1"))
    seats = cluster_seats(world.alpha)
    enter(seats)
    person = Contact.objects.get(email="lena@alpha.example")
    change_contact(seats=seats, contact=person, email="lena.new@alpha.example")
    assert reached(written(world), NOW.date()).number == 1


def test_a_complaint_unsubscribes_of_everything(world: World, settings: Settings) -> None:
    mailing = sent(world, settings)
    comes_back(lena(world, mailing), complaint("not-spam"))
    assert states(world, mailing) == {"lena@alpha.example": "sent"}
    comes_back(lena(world, mailing), complaint())
    assert states(world, mailing) == {"lena@alpha.example": "complained"}
    assert {state for state, *_rest in said(world).values()} == {"withdrawn"}
    for kind in MailingKind:
        assert reached(written(world, kind=kind), NOW.date()).number == 0


def test_an_answer_during_a_holiday_changes_nothing(world: World, settings: Settings) -> None:
    mailing = sent(world, settings)
    away = EmailMessage()
    away["Subject"], away["Auto-Submitted"] = "Away", "auto-replied"
    away.set_content("Status: 5.1.1\nAction: failed")
    comes_back(lena(world, mailing), away.as_bytes())
    assert states(world, mailing) == {"lena@alpha.example": "sent"}


def test_a_report_for_no_mail_of_ours_is_refused_and_one_before_sending_changes_nothing(
    world: World,
) -> None:
    with pytest.raises(UnknownRecipientError):
        receive(report("failed", "5.1.1"), recipient=f"mailing-{'0' * 24}@{DOMAIN}", sender="")
    mailing = prepared(world, written(world))
    comes_back(lena(world, mailing), report("failed", "5.1.1"))
    assert states(world, mailing) == {"lena@alpha.example": "waiting"}


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b'Content-Type: multipart/report; boundary="b"\r\n\r\n',
        UNREADABLE,
        b'Content-Type: multipart/report; boundary="b"\r\n\r\n' + b"--b\r\n" * 5000,
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n" * 200,
    ],
)
def test_a_report_that_cannot_be_read_tells_nothing(raw: bytes) -> None:
    assert read_report(raw) is Came.NOTHING


def test_an_address_that_passed_to_another_contact_is_not_marked_for_the_first(
    world: World, settings: Settings
) -> None:
    mailing = sent(world, settings)
    seats = cluster_seats(world.alpha)
    enter(seats)
    first = Contact.objects.get(email="lena@alpha.example")
    change_contact(seats=seats, contact=first, email="lena2@alpha.example")
    contact(world.alpha, "other", email="lena@alpha.example")
    comes_back(lena(world, mailing), report("failed", "5.1.1"))
    enter(seats)
    first.refresh_from_db()
    assert first.bounced_on is None
    assert Contact.objects.get(email="lena@alpha.example").bounced_on is not None
