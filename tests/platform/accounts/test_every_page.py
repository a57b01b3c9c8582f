"""Every page of sign-in, walked by a stranger and by a person signed in: none breaks or leaks."""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from clusterwerk.platform.models import User

SAFE = {200, 301, 302, 403, 404, 405, 429}
ERROR_PAGE = "/accounts/3rdparty/login/error/"  # says itself that it is an error
STANDINS = {"uidb36": "1", "key": "x-y", "provider_id": "sso", "token": "a:b:c"}


def addresses(patterns: list[URLPattern | URLResolver], start: str = "/") -> list[str]:
    found = []
    for entry in patterns:
        part = re.sub(r"^\^|\$$|\\Z$", "", str(entry.pattern))
        if isinstance(entry, URLResolver):
            found += addresses(entry.url_patterns, start + part)
        else:
            found.append(start + filled(part))
    return [filled(address) for address in found]


def filled(part: str) -> str:
    """Parameters of both kinds of pattern, filled in."""
    part = re.sub(r"\(\?P<(\w+)>[^)]*\)", lambda match: STANDINS[match[1]], part)
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda match: STANDINS[match[1]], part)


def pages() -> list[str]:
    every = get_resolver().url_patterns
    ours = [
        entry
        for entry in every
        if isinstance(entry, URLResolver) and str(entry.pattern) in {"accounts/", "account/"}
    ]
    return addresses([*ours])


def test_the_walk_knows_the_pages_of_sign_in() -> None:
    known = pages()
    assert len(known) == len(set(known)) >= 30
    for page in (
        "/accounts/login/",
        "/accounts/2fa/totp/activate/",
        "/accounts/password/reset/key/1-x-y/",
        "/accounts/oidc/sso/login/callback/",
        "/account/link/a:b:c/",
    ):
        assert page in known


@pytest.mark.parametrize("is_known", [False, True])
@pytest.mark.parametrize("page", pages())
def test_no_page_breaks_and_none_carries_script_or_style_of_its_own(
    client: Client, an: User, page: str, is_known: bool
) -> None:
    for method in (client.get, client.post, client.put):
        if is_known:
            client.force_login(an)
        response = method(page)
        allowed = SAFE | {401} if page == ERROR_PAGE else SAFE
        assert response.status_code in allowed, page
        content = response.content.decode()
        assert " style=" not in content
        assert "<style" not in content
        assert re.findall(r"<script(?![^>]* src=)", content) == []
        assert re.findall(r"\son\w+=", content) == []


@pytest.mark.parametrize(
    "page", ["/account/", "/accounts/email/", "/accounts/2fa/", "/accounts/sessions/"]
)
def test_pages_of_ones_own_account_send_a_stranger_to_sign_in(
    client: Client, nobody: None, page: str
) -> None:
    assert client.get(page)["Location"] == f"/accounts/login/?next={page}"


@pytest.mark.parametrize("page", ["/accounts/phone/verify/", "/accounts/2fa/webauthn/"])
def test_what_is_not_offered_has_no_page(client: Client, an: User, page: str) -> None:
    client.force_login(an)
    assert client.get(page).status_code == 404


def test_every_page_forbids_inline_script_and_style_and_framing(
    client: Client, nobody: None
) -> None:
    response = client.get("/accounts/login/")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert "no-store" in response["Cache-Control"]
