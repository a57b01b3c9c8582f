"""A server of your own: what an administrator's address brings about, and what is refused."""

import os
import signal
import stat
from pathlib import Path
from urllib.parse import quote

import pytest

from clusterwerk.platform.postgres import home, kept, remote, roles, server
from clusterwerk.platform.postgres.address import (
    application_role,
    connection_settings,
    embedded_settings,
)
from clusterwerk.platform.postgres.client import application_url, connect, connect_with
from clusterwerk.platform.postgres.errors import ServerError

ASKS_FOR_PASSWORDS = "local all postgres peer map=clusterwerk\nlocal all all scram-sha-256\n"


@pytest.fixture
def administrator(var: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a superuser on a server that asks everybody else for a password."""
    server.start(var, trial=True)
    place = home.recorded(var)
    assert place
    (place.data / "pg_hba.conf").write_text(ASKS_FOR_PASSWORDS, "utf-8")
    number = int((place.data / "postmaster.pid").read_text("utf-8").split("\n", 1)[0])
    os.kill(number, signal.SIGHUP)
    url = f"postgresql://postgres@/trial?host={quote(str(place.run))}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    return url


def test_an_administrator_makes_roles_with_kept_passwords_and_the_database(
    administrator: str, tmp_path: Path
) -> None:
    remote.prepare(tmp_path)
    with connect("app", tmp_path) as connection:
        assert connection.info.user == "clusterwerk_app"
        assert connection.info.dbname == "trial"
        roles.check_application(connection)
    with connect("owner", tmp_path) as connection:
        connection.execute("create table ours (id int)")
    assert stat.S_IMODE(kept.file(tmp_path).stat().st_mode) == 0o600
    before = kept.file(tmp_path).read_text("utf-8")
    remote.prepare(tmp_path)
    assert kept.file(tmp_path).read_text("utf-8") == before


def test_a_lost_password_file_is_made_anew_and_the_data_stay(
    administrator: str, tmp_path: Path
) -> None:
    remote.prepare(tmp_path)
    with connect("owner", tmp_path) as connection:
        connection.execute("create table kept as select 7 as value")
    kept.file(tmp_path).unlink()
    remote.prepare(tmp_path)
    with connect("owner", tmp_path) as connection:
        assert connection.execute("select value from kept").fetchone() == (7,)


def test_an_administrator_who_is_no_superuser_is_enough(
    administrator: str, var: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connect_with(connection_settings("app", tmp_path), database="postgres") as connection:
        connection.execute("drop database clusterwerk")
        connection.execute("drop role clusterwerk_owner, clusterwerk_app")
        connection.execute("create role manager login createrole createdb password 'm:/@ x'")
    folder = embedded_settings("app", var)["HOST"]
    url = f"postgresql://manager:{quote('m:/@ x', safe='')}@/trial?host={quote(folder)}"
    monkeypatch.setenv("DATABASE_URL", url)
    remote.prepare(tmp_path)
    with connect("owner", tmp_path) as connection:
        connection.execute("create extension btree_gist")


def test_a_child_gets_the_address_of_the_application_alone(
    administrator: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remote.prepare(tmp_path)
    url = application_url(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    for role in ("app", "owner"):
        assert connection_settings(role, tmp_path)["USER"] == "clusterwerk_app"
    with connect("app", tmp_path) as connection:
        assert connection.info.user == "clusterwerk_app"


def test_both_roles_may_be_named_by_their_own_addresses(
    administrator: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://boss:one@db.example:6432/work")
    monkeypatch.setenv("DATABASE_URL", "postgresql://clerk:two@db.example/work?sslmode=require")
    owner = connection_settings("owner", tmp_path)
    clerk = connection_settings("app", tmp_path)
    assert [owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "boss",
        "one",
        "db.example",
        "6432",
        "work",
    ]
    assert clerk["OPTIONS"]["sslmode"] == "require"
    assert application_role() == "clerk"


def test_to_serve_as_superuser_or_owner_is_refused(administrator: str, tmp_path: Path) -> None:
    with connect_with(connection_settings("app", tmp_path), database="postgres") as connection:
        with pytest.raises(ServerError, match="postgres is a superuser and"):
            roles.check_application(connection)
        connection.execute("create database trial owner clusterwerk_owner")
        connection.execute("set role clusterwerk_owner")
    remote.prepare(tmp_path)
    with (
        connect("owner", tmp_path) as connection,
        pytest.raises(ServerError, match="clusterwerk_owner owns the database"),
    ):
        roles.check_application(connection)


def test_a_server_that_is_away_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    monkeypatch.setenv("DATABASE_URL", f"postgresql://someone@/trial?host={quote(str(tmp_path))}")
    with pytest.raises(ServerError, match=r"The server of DATABASE_URL: .*No such file"):
        remote.prepare(tmp_path)


def test_an_address_of_another_kind_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://someone@host/trial")
    with pytest.raises(ServerError, match="starts with 'mysql'; expected postgresql://"):
        connection_settings("app", tmp_path)
