"""One installation with its own server for all tests of several processes."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from clusterwerk.platform.postgres import home, server
from clusterwerk.platform.postgres.home import Home
from factories.scaled import APPLICATION, Standby, environment_of, owner_url, url_of

TABLES = """
create table scaled_notes (number int);
create table scaled_done (number int);
grant select, insert on scaled_notes, scaled_done to {application};
"""
PEOPLE = "import django; django.setup(); from scaled import people; people.main()"


@dataclass(frozen=True)
class Manager:
    """Who manages one of four clusters, and how many members it has."""

    cluster: str
    session: str
    members: int


@dataclass(frozen=True)
class Installation:
    """A prepared database with published figures, behind no web server yet."""

    var: Path
    place: Home
    managers: tuple[Manager, ...]

    @property
    def addresses(self) -> dict[str, str]:
        """Both roles, straight to the server."""
        return {
            "DATABASE_URL": url_of(self.place.run),
            "DATABASE_OWNER_URL": owner_url(self.place),
        }

    def ask(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """As the administrator, outside the application."""
        with psycopg.connect(url_of(self.place.run, "postgres"), autocommit=True) as connection:
            cursor = connection.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    with tempfile.TemporaryDirectory(prefix="cw") as made:
        var = Path(made)
        var.chmod(0o755)
        running = server.start(var)
        place = home.recorded(var)
        assert place
        addresses = {"DATABASE_URL": url_of(place.run), "DATABASE_OWNER_URL": owner_url(place)}
        try:
            _python(var, "-m", "clusterwerk.config", "figures", "import", **addresses)
            with psycopg.connect(owner_url(place), autocommit=True) as connection:
                connection.execute(TABLES.format(application=APPLICATION))
            managers = json.loads(_python(var, "-c", PEOPLE, **addresses))
            yield Installation(var, place, tuple(Manager(*one) for one in managers))
        finally:
            running.use.drop()
            server.stop(var)


def _python(var: Path, *words: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, *words],
        env=environment_of(var, **environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def standby(installation: Installation) -> Iterator[Standby]:
    with tempfile.TemporaryDirectory(prefix="cwr") as made:
        Path(made).chmod(0o755)
        one = Standby(installation.place, Path(made) / "standby")
        one.make()
        one.start()
        yield one
        one.kill()
