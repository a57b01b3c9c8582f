"""Sign-in through the provider of the installation: confirmed addresses only, no new account."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from clusterwerk.config import environment
from clusterwerk.platform.models import User
from factories.openid import CLIENT, Provider, running_provider

LOGIN = "/accounts/oidc/sso/login/"
CALLBACK = "/accounts/oidc/sso/login/callback/"


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[Provider]:
    with running_provider() as running:
        monkeypatch.setenv("CLUSTERWERK_OIDC_ISSUER", running.issuer)
        monkeypatch.setenv("CLUSTERWERK_OIDC_CLIENT_ID", CLIENT)
        monkeypatch.setenv("CLUSTERWERK_OIDC_CLIENT_SECRET", "secret")
        monkeypatch.setenv("CLUSTERWERK_OIDC_NAME", "Agency sign-in")
        apps = environment.openid_providers()
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}
        running.person = {"sub": "7", "email": "an@example.org", "email_verified": True}
        yield running


def come_back(client: Client, process: str = "login", **wanted: str) -> HttpResponse:
    """Leave to the provider and return from it with a code."""
    left = client.get(LOGIN, {"process": process, **wanted})
    state = parse_qs(urlsplit(left["Location"]).query)["state"][0]
    response = client.get(CALLBACK, {"code": "code", "state": state})
    assert isinstance(response, HttpResponse)
    return response


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_without_a_provider_there_is_no_button_and_no_page(client: Client, nobody: None) -> None:
    assert "/oidc/" not in client.get("/accounts/login/").content.decode()
    assert client.get(LOGIN).status_code == 404


def test_the_button_leads_to_the_provider_with_state_and_proof_key(
    client: Client, provider: Provider, nobody: None
) -> None:
    page = client.get("/accounts/login/?next=/members/").content.decode()
    assert "Sign in with Agency sign-in" in page
    assert f'href="{LOGIN}?process=login&amp;next=%2Fmembers%2F"' in page
    left = urlsplit(client.get(LOGIN)["Location"])
    assert f"{left.scheme}://{left.netloc}{left.path}" == f"{provider.issuer}/authorize"
    query = parse_qs(left.query)
    assert query["client_id"] == [CLIENT]
    assert set(query["scope"][0].split()) == {"openid", "profile", "email"}
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"] == [f"http://testserver{CALLBACK}"]


def test_a_confirmed_address_opens_its_account(
    client: Client, provider: Provider, an: User
) -> None:
    response = come_back(client, next="/members/")
    assert (response.status_code, response["Location"]) == (302, "/members/")
    assert client.session["_auth_user_id"] == str(an.pk)
    assert SocialAccount.objects.get().user == an
    assert provider.asked[0]["client_secret"] == ["secret"]
    assert provider.asked[0]["code_verifier"]


def test_the_account_is_found_again_when_its_address_has_changed(
    client: Client, provider: Provider, an: User
) -> None:
    come_back(client)
    provider.person |= {"email": "an.new@example.org", "email_verified": False}
    again = Client()
    come_back(again)
    assert again.session["_auth_user_id"] == str(an.pk)


@pytest.mark.parametrize("verified", [False, "false", "true", None, 0])
def test_an_address_that_the_provider_does_not_confirm_opens_nothing(
    client: Client, provider: Provider, an: User, verified: object
) -> None:
    provider.person["email_verified"] = verified
    response = come_back(client)
    assert "Accounts come by invitation" in response.content.decode()
    assert not is_signed_in(client)
    assert SocialAccount.objects.count() == 0


def test_nobody_gets_an_account_through_the_provider(
    client: Client, provider: Provider, an: User
) -> None:
    provider.person["email"] = "new@example.org"
    response = come_back(client)
    assert "Accounts come by invitation" in response.content.decode()
    assert User.objects.count() == 1
    assert client.get("/accounts/3rdparty/signup/").status_code == 302


def test_an_address_that_somebody_only_parked_does_not_open_their_account(
    client: Client, provider: Provider, an: User
) -> None:
    EmailAddress.objects.create(user=an, email="victim@example.org", verified=False)
    provider.person["email"] = "victim@example.org"
    come_back(client)
    assert not is_signed_in(client)


def test_a_closed_account_stays_closed(client: Client, provider: Provider, an: User) -> None:
    an.is_active = False
    an.save()
    assert come_back(client)["Location"] == "/accounts/inactive/"
    assert not is_signed_in(client)


def test_a_strangers_sign_in_cannot_be_put_on_ones_own_account(
    client: Client, provider: Provider, an: User
) -> None:
    client.force_login(an)
    provider.person["email"] = "other@example.org"
    assert come_back(client, "connect")["Location"] == "/accounts/3rdparty/"
    assert SocialAccount.objects.count() == 0


def test_an_answer_nobody_asked_for_is_refused(
    client: Client, provider: Provider, an: User
) -> None:
    response = client.get(CALLBACK, {"code": "code", "state": "forged"})
    assert response.status_code == 401
    assert "could not be trusted" in response.content.decode()
    assert not is_signed_in(client)


def test_somebody_who_stops_at_the_provider_is_told_so(
    client: Client, provider: Provider, an: User
) -> None:
    left = client.get(LOGIN)
    state = parse_qs(urlsplit(left["Location"]).query)["state"][0]
    facts = {"error": "access_denied", "state": state}
    response = client.get(CALLBACK, facts, follow=True)
    assert "You stopped at the provider." in response.content.decode()


def test_a_provider_that_is_away_gets_a_page_that_says_so(
    client: Client, provider: Provider, an: User
) -> None:
    left = client.get(LOGIN)
    state = parse_qs(urlsplit(left["Location"]).query)["state"][0]
    provider.is_away = True
    for response in (
        client.get(LOGIN, follow=True),
        client.get(CALLBACK, {"code": "code", "state": state}, follow=True),
    ):
        assert response.status_code == 401
        assert "did not answer" in response.content.decode()


@pytest.mark.parametrize(
    ("issuer", "message"),
    [
        ("http://id.example.org", "expected an address with https://"),
        ("https://id.example.org", "CLUSTERWERK_OIDC_CLIENT_ID is missing"),
    ],
)
def test_a_provider_without_tls_or_without_its_client_is_a_mistake_of_configuration(
    monkeypatch: pytest.MonkeyPatch, issuer: str, message: str
) -> None:
    monkeypatch.setenv("CLUSTERWERK_OIDC_ISSUER", issuer)
    with pytest.raises(ImproperlyConfigured, match=message):
        environment.openid_providers()
