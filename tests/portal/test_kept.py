"""Pages are kept, yet always new after a change, and never carry anything of a visitor."""

import gzip
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from clusterwerk.activities.actions import (
    Plan,
    change_activity,
    plan_activity,
    publish_activity,
)
from clusterwerk.activities.models import ActivityKind
from clusterwerk.clusters import actions
from clusterwerk.clusters.models import Agency, Cluster, PublicProfile
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.models import User
from clusterwerk.portal import kept
from clusterwerk.reporting.models import PublishedProject
from clusterwerk.reporting.queries.version import published_version
from factories.world import cluster_seats
from portal.conftest import Import

pytestmark = pytest.mark.usefixtures("figures")


def read(visitor: Client, address: str = "/") -> str:
    return visitor.get(address).content.decode()


def test_a_page_that_nothing_changed_is_kept(
    visitor: Client, django_assert_num_queries: Any
) -> None:
    for address in ("/", "/?theme=digital", "/clusters/euka/"):
        read(visitor, address)
        # savepoint and its end, who acts, version
        with django_assert_num_queries(4):
            read(visitor, address)


def test_after_an_import_the_pages_change_at_once(visitor: Client, import_with: Import) -> None:
    assert ">196</a></dd>" in read(visitor, "/clusters/euka/")
    assert "196 members" in read(visitor)
    import_with("clusters.csv", "196", "197")
    assert ">197</a></dd>" in read(visitor, "/clusters/euka/")
    assert "197 members" in read(visitor)
    assert "196 members" not in read(visitor)


def test_a_headline_follows_its_document(visitor: Client, import_with: Import) -> None:
    assert ">1,132</a>" in read(visitor)
    import_with("programme_kpis.csv", "1132", "1131")
    assert ">1,131</a>" in read(visitor)


def test_a_cluster_described_anew_changes_once_it_is_published(visitor: Client) -> None:
    assert "Drone Valley" not in read(visitor)
    profile = PublicProfile.objects.get(slug="euka")
    agency = Agency.objects.get()
    seats = seats_of_command(agency=agency.pk)
    enter(seats)
    cluster = profile.cluster
    actions.describe_cluster(seats=seats, cluster=cluster, name="Drone Valley")
    assert "Drone Valley" not in read(visitor)
    enter(seats)
    actions.publish_profile(
        seats=seats, cluster=cluster, theme=profile.theme, scheme=profile.scheme
    )
    assert "Drone Valley" in read(visitor)
    assert "Drone Valley" in read(visitor, "/clusters/euka/")


def test_the_version_follows_every_kind_of_published_row() -> None:
    seen = [published_version()]
    enter(seats_of_command(agency=Agency.objects.get().pk))
    project = PublishedProject.objects.all()[0]
    PublishedProject.objects.filter(pk=project.pk).update(approved="yes")
    seen.append(published_version())
    project.parts.all()[:1].get().delete()
    seen.append(published_version())
    with unlocked(seats_of_command(), "directory"):
        Organisation.objects.filter(name="Sirris").update(name="Sirris Leuven")
    seen.append(published_version())
    assert len(set(seen)) == 4
    enter(NOBODY)
    assert published_version() == seen[-1]


def test_an_activity_shows_on_the_page_of_its_cluster_and_changes_at_once(
    visitor: Client,
) -> None:
    address = "/clusters/euka/"
    assert "Next activities" not in read(visitor, address)
    cluster = PublicProfile.objects.get(slug="euka").cluster_id
    enter(seats_of_command(agency=Agency.objects.get().pk))
    lead = Cluster.objects.get(pk=cluster)
    seats = cluster_seats(lead)
    plan = Plan(
        name="Drone day",
        kind=ActivityKind.WORKSHOP,
        language="en",
        starts_at=datetime(2090, 5, 6, 14, tzinfo=UTC),
        ends_at=datetime(2090, 5, 6, 17, tzinfo=UTC),
        time_zone="Europe/Brussels",
    )
    enter(seats)
    draft = plan_activity(seats=seats, lead=lead, plan=plan)
    assert "Drone day" not in read(visitor, address)
    enter(seats)
    publish_activity(seats=seats, activity=draft, now=plan.starts_at)
    assert "<b>Drone day</b>" in read(visitor, address)
    enter(seats)
    change_activity(seats=seats, activity=draft, plan=replace(plan, name="Drone night"))
    assert "<b>Drone night</b>" in read(visitor, address)
    assert "/agenda/clusters/euka/calendar.ics" in read(visitor, address)


def test_a_kept_page_holds_no_token_and_its_switches_work_all_the_same() -> None:
    visitor = Client(enforce_csrf_checks=True)
    assert "csrfmiddlewaretoken" not in read(visitor)
    sent = {"theme": "dark", "next": "/"}
    here = visitor.post("/preferences/theme/", sent, headers={"Origin": "http://testserver"})
    elsewhere = visitor.post("/preferences/theme/", sent, headers={"Origin": "https://other.test"})
    assert (here.status_code, elsewhere.status_code) == (302, 403)


def test_a_kept_page_goes_compressed_to_who_reads_that() -> None:
    plain, packed = (
        Client(headers={"Accept-Encoding": encoding}).get("/") for encoding in ("", "br, gzip")
    )
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) * 3 < len(plain.content)
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_who_is_signed_in_sees_the_desk_and_the_next_visitor_does_not(visitor: Client) -> None:
    enter(seats_of_command())
    person = User.objects.create_user("an@example.org", "password", name="An")
    signed_in = Client(HTTP_ACCEPT_LANGUAGE="en")
    signed_in.force_login(person)
    for address in ("/", "/clusters/euka/"):
        assert "Sign in" in read(visitor, address)
        assert "My desk" in read(signed_in, address)
        assert "My desk" not in read(visitor, address)


def test_what_a_visitor_adds_to_the_address_stays_with_them(visitor: Client) -> None:
    assert 'value="/?letter=secret"' in read(visitor, "/?letter=secret")
    assert "secret" not in read(visitor)
    assert "secret" not in read(visitor, "/?letter=other")


def test_language_and_theme_are_each_visitors_own(visitor: Client) -> None:
    dutch = Client(HTTP_ACCEPT_LANGUAGE="nl")
    dutch.cookies["theme"] = "dark"
    for _ in range(2):
        assert '<html lang="nl" data-theme="dark">' in read(dutch)
        assert '<html lang="en">' in read(visitor)
    assert ">Bouw <" in read(dutch)
    assert ">Construction <" in read(visitor)


def test_a_theme_that_does_not_exist_is_not_kept_as_one(visitor: Client) -> None:
    visitor.cookies["theme"] = '"><script>'
    assert '<html lang="en">' in read(visitor)


def test_a_busy_site_asks_for_the_version_once_in_its_lag(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.PUBLIC_LAG_SECONDS = 0.0
    fresh = kept.version()
    settings.PUBLIC_LAG_SECONDS = 60.0
    with django_assert_num_queries(0):
        assert [kept.version() for _ in range(3)] == [fresh] * 3
    settings.PUBLIC_LAG_SECONDS = 0.0
    with django_assert_num_queries(1):
        assert kept.version() == fresh
