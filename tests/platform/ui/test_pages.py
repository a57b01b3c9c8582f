"""Preferences, error pages and the style guide, over HTTP."""

import re
from contextlib import suppress

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import OperationalError, ProgrammingError, connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.models import User
from clusterwerk.platform.ui import errors
from clusterwerk.platform.ui.styleguide import NAMES, icon_names
from factories.world import World


def test_the_language_switch_keeps_the_page_and_the_choice(client: Client, db: None) -> None:
    response = client.post("/preferences/language/", {"language": "en", "next": "/styleguide/"})
    assert (response.status_code, response.headers["Location"]) == (302, "/styleguide/")
    assert '<html lang="en"' in client.get("/styleguide/").content.decode()
    client.post("/preferences/language/", {"language": "nl", "next": "/"})
    assert '<html lang="nl"' in client.get("/styleguide/").content.decode()


def test_a_signed_in_person_keeps_the_language_on_the_account(client: Client, world: World) -> None:
    person = world.people["manager"]
    client.force_login(person)
    client.post("/preferences/language/", {"language": "en", "next": "/"})
    enter(Seats(actor=person.pk))
    assert User.objects.get(pk=person.pk).language == "en"


@pytest.mark.parametrize("accepted", ["nl-BE", "en-GB", "fr"])
def test_a_first_visit_follows_the_browser_and_else_dutch(
    client: Client, db: None, accepted: str
) -> None:
    page = client.get("/styleguide/", headers={"Accept-Language": accepted}).content.decode()
    expected = "en" if accepted == "en-GB" else "nl"
    assert f'<html lang="{expected}"' in page


def test_the_theme_is_kept_and_can_follow_the_system_again(client: Client, db: None) -> None:
    client.post("/preferences/theme/", {"theme": "dark", "next": "/"})
    assert 'data-theme="dark"' in client.get("/styleguide/").content.decode()[:200]
    client.post("/preferences/theme/", {"theme": "system", "next": "/"})
    assert "data-theme" not in client.get("/styleguide/").content.decode()[:200]


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:x"]
)
def test_a_switch_never_leads_to_another_site(client: Client, db: None, address: str) -> None:
    response = client.post("/preferences/theme/", {"theme": "dark", "next": address})
    assert response.headers["Location"] == "/"


def test_preferences_answer_forms_only(client: Client, db: None) -> None:
    assert client.get("/preferences/theme/").status_code == 405


def test_the_style_guide_shows_every_component_and_icon(client: Client, db: None) -> None:
    page = client.get("/styleguide/").content.decode()
    assert [key for key in NAMES if f'id="{key}"' not in page] == []
    assert [name for name in icon_names() if f"#i-{name}" not in page] == []


def request(language: str = "en") -> HttpRequest:
    made = RequestFactory().get("/somewhere/")
    translation.activate(language)
    return made


def test_a_refused_action_says_its_reason() -> None:
    response = errors.permission_denied(request(), PermissionDenied("Only the manager may."))
    assert response.status_code == 403
    assert "Only the manager may." in response.content.decode()


def test_an_error_page_needs_no_database_session_or_person() -> None:
    for answer, status in (
        (errors.bad_request(request()), 400),
        (errors.not_found(request()), 404),
        (errors.server_error(request()), 500),
    ):
        assert answer.status_code == status
        assert "<h1>" in answer.content.decode()


def test_what_a_view_could_not_read_says_why() -> None:
    page = errors.bad_request(request(), BadRequest("Begin at the first page.")).content.decode()
    assert "Begin at the first page." in page


def test_what_django_found_wrong_stays_in_the_log() -> None:
    page = errors.bad_request(request(), SuspiciousOperation("Invalid HTTP_HOST")).content.decode()
    assert "HTTP_HOST" not in page


@pytest.mark.parametrize(("cookie", "accepted"), [("en", "nl"), ("", "en-GB")])
def test_what_failed_before_the_language_was_chosen_follows_cookie_and_browser(
    cookie: str, accepted: str
) -> None:
    made = RequestFactory().get("/", headers={"Accept-Language": accepted})
    made.COOKIES["django_language"] = cookie
    with translation.override("nl"):
        response = errors.database_away(made)
    assert response.headers["Content-Language"] == "en"
    assert "Back in a moment" in response.content.decode()


