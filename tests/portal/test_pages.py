"""The pages about the site, and what search engines read."""

import re

import pytest
from django.test import Client, override_settings

from clusterwerk.clusters.models import PublicProfile


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/about/", "About this platform"),
        ("/accessibility/", "Accessibility"),
        ("/privacy/", "Privacy"),
    ],
)
def test_everybody_reads_the_pages_about_the_site(
    visitor: Client, address: str, title: str
) -> None:
    text = visitor.get(address).content.decode()
    assert f'<h1 class="title-xl">{title}</h1>' in text
    footer = text[text.index('aria-label="Footer"') :]
    assert re.findall(r'href="(/[a-z]+/)"', footer)[:3] == [
        "/about/",
        "/accessibility/",
        "/privacy/",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("is_demo", [True, False])
def test_a_demo_says_that_it_is_one(visitor: Client, is_demo: bool) -> None:
    with override_settings(DEMO=is_demo):
        text = visitor.get("/about/").content.decode()
    assert ("This installation shows a demo" in text) is is_demo


@pytest.mark.django_db
def test_every_cookie_the_site_sets_stands_on_the_privacy_page(visitor: Client) -> None:
    visitor.get("/")
    visitor.post("/preferences/language/", {"language": "en"})
    visitor.post("/preferences/theme/", {"theme": "dark"})
    named = re.findall(r"<code>(\w+)</code>", visitor.get("/privacy/").content.decode())
    assert {*visitor.cookies, "sessionid", "csrftoken"} == set(named)


@pytest.mark.usefixtures("figures")
def test_the_map_of_the_site_lists_every_published_cluster_and_nothing_else(
    visitor: Client,
) -> None:
    response = visitor.get("/sitemap.xml")
    assert response["Content-Type"] == "application/xml"
    found = re.findall(r"<loc>http://testserver(/[^<]*)</loc>", response.content.decode())
    slugs = PublicProfile.objects.values_list("slug", flat=True)
    assert set(found) == {
        "/", "/about/", "/accessibility/", "/privacy/", *(f"/clusters/{slug}/" for slug in slugs)
    }  # fmt: skip
    assert len(found) == 30


@pytest.mark.django_db
def test_search_engines_are_led_to_the_map_and_kept_out_of_the_desk(visitor: Client) -> None:
    lines = visitor.get("/robots.txt").content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert "Disallow: /desk/" in lines
