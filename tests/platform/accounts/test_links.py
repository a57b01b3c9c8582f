"""The sign-in link: bound to an account, its address and a quarter of an hour, and used once."""

from datetime import UTC, datetime

import pytest
from django.core import signing

from clusterwerk.platform.accounts import actions, links
from clusterwerk.platform.models import User


def test_a_link_tells_whose_it_is_as_often_as_it_is_opened(an: User) -> None:
    token = links.make_token(an, "an@example.org", next_path="/desk/today/")
    for _ in range(3):
        link = links.read(token)
        assert link is not None
        assert (link.account, link.email, link.next_path) == (an, "an@example.org", "/desk/today/")


def test_a_link_is_used_once(an: User) -> None:
    token = links.make_token(an, "an@example.org")
    assert links.use(token) is not None
    assert links.use(token) is None
    assert links.read(token) is None


def test_a_link_ends_after_a_quarter_of_an_hour(an: User, monkeypatch: pytest.MonkeyPatch) -> None:
    token = links.make_token(an, "an@example.org")
    monkeypatch.setattr(links, "LIFETIME", -1)
    assert links.read(token) is None
    assert links.use(token) is None


def test_any_sign_in_ends_the_links_sent_before(an: User) -> None:
    token = links.make_token(an, "an@example.org")
    an.last_login = datetime(2026, 1, 1, tzinfo=UTC)
    an.save()
    assert links.use(token) is None


def test_a_new_password_ends_the_links_sent_before(an: User) -> None:
    token = links.make_token(an, "an@example.org")
    an.set_password("a new long password")
    an.save()
    assert links.use(token) is None


def test_an_account_that_is_closed_has_no_link(an: User) -> None:
    token = links.make_token(an, "an@example.org")
    an.is_active = False
    an.save()
    assert links.read(token) is None
    assert links.use(token) is None


def test_a_link_cannot_be_turned_to_another_account(an: User) -> None:
    other = actions.open_account(email="bo@example.org", name="Bo", confirmed=True)
    pk, email, path, state = signing.loads(links.make_token(an, an.email), salt=links.SALT)
    assert pk == an.pk
    turned = signing.dumps([other.pk, email, path, state], salt=links.SALT)
    assert links.use(turned) is None


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "WzEsImEiXQ:1abc:def"])
def test_what_is_no_link_is_refused(nobody: None, token: str) -> None:
    assert links.read(token) is None
    assert links.use(token) is None
