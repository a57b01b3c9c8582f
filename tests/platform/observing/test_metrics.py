"""Figures for monitors: what they say, who may read them, and what they never say."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from django.db import OperationalError, connection, connections
from django.test import Client
from django.utils import timezone
from prometheus_client.metrics_core import Metric
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from pytest_django.fixtures import Settings

from clusterwerk.platform.backup import record
from clusterwerk.platform.observing import gauges
from clusterwerk.platform.observing.gauges import Gauge, register_gauges

PARSE: Callable[[str], Iterable[Metric]] = text_string_to_metric_families
TOKEN = "long-enough-to-be-a-token"


def families(client: Client, **headers: str) -> dict[str, Metric]:
    """What a monitor reads, by its own parser, which is strict about the format."""
    response = client.get("/metrics", headers=headers)
    assert response.status_code == 200
    assert response.headers["Content-Type"].startswith("application/openmetrics-text")
    return {one.name: one for one in PARSE(response.content.decode())}


def value(found: dict[str, Metric], name: str, /, **labels: str) -> float:
    (one,) = [one.value for one in found[name].samples if one.labels == labels]
    return float(one)


def requests_of(found: dict[str, Metric], view: str, status: str) -> float:
    return sum(
        one.value
        for one in found["clusterwerk_requests"].samples
        if one.labels == {"view": view, "status": status} and one.name.endswith("_total")
    )


def timed(found: dict[str, Metric], view: str) -> float:
    """How many answers of a view were timed, whatever their status."""
    return sum(
        one.value
        for one in found["clusterwerk_request_seconds"].samples
        if one.name.endswith("_count") and one.labels == {"view": view}
    )


def job(status: str, **facts: str | int) -> None:
    columns = ["queue_name", "task_name", "status", *facts]
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into procrastinate_jobs ({', '.join(columns)})"
            f" values ({', '.join(['%s'] * len(columns))})",
            ["default", "some.task", status, *facts.values()],
        )


@pytest.mark.django_db
def test_answers_are_counted_by_view_and_class_of_status(client: Client) -> None:
    before = families(client)
    client.get("/about/")
    client.get("/about/")
    client.get("/no-such-page/of-somebody@example.org/")
    after = families(client)
    assert requests_of(after, "portal:about", "2xx") == (
        requests_of(before, "portal:about", "2xx") + 2
    )
    assert requests_of(after, "none", "4xx") == requests_of(before, "none", "4xx") + 1
    assert timed(after, "portal:about") == timed(before, "portal:about") + 2


@pytest.mark.django_db
def test_labels_hold_no_address_person_or_cluster(client: Client) -> None:
    client.get("/no-such-page/of-somebody@example.org/?q=secret")
    found = families(client)
    labels = {name for one in found.values() for sample in one.samples for name in sample.labels}
    assert labels <= {"view", "status", "state", "le", "version", "python", "django"}
    text = client.get("/metrics").content.decode()
    assert not re.search(r"somebody|secret|example\.org", text)


@pytest.mark.django_db(transaction=True)
def test_jobs_stand_by_state_with_the_age_of_the_oldest(client: Client, empty_queue: None) -> None:
    job("todo", scheduled_at="2020-01-01 00:00+00", attempts=2)
    job("todo", scheduled_at="2999-01-01 00:00+00")
    job("failed")
    found = families(client)
    assert value(found, "clusterwerk_jobs", state="todo") == 2
    assert value(found, "clusterwerk_jobs", state="failed") == 1
    assert value(found, "clusterwerk_jobs", state="doing") == 0
    assert value(found, "clusterwerk_jobs_retried") == 1
    assert value(found, "clusterwerk_jobs_oldest_waiting_seconds") > 5 * 365 * 86_400


@pytest.mark.django_db(transaction=True)
def test_a_job_without_a_moment_waits_since_it_was_asked_for(
    client: Client, empty_queue: None
) -> None:
    job("todo")
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_events set at = now() - interval '1 hour'")
    waiting = value(families(client), "clusterwerk_jobs_oldest_waiting_seconds")
    assert 3600 <= waiting < 3700


@pytest.mark.django_db
def test_connections_and_versions_are_told(client: Client) -> None:
    found = families(client)
    assert value(found, "clusterwerk_database_up") == 1
    assert value(found, "clusterwerk_database_connections", state="active") >= 1
    assert value(found, "clusterwerk_database_connections_limit") > 10
    assert found["clusterwerk_build"].samples[0].labels["django"].startswith("5.2")


@pytest.mark.django_db
def test_a_part_of_the_platform_brings_its_own_figure(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gauges, "_registered", {})
    register_gauges(
        Gauge("mail_waiting", "Mail that waits.", lambda: 3),
        Gauge("nothing_yet_seconds", "Not known yet.", lambda: None),
    )
    found = families(client)
    assert value(found, "clusterwerk_mail_waiting") == 3
    assert "clusterwerk_nothing_yet_seconds" not in found


@pytest.mark.django_db
def test_without_the_database_the_rest_is_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(type(connections["default"]), "ensure_connection", away)
    found = families(client)
    assert value(found, "clusterwerk_database_up") == 0
    assert "clusterwerk_jobs" not in found
    assert "clusterwerk_build" in found


@pytest.mark.django_db(transaction=True)
def test_alerts_of_the_documents_name_figures_that_exist(
    client: Client, empty_queue: None, tmp_path: Path, settings: Settings
) -> None:
    settings.VAR = tmp_path
    record.note(tmp_path, made_at=timezone.now(), copied_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers default values")
    client.get("/about/")
    text = (Path(__file__).parents[3] / "docs" / "operate" / "server.md").read_text("utf-8")
    named = set(re.findall(r"\bclusterwerk_[a-z_]+\b", text)) - {"clusterwerk_app"}
    samples = {one.name for found in families(client).values() for one in found.samples}
    assert "clusterwerk_backup_age_seconds" in named
    assert named - samples - {"clusterwerk_owner"} == set()


# --- Who may read --------------------------------------------------------------------------------


def test_behind_a_proxy_a_visitor_is_refused_whatever_it_says(
    client: Client, settings: Settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for address in ("127.0.0.1", "::1", "198.51.100.7"):
        response = client.get("/metrics", headers={"x-forwarded-for": address})
        assert response.status_code == 403
    assert client.get("/metrics").status_code == 403


@pytest.mark.parametrize("name", ["x-forwarded-for", "forwarded", "x-real-ip", "via"])
def test_a_proxy_that_was_not_announced_is_seen_by_its_headers(client: Client, name: str) -> None:
    assert client.get("/metrics", headers={name: "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize("address", ["198.51.100.7", "", "no address"])
def test_another_machine_is_refused(client: Client, address: str) -> None:
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "127.8.8.8"])
def test_this_machine_may_read_without_a_proxy(client: Client, address: str) -> None:
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == 200


@pytest.mark.django_db
def test_the_token_opens_from_anywhere(client: Client, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.BEHIND_TLS = True
    settings.METRICS_TOKEN = TOKEN
    found = families(client, authorization=f"Bearer {TOKEN}", host="10.1.2.3")
    assert value(found, "clusterwerk_database_up") == 1


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", "Bearer ü"])
def test_a_wrong_token_opens_nothing(client: Client, settings: Settings, given: str) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics", headers={"authorization": given}).status_code == 403


def test_no_token_is_not_an_empty_token(client: Client, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.METRICS_TOKEN = ""
    response = client.get("/metrics", headers={"authorization": "Bearer "})
    assert response.status_code == 403
