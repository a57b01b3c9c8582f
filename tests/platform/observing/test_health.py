"""Liveness and readiness, with the database there, away, hanging and behind the code."""

import socket
from collections.abc import Iterator

import psycopg
import pytest
from django.db import OperationalError, connection, connections
from django.test import Client
from pytest_django.fixtures import Settings

from clusterwerk.platform.observing import probe, readiness
from factories.owner import as_owner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("empty_queue")]


@pytest.fixture
def hanging() -> Iterator[str]:
    """A server that accepts and then says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"host=127.0.0.1 port={server.getsockname()[1]} user=x sslmode=disable"


@pytest.fixture
def unapplied(transactional_db: None) -> Iterator[int]:
    """The number of migrations whose note was taken away, and is put back."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "delete from django_migrations where app = 'mfa' returning app, name, applied"
        )
        taken = cursor.fetchall()
    yield len(taken)
    with as_owner(), connection.cursor() as cursor:
        cursor.executemany(
            "insert into django_migrations (app, name, applied) values (%s, %s, %s)", taken
        )


def beat(ago: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_workers (last_heartbeat) values (now() - %s::interval)",
            [ago],
        )


@pytest.fixture
def no_database(empty_queue: None) -> Iterator[None]:
    def away(*_: object) -> None:
        message = "the network is down\nand more"
        raise OperationalError(message)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connections["default"]), "ensure_connection", away)
        yield


def test_liveness_needs_neither_database_nor_name_nor_tls(
    client: Client, settings: Settings, no_database: None
) -> None:
    settings.ALLOWED_HOSTS = ["clusters.example.org"]
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/healthz", headers={"host": "10.1.2.3"})
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_the_rest_of_the_site_keeps_to_its_names(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["clusters.example.org"]
    assert client.get("/about/", headers={"host": "10.1.2.3"}).status_code == 400


def test_an_installation_with_a_worker_is_ready(client: Client) -> None:
    beat("2 seconds")
    response = client.get("/readyz")
    assert response.json() == {"ready": True, "reasons": [], "warnings": []}
    assert response.status_code == 200


def test_a_worker_that_is_silent_is_a_warning(client: Client) -> None:
    assert client.get("/readyz").json()["warnings"] == ["No worker has ever run."]


def test_a_worker_that_went_silent_is_a_warning_with_its_seconds(client: Client) -> None:
    beat("600 seconds")
    response = client.get("/readyz")
    assert response.json()["warnings"] == ["No worker was heard of for 600 s."]
    assert response.status_code == 200


def test_a_database_that_is_away_is_said(client: Client, no_database: None) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["reasons"] == ["The database refuses: the network is down"]


def test_a_database_that_hangs_is_said_while_the_question_still_waits(
    client: Client, hanging: str
) -> None:
    asked: list[int] = []

    def hang(*_: object) -> None:
        asked.append(1)
        psycopg.connect(hanging, connect_timeout=5)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(connections["default"]), "ensure_connection", hang)
        for _ in range(2):
            response = client.get("/readyz")
            assert response.status_code == 503
            assert response.json()["reasons"] == ["The database does not answer in time."]
    assert asked == [1]  # who asks meanwhile waits for the same answer


def test_a_statement_that_hangs_is_ended_by_the_database() -> None:
    def sleep() -> None:
        with connection.cursor() as cursor:
            cursor.execute("select pg_sleep(60)")

    asked = probe.Probe(sleep)
    with pytest.raises((OperationalError, TimeoutError)):
        asked.answer()
    running = asked._answer
    assert running
    assert isinstance(running.exception(timeout=30), OperationalError)


def test_a_migration_that_is_missing_is_said(client: Client, unapplied: int) -> None:
    response = client.get("/readyz")
    assert response.json()["reasons"] == [f"{unapplied} migrations are to be applied."]
    assert response.status_code == 503


def test_reasons_are_for_whoever_may_look(client: Client, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert client.get("/readyz").json() == {"ready": True}


def test_monitors_may_not_post(client: Client) -> None:
    assert client.post("/healthz").status_code == 405


def test_readiness_of_this_database_is_without_reasons() -> None:
    assert readiness.readiness().reasons == []
