"""What the website of a cluster shows inside its own pages."""

from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from activities.registered import filled_in, published, row, subjects
from clusterwerk.activities.models import Activity
from factories.world import World

AGENDA = "/embed/nl/alpha/agenda/"


@pytest.fixture
def opening(world: World) -> Activity:
    return published(world)


def typed(activity: Activity, email: str = "an@new.example") -> dict[str, str]:
    return filled_in(activity, name="An Aerts", email=email, guests="0")


def page_of(activity: Activity) -> str:
    return f"{AGENDA}{activity.uid}/"


def test_a_frame_may_stand_on_any_website_without_script_or_cookie(opening: Activity) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    for address in (AGENDA, page_of(opening), f"{page_of(opening)}register/"):
        response = client.get(address)
        assert response.status_code == 200
        text = response.content.decode()
        assert "Opening" in text
        assert "<script" not in text
        assert not response.cookies
        assert "X-Frame-Options" not in response.headers
        policy = response.headers["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "script-src 'none'" in policy
        assert '<html lang="nl"' in text
        assert response.headers["Content-Language"] == "nl"


def test_every_other_page_stays_out_of_frames(opening: Activity) -> None:
    response = Client().get(f"/agenda/{opening.uid}/")
    assert response.headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


def test_somebody_registers_in_a_frame_and_is_mailed(opening: Activity) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(f"{page_of(opening)}register/", typed(opening))
    assert response.status_code == 200
    assert "Kijk in uw mailbox" in response.content.decode()
    assert not response.cookies
    assert row(opening, "an@new.example").language == "nl"
    (subject,) = subjects("an@new.example")
    assert "Opening" in subject


def test_what_was_typed_stays_when_it_is_refused(opening: Activity) -> None:
    response = Client().post(f"{page_of(opening)}register/", typed(opening, email="an@"))
    assert response.status_code == 422
    assert 'value="An Aerts"' in response.content.decode()


def test_a_frame_shows_nothing_of_other_clusters(opening: Activity) -> None:
    client = Client()
    assert "Opening" not in client.get("/embed/nl/beta/agenda/").content.decode()
    for address in (f"/embed/nl/beta/agenda/{opening.uid}/", "/embed/fr/alpha/agenda/"):
        assert client.get(address).status_code == 404
    assert (
        client.post(f"/embed/nl/beta/agenda/{opening.uid}/register/", typed(opening)).status_code
        == 404
    )


def test_the_team_copies_a_line_for_each_language(opening: Activity, world: World) -> None:
    client = Client(HTTP_ACCEPT_LANGUAGE="en")
    client.force_login(world.people["manager"])
    text = client.get("/activities/alpha/website/").content.decode()
    for language in ("nl", "en"):
        assert "&lt;iframe src=&quot;http" in text
        assert f"/embed/{language}/alpha/agenda/&quot;" in text
    assert "/agenda/feed.xml?cluster=alpha" in text


def test_readers_of_news_follow_a_cluster(opening: Activity) -> None:
    response = Client().get("/agenda/feed.xml?cluster=alpha")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    (item,) = [one for one in ET.fromstring(response.content).iter("item") if _is_opening(one)]
    assert item.findtext("guid") == str(opening.uid)
    assert item.findtext("link", "").endswith(f"/agenda/{opening.uid}/")
    known = {"If-None-Match": response["ETag"]}
    again = Client().get("/agenda/feed.xml?cluster=alpha", headers=known)
    assert again.status_code == 304


def _is_opening(item: ET.Element) -> bool:
    """Its day in the time of the place, in which it is the next already."""
    return item.findtext("title") == "May 7, 2030: Opening"
