"""Two-step sign-in: turned on with a code, asked for after every first step, and recoverable."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from clusterwerk.platform.accounts import links
from clusterwerk.platform.models import User
from factories.accounts import PASSWORD

LOGIN = "/accounts/login/"
SECOND = "/accounts/2fa/authenticate/"


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def code_of(secret: str, *, later: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later)))


@pytest.fixture
def secret(an: User) -> str:
    """The key of An's app, turned on over the pages."""
    client = Client()
    client.post(LOGIN, {"login": "an@example.org", "password": PASSWORD})
    activate = "/accounts/2fa/totp/activate/"
    asked = client.get(activate)
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    client.post(asked["Location"], {"password": PASSWORD, "next": activate})
    page = client.get(activate).content.decode()
    found = re.search(r"<code>([A-Z2-7]{32})</code>", page)
    assert found
    assert 'src="data:image/svg+xml;base64,' in page
    assert client.post(activate, {"code": "000"}).status_code == 200
    assert Authenticator.objects.count() == 0
    response = client.post(activate, {"code": code_of(found[1], later=-1)})
    assert response["Location"] == "/accounts/2fa/recovery-codes/"
    return found[1]


def recovery_codes(user: User) -> list[str]:
    kept = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    codes: list[str] = kept.wrap().get_unused_codes()
    return codes


def test_turning_it_on_makes_recovery_codes(an: User, secret: str) -> None:
    assert len(recovery_codes(an)) == 10


@pytest.mark.django_db(transaction=True)
def test_the_notice_that_follows_the_commit_finds_its_reader(secret: str) -> None:
    subjects = [message.subject for message in mail.outbox]
    assert "Clusterwerk: two-step sign-in is on" in subjects
    assert {tuple(message.to) for message in mail.outbox} == {("an@example.org",)}


def test_after_the_password_the_code_of_the_app_is_asked(
    client: Client, an: User, secret: str
) -> None:
    facts = {"login": "an@example.org", "password": PASSWORD, "next": "/members/"}
    assert client.post(LOGIN, facts)["Location"] == SECOND
    assert not is_signed_in(client)
    assert client.post(SECOND, {"code": "123"}).status_code == 200
    assert not is_signed_in(client)
    assert client.post(SECOND, {"code": code_of(secret)})["Location"] == "/members/"
    assert is_signed_in(client)


def test_a_link_by_mail_does_not_go_around_the_second_step(
    client: Client, an: User, secret: str
) -> None:
    an.refresh_from_db()
    address = f"/account/link/{links.make_token(an, 'an@example.org')}/"
    assert client.post(address)["Location"] == SECOND
    assert not is_signed_in(client)
    assert Client().post(address).status_code == 404
    client.post(SECOND, {"code": code_of(secret)})
    assert is_signed_in(client)


def test_a_recovery_code_works_once(client: Client, an: User, secret: str) -> None:
    code = recovery_codes(an)[0]
    for browser, follows in ((client, True), (Client(), False)):
        browser.post(LOGIN, {"login": "an@example.org", "password": PASSWORD})
        browser.post(SECOND, {"code": code})
        assert is_signed_in(browser) is follows


def test_the_sixth_code_is_refused_even_when_it_is_right(
    client: Client, an: User, secret: str
) -> None:
    client.post(LOGIN, {"login": "an@example.org", "password": PASSWORD})
    for _ in range(5):
        assert client.post(SECOND, {"code": "123456"}).status_code == 200
    assert client.post(SECOND, {"code": code_of(secret)}).status_code == 429
    assert not is_signed_in(client)


def test_turning_it_off_asks_who_it_is_and_ends_the_recovery_codes(
    client: Client, an: User, secret: str
) -> None:
    client.force_login(an)
    off = "/accounts/2fa/totp/deactivate/"
    assert client.post(off)["Location"].startswith("/accounts/reauthenticate/")
    client.post(f"/accounts/reauthenticate/?next={off}", {"password": PASSWORD})
    client.post(off)
    assert Authenticator.objects.count() == 0
