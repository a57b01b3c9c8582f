"""Mails made to harm, to fool or to loop: each is safe, and stands in a place that can be told."""

import base64
import io
import zipfile
from email.message import EmailMessage

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from clusterwerk.members.correspondence.addresses import renew_address, shown
from clusterwerk.members.correspondence.arriving import UnknownRecipientError, receive
from clusterwerk.members.correspondence.parsing import MOST_BYTES, TooLargeError, read_mail
from clusterwerk.members.models import (
    Contact,
    IncomingMail,
    Interaction,
    MailAddress,
    MailAttachment,
)
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.mail.models import OutgoingMail
from factories.english import english
from factories.world import World, cluster_seats

__all__ = ["english"]

MANAGER = "manager@example.org"
LENA = "Lena <lena@alpha.example>"
HEAD = f"From: {LENA}\nTo: {MANAGER}\nMessage-ID: <m@x.example>\n"


@pytest.fixture
def address(world: World, settings: Settings) -> str:
    settings.MAIL_IN_DOMAIN = "in.example.org"
    enter(cluster_seats(world.alpha))
    made = renew_address(seats=cluster_seats(world.alpha), cluster=world.alpha, now=timezone.now())
    return shown(made)


def take(world: World, address: str, raw: str | bytes, sender: str = MANAGER) -> IncomingMail:
    mail = receive(
        raw if isinstance(raw, bytes) else raw.encode(), recipient=address, sender=sender
    )
    assert mail is not None
    enter(cluster_seats(world.alpha))
    return mail


def levels(number: int, colon: str) -> str:
    inner = "".join(
        f"Content-Type{colon}multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(number)
    )
    return f"{HEAD}Subject: Deep\n{inner}Content-Type: text/plain\n\nBottom\n"


def inside_each_other(number: int) -> str:
    return f"{HEAD}Subject: Deep\n" + "Content-Type: message/rfc822\n\n" * number + "Hi\n"


def of_parts(number: int) -> str:
    parts = "".join(f"--b\nContent-Type: text/plain\n\nword {n}\n" for n in range(number))
    return f"{HEAD}Subject: Parts\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n"


def packed() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"0" * 20_000_000)
    return file.getvalue()


def attach(name: str, content: bytes, kind: str = "application/octet-stream") -> bytes:
    main, _slash, sub = kind.partition("/")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = LENA, MANAGER, "<m@x.example>"
    mail["Subject"] = "Hello"
    mail.set_content("See the file.")
    mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return mail.as_bytes()


INVITATION = (
    f"{HEAD}Subject: Visit\nContent-Type: multipart/alternative; boundary=b\n\n"
    "--b\nContent-Type: text/plain\n\nVisit on Tuesday\n"
    "--b\nContent-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n--b--\n"
)
HTML = (
    f"{HEAD}Subject: News\nContent-Type: text/html\n\n"
    '<p>Read this</p><script>alert("x")</script><img src="https://t.example/pixel?u=1">'
    '<a href="javascript:alert(1)">here</a><iframe src="https://t.example"></iframe>'
)
MACHINE = "Auto-Submitted: auto-replied\n"

# Subject, and where it is: on the timeline ("filed"), or in the tray and why.
PLACES: dict[str, tuple[str | bytes, str, str]] = {
    "levels without a space": (levels(3000, ":"), "Deep", "filed"),
    "levels after a tab": (levels(3000, ":\t"), "Deep", "filed"),
    "levels on the next line": (levels(3000, ":\n "), "Deep", "filed"),
    "mails inside mails": (inside_each_other(3000), "Deep", "filed"),
    "ten thousand parts": (of_parts(10_000), "Parts", "filed"),
    "a packed bomb": (attach("bomb.zip", packed()), "Hello", "filed"),
    "a file without an end": (attach("a" * 5000 + ".pdf", b"%PDF"), "Hello", "filed"),
    "winmail.dat": (attach("winmail.dat", b"\x78\x9f", "application/ms-tnef"), "Hello", "filed"),
    "an invitation": (INVITATION, "Visit", "filed"),
    "html alone": (HTML, "News", "filed"),
    "no words": (f"{HEAD}Subject: Empty\n\n", "Empty", "filed"),
    "no words and no subject": (f"{HEAD}\n", "", "filed"),
    "a wrong charset": (
        f"{HEAD}Subject: =?klingon?B?SGk=?=\nContent-Type: text/plain; charset=utf-99\n\nHi",
        "Hi",
        "filed",
    ),
    "a date of tomorrow": (
        f"{HEAD}Subject: Late\nDate: 3 Feb 2099 14:05 +0100\n\nHi",
        "Late",
        "filed",
    ),
    "a header inside the subject": (
        f"{HEAD}Subject: =?utf-8?Q?Hi=0D=0ABcc:_all@x.example=0D=0A=0D=0ABody?=\n\nHi",
        "Hi Bcc: all@x.example Body",
        "filed",
    ),
    "letters that turn the line": (
        HEAD + "Subject: =?utf-8?B?" + base64.b64encode("a\u202egpj.exe".encode()).decode()
        + "?=\n\nHi",
        "a gpj.exe",
        "filed",
    ),
    "an answer during a holiday": (f"{HEAD}{MACHINE}Subject: Away\n\nBack", "Away", "automatic"),
    "a mail that came back": (
        f"{HEAD}Subject: Undelivered\nContent-Type: multipart/report; boundary=b\n\n--b--\n",
        "Undelivered",
        "automatic",
    ),
    "a mail to very many": (
        f"From: {LENA}\nMessage-ID: <m@x.example>\nSubject: All\nTo: "
        + ",\n ".join(f"n{n}@nobody.example" for n in range(10_000)) + "\n\nHi",
        "All",
        "filed",
    ),
}  # fmt: skip


