"""Requests that another site sends, and answers that would lead to one."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.core import mail
from django.test import Client

from clusterwerk.platform.models import User
from factories.accounts import PASSWORD
from factories.addresses import addresses, filled, others_objects
from factories.world import World

# They change a preference in a cookie alone, and refuse what the browser says comes from elsewhere.
WITHOUT_TOKEN = {"ui:language", "ui:theme"}
ELSEWHERE = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "javascript:alert(1)",
    "https:evil.example",
    "http:///evil.example",
    "\thttps://evil.example",
    "%2f%2fevil.example",
    "/%0d%0aLocation:https://evil.example",
]


@pytest.mark.parametrize("person", [None, "manager", "programme_manager", "steward"])
def test_every_form_without_its_token_is_refused(world: World, person: str | None) -> None:
    client = Client(enforce_csrf_checks=True)
    if person:
        client.force_login(world.people[person])
    values = {**others_objects(world), "slug": "alpha", "cluster": "alpha"}
    taken = {}
    for address in addresses():
        answer = client.post(filled(address, values), {"language": "en", "cluster": "alpha"})
        if address.name not in WITHOUT_TOKEN and answer.status_code not in {403, 404, 405}:
            taken[address.name] = answer.status_code
    assert taken == {}


@pytest.mark.parametrize("page", ["/preferences/language/", "/preferences/theme/"])
@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://testserver.evil.example"]
)
def test_a_preference_is_not_changed_from_another_site(
    client: Client, db: None, page: str, origin: str
) -> None:
    answer = client.post(page, {"language": "en", "theme": "dark"}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert not answer.cookies


def test_a_page_of_ours_is_never_shown_inside_another(client: Client, db: None) -> None:
    answer = client.get("/")
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def is_of_this_site(location: str) -> bool:
    """Where a browser would go from a page of ours; it takes a backslash for a slash."""
    there = urljoin("http://testserver/page/", location.strip().replace("\\", "/"))
    return urlsplit(there).netloc == "testserver" and there.startswith("http://")


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_way_in_or_out_leads_to_another_site(client: Client, an: User, address: str) -> None:
    facts = {"login": "an@example.org", "password": PASSWORD, "next": address}
    signed_in = client.post("/accounts/login/", facts)
    assert is_of_this_site(signed_in["Location"]), signed_in["Location"]
    for page in ("/preferences/language/", "/preferences/theme/"):
        there = client.post(page, {"next": address, "language": "nl"})["Location"]
        assert is_of_this_site(there), there
    out = client.post("/accounts/logout/", {"next": address})
    assert is_of_this_site(out["Location"]), out["Location"]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_a_link_by_mail_leads_to_no_other_site(client: Client, an: User, address: str) -> None:
    client.post("/accounts/login/code/", {"email": "an@example.org", "next": address})
    (sent,) = mail.outbox
    assert "http://testserver/" in sent.body
    assert "evil.example" not in str(sent.message())


@pytest.mark.parametrize(
    "host", ["evil.example", "testserver.evil.example", "testserver@evil.example"]
)
def test_a_made_up_host_is_refused_and_enters_no_mail(client: Client, an: User, host: str) -> None:
    answer = client.post(
        "/accounts/login/code/", {"email": "an@example.org"}, headers={"Host": host}
    )
    assert answer.status_code == 400
    assert mail.outbox == []
