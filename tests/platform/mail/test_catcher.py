"""Caught mail: complete files only, newest first, and no page where real people sign in."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from pytest_django import Settings

from clusterwerk.platform.mail import catcher, queries
from clusterwerk.platform.mail.catcher import CatcherBackend

TEXT = "Uw code: 123\nhttps://example.org/a?b=1"


@pytest.fixture
def folder(tmp_path: Path, settings: Settings) -> Path:
    settings.MAIL_CATCHER_FOLDER = tmp_path / "mail"
    return tmp_path / "mail"


def send(subject: str = "Hello", body: str = "Text", to: str = "an@example.org") -> None:
    CatcherBackend().send_messages([EmailMessage(subject, body, "from@example.org", [to])])


def test_a_message_is_read_back_as_it_was_sent(folder: Path) -> None:
    message = EmailMultiAlternatives("Één code", TEXT, "from@example.org", ["an@example.org"])
    message.attach_alternative("<p>Uw <b>code</b></p>", "text/html")
    assert CatcherBackend().send_messages([message]) == 1
    (mail,) = queries.caught_mails()
    assert mail.subject == "Één code"
    assert mail.to == "an@example.org"
    assert mail.sender == "from@example.org"
    assert mail.text == TEXT
    assert mail.html.strip() == "<p>Uw <b>code</b></p>"
    assert queries.caught_mail(mail.name) == mail


def test_messages_are_listed_newest_first(folder: Path) -> None:
    for number in range(3):
        send(subject=f"Number {number}")
    assert [mail.subject for mail in queries.caught_mails()] == ["Number 2", "Number 1", "Number 0"]


def test_only_the_newest_messages_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catcher, "KEPT", 3)
    for number in range(5):
        send(subject=f"Number {number}")
    assert [mail.subject for mail in queries.caught_mails()] == ["Number 4", "Number 3", "Number 2"]


def test_several_who_write_at_once_lose_nothing_and_leave_no_drafts(folder: Path) -> None:
    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(lambda number: send(subject=f"{number}"), range(80)))
    assert len(queries.caught_mails()) == 80
    assert [path.name for path in folder.iterdir() if not path.name.endswith(".eml")] == []


def test_caught_mail_is_closed_to_other_users_of_the_machine(folder: Path) -> None:
    send()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (path,) = folder.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("name", ["../secret_key", "nothing", "0" * 20 + "-1-1", ""])
def test_a_name_that_is_no_message_finds_nothing(folder: Path, name: str) -> None:
    send()
    assert queries.caught_mail(name) is None