def test_each_mail_has_its_place_and_no_page_breaks(
    world: World, address: str, client: Client
) -> None:
    found = {}
    for number, (name, (raw, _subject, _place)) in enumerate(PLACES.items()):
        text = raw if isinstance(raw, bytes) else raw.encode()
        mail = take(world, address, text.replace(b"<m@", b"<%d@" % number, 1))
        assert mail.sent_at <= timezone.now()
        found[name] = (mail.subject, mail.reason or mail.state)
    assert found == {name: (subject, place) for name, (_raw, subject, place) in PLACES.items()}
    lena = Contact.objects.get(cluster=world.alpha).pk
    client.force_login(world.people["manager"])
    for page in (
        reverse("members:contact_detail", args=["alpha", lena]),
        reverse("members:mail_list", args=["alpha"]),
    ):
        answer = client.get(page)
        text_of_page = answer.content.decode()
        assert answer.status_code == 200
        assert "t.example" not in text_of_page
        assert "javascript:" not in text_of_page


def test_what_a_mail_program_sends_without_a_name_is_kept_and_what_runs_is_not(
    world: World, address: str
) -> None:
    mail = take(world, address, INVITATION)
    file = MailAttachment.objects.get(mail=mail)
    assert (file.name, file.media_type) == ("invitation.ics", "text/calendar")
    packed_file = take(world, address, attach("bomb.zip", packed()).replace(b"<m@", b"<p@"))
    kept = MailAttachment.objects.get(mail=packed_file)
    assert (kept.name, kept.content) == ("bomb.zip", None)


def test_a_huge_file_is_refused_in_words_and_nothing_stands(world: World, address: str) -> None:
    with pytest.raises(TooLargeError, match="25 MB"):
        receive(b"x" * (MOST_BYTES + 1), recipient=address, sender=MANAGER)
    enter(cluster_seats(world.alpha))
    assert not IncomingMail.objects.filter(cluster=world.alpha, way="sent", subject="").exists()


def test_one_mail_to_two_clusters_stands_once_in_each(world: World, address: str) -> None:
    enter(cluster_seats(world.beta))
    second = shown(
        renew_address(seats=cluster_seats(world.beta), cluster=world.beta, now=timezone.now())
    )
    raw = f"From: {LENA}\nTo: {address}, {second}\nMessage-ID: <b@x.example>\nSubject: Both\n\nHi"
    for recipient in (address, second, address):
        take(world, recipient, raw)
    counts = {}
    for cluster in (world.alpha, world.beta):
        enter(cluster_seats(cluster))
        counts[cluster.key] = IncomingMail.objects.filter(message_id="b@x.example").count()
    assert counts == {"alpha": 1, "beta": 1}


def test_a_contact_of_another_cluster_is_a_stranger_here(world: World, address: str) -> None:
    raw = f"From: lena@beta.example\nTo: {MANAGER}\nMessage-ID: <o@x.example>\nSubject: Hi\n\nHi"
    mail = take(world, address, raw)
    assert (mail.state, mail.reason) == ("waiting", "unknown")
    assert mail.interaction is None
    enter(cluster_seats(world.beta))
    beta = Contact.objects.get(email="lena@beta.example")
    assert not Interaction.objects.filter(parties__contact=beta, kind="mail").exists()


def test_a_colleague_of_another_cluster_does_not_bring_mail_onto_a_timeline(
    world: World, address: str
) -> None:
    mail = take(world, address, f"{HEAD}Subject: Hi\n\nHi", sender="other_manager@example.org")
    assert (mail.state, mail.reason) == ("waiting", "stranger")


def test_a_team_that_writes_to_itself_ends_in_the_tray_and_nobody_is_answered(
    world: World, address: str
) -> None:
    raw = f"From: {address}\nTo: {address}\nMessage-ID: <l@x.example>\nSubject: Loop\n\nHi"
    mails = [take(world, address, raw) for _round in range(3)]
    assert {(mail.pk, mail.state, mail.reason) for mail in mails} == {
        (mails[0].pk, "waiting", "unknown")
    }
    assert not OutgoingMail.objects.exists()


def test_an_address_that_leaked_is_renewed_and_the_old_one_tells_nothing(
    world: World, address: str
) -> None:
    renew_address(seats=cluster_seats(world.alpha), cluster=world.alpha, now=timezone.now())
    for recipient in (address, "team-" + "0" * 20 + "@in.example.org"):
        with pytest.raises(UnknownRecipientError) as told:
            receive(f"{HEAD}\nHi".encode(), recipient=recipient, sender=MANAGER)
        assert str(told.value) == "No team takes mail at this address."
    enter(cluster_seats(world.alpha))
    assert MailAddress.objects.filter(cluster=world.alpha, ended_at=None).count() == 1


@pytest.mark.parametrize(
    ("head", "is_automatic"),
    [
        ("Auto-Submitted: no\n", False),
        ("Auto-Submitted: auto-generated; owner=x\n", True),
        ("Precedence: auto_reply\n", True),
        ("Precedence: list\n", False),
        ("X-Autoreply: yes\n", True),
        ("", False),
    ],
)
def test_a_machine_is_known_by_what_it_says(head: str, is_automatic: bool) -> None:
    raw = f"{HEAD}{head}Subject: x\n\nHi".encode()
    assert read_mail(raw, timezone.now()).is_automatic is is_automatic