def test_only_a_failure_of_ours_offers_to_try_again() -> None:
    made = RequestFactory().get("/")
    made.path = "//elsewhere.example/"
    assert 'href="/%2Felsewhere.example/"' in errors.database_away(made).content.decode()
    assert "elsewhere" not in errors.not_found(made).content.decode()


def test_a_database_that_is_away_asks_to_come_back() -> None:
    try:
        raise OperationalError  # noqa: TRY301 - the page looks at the error being handled
    except OperationalError:
        response = errors.server_error(request())
    assert (response.status_code, response.headers["Retry-After"]) == (503, "10")


def test_an_unknown_address_answers_in_our_style(client: Client, db: None) -> None:
    response = client.get("/there/is/nothing/")
    assert response.status_code == 404
    assert "clusterwerk.css" in response.content.decode()


NAVIGATION = '<nav aria-label="Main">'


def english_client(world: World, name: str) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.cookies["django_language"] = "en"
    client.force_login(world.people[name])
    return client


@pytest.mark.parametrize(
    ("address", "status"),
    [("/there/is/nothing/", 404), ("/members/beta/", 404), ("/activities/alpha/99999/", 404)],
)
def test_who_is_signed_in_keeps_the_menu_where_there_is_nothing(
    world: World, address: str, status: int
) -> None:
    response = english_client(world, "manager").get(address)
    page = response.content.decode()
    assert response.status_code == status
    assert NAVIGATION in page
    assert ('href="/members/"' in page, "<h1>There is nothing here</h1>" in page) == (True, True)
    assert response.headers["Cache-Control"] == "private, no-store"


def test_who_is_refused_keeps_the_menu_and_reads_the_reason(world: World) -> None:
    response = english_client(world, "manager").get("/programme/reach/")
    page = response.content.decode()
    assert response.status_code == 403
    assert NAVIGATION in page
    assert "Programme oversight is for the agency." in page


def test_who_is_not_signed_in_sees_no_menu(client: Client, world: World) -> None:
    page = client.get("/there/is/nothing/").content.decode()
    assert "<h1>" in page
    assert "<nav" not in page


def test_part_of_a_page_that_is_not_there_brings_no_menu_along(world: World) -> None:
    client = english_client(world, "manager")
    page = client.get("/there/is/nothing/", headers={"HX-Request": "true"}).content.decode()
    assert "<nav" not in page


def test_an_error_page_stands_without_its_menu_when_that_cannot_be_drawn(world: World) -> None:
    made = request()
    made.LANGUAGE_CODE = "en"
    made.user = world.people["manager"]
    with connection.cursor() as cursor, suppress(ProgrammingError):
        cursor.execute("SELECT nothing FROM nowhere")
    page = errors.not_found(made).content.decode()
    assert "There is nothing here" in page
    assert "<nav" not in page


@pytest.mark.django_db(transaction=True)
def test_an_error_page_stands_without_its_menu_while_the_database_is_away() -> None:
    made = request()
    made.LANGUAGE_CODE = "en"
    person = SimpleLazyObject(lambda: User.objects.get(pk=1))  # as a request knows it
    made.user = person  # type: ignore[assignment]
    connection.close()
    host = connection.settings_dict["HOST"]
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        response = errors.not_found(made)
    finally:
        connection.close()
        connection.settings_dict["HOST"] = host
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


def test_every_page_forbids_inline_script_and_style(client: Client, db: None) -> None:
    policy = client.get("/styleguide/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_away_every_page_says_so_in_our_style(client: Client) -> None:
    client.raise_request_exception = False
    connection.close()
    host = connection.settings_dict["HOST"]
    connection.settings_dict["HOST"] = "/nowhere"
    try:
        response = client.get("/")
    finally:
        connection.close()
        connection.settings_dict["HOST"] = host
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert "clusterwerk.css" in response.content.decode()


def test_the_menu_opens_the_group_of_the_day_and_the_one_of_the_page(
    client: Client, world: World
) -> None:
    client.force_login(world.people["manager"])
    client.post("/preferences/language/", {"language": "en", "next": "/"})
    assert opened(client, "/desk/") == ["My cluster"]
    assert opened(client, "/directory/") == ["My cluster", "Data"]


def opened(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return re.findall(r'<details class="menu-group" open><summary><h2>([^<]*)</h2>', page)
