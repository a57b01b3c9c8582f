"""The pages of caught mail: what was sent is shown as text, never run."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from pytest_django import Settings

from clusterwerk.platform.mail import queries
from clusterwerk.platform.mail.catcher import CatcherBackend

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def caught(tmp_path: Path, settings: Settings, nobody: None) -> str:
    """The name of a mail that would do harm if its text or its HTML were taken for a page."""
    settings.MAIL_CATCHER_FOLDER = tmp_path / "mail"
    message = EmailMultiAlternatives(
        "Sign <b>in</b>",
        "Open https://example.org/link/a:b:c/ now <script>alert(1)</script>",
        "from@example.org",
        ["an@example.org"],
    )
    message.attach_alternative("<img src=x onerror=alert(1)>", "text/html")
    CatcherBackend().send_messages([message])
    return queries.caught_mails()[0].name


def test_a_stranger_sees_the_list_with_subject_and_reader(client: Client, caught: str) -> None:
    page = client.get("/mail/", headers=ENGLISH).content.decode()
    assert "Sign &lt;b&gt;in&lt;/b&gt;" in page
    assert "To an@example.org" in page
    assert f'href="/mail/{caught}/"' in page
    assert "only in development and demonstration" in page


def test_a_message_has_links_to_press_and_nothing_that_runs(client: Client, caught: str) -> None:
    page = client.get(f"/mail/{caught}/", headers=ENGLISH).content.decode()
    assert 'href="https://example.org/link/a:b:c/"' in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_address_of_a_link_is_shown_whole(client: Client, caught: str) -> None:
    address = f"https://example.org/link/{'abc' * 40}/"
    message = EmailMultiAlternatives("Long", f"Open {address} now", "a@example.org", ["b@c.org"])
    CatcherBackend().send_messages([message])
    newest = queries.caught_mails()[0].name
    page = client.get(f"/mail/{newest}/", headers=ENGLISH).content.decode()
    assert f">{address}</a>" in page


def test_without_mail_the_page_says_how_to_get_some(
    client: Client, nobody: None, settings: Settings, tmp_path: Path
) -> None:
    settings.MAIL_CATCHER_FOLDER = tmp_path / "none yet"
    page = client.get("/mail/", headers=ENGLISH).content.decode()
    assert "No mail yet" in page
    assert 'href="/accounts/login/code/"' in page


def test_a_message_that_is_not_kept_is_not_found(client: Client, caught: str) -> None:
    assert client.get("/mail/..%2Fsecret_key/").status_code == 404
    assert client.get(f"/mail/{'0' * 20}-1-1/").status_code == 404


def test_caught_mail_is_only_looked_at(client: Client, caught: str) -> None:
    assert client.post("/mail/").status_code == 405
    assert client.post(f"/mail/{caught}/").status_code == 405
