"""Databases of earlier releases: found, loaded, and looked at as their owner."""

import json
import lzma
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from psycopg import sql

from clusterwerk.platform.postgres import roles
from clusterwerk.platform.postgres.address import APPLICATION, DATABASE, OWNER, embedded_settings
from clusterwerk.platform.postgres.client import Connection, connect_with
from factories.supervised import environment_of

FOLDER = Path(__file__).resolve().parents[1] / "releases"
COPY = re.compile(r"^(COPY [^;]+ FROM stdin;)\n(.*?)^\\\.\n", re.MULTILINE | re.DOTALL)
_number = count()


def releases() -> list[str]:
    """Versions that have a fixture, oldest first."""
    found = (path.name.removesuffix(".sql.xz") for path in FOLDER.glob("*.sql.xz"))
    return sorted(found, key=lambda version: [int(part) for part in version.split(".")])


def facts_of(release: str) -> dict[str, Any]:
    """Rows and sums of the release, as its fixture was made."""
    found: dict[str, Any] = json.loads((FOLDER / f"{release}.json").read_text("utf-8"))
    return found


class Old:
    """A database on the trial server, addressed as a server of your own."""

    def __init__(self, var: Path, name: str, release: str = "") -> None:
        self.var = var
        self.name = name
        self.release = release
        self._settings = embedded_settings("owner", var)

    def connect(self) -> Connection:
        """As the owner."""
        return connect_with(self._settings, database=self.name)

    def environment(self, var: Path, **more: str) -> dict[str, str]:
        """Of the program, with a `var` of its own."""
        host = self._settings["HOST"]
        return {
            **environment_of(var),
            "DJANGO_SETTINGS_MODULE": "clusterwerk.config.settings",
            "CLUSTERWERK_DEMO": "yes",
            "DATABASE_URL": f"postgresql://{APPLICATION}@/{self.name}?host={host}",
            "DATABASE_OWNER_URL": f"postgresql://{OWNER}@/{self.name}?host={host}",
            **more,
        }


@contextmanager
def old_database(var: Path, release: str) -> Iterator[Old]:
    """A database of that release; it goes at the end."""
    with _database(var, release, "template0") as old:
        with old.connect() as connection:
            load(connection, release)
        yield old


@contextmanager
def copied_database(source: Old) -> Iterator[Old]:
    """The same once more; nobody may be connected to the source."""
    with _database(source.var, source.release, source.name) as copy:
        yield copy


@contextmanager
def _database(var: Path, release: str, template: str) -> Iterator[Old]:
    old = Old(var, f"old_{os.getpid()}_{next(_number)}", release)
    name = sql.Identifier(old.name)
    with connect_with(embedded_settings("owner", var), database=DATABASE) as server:
        statement = "create database {} template {} encoding 'UTF8' locale 'C.UTF-8'"
        server.execute(sql.SQL(statement).format(name, sql.Identifier(template)))
        roles.grant(server, old.name)
        try:
            yield old
        finally:
            server.execute(sql.SQL("drop database {} with (force)").format(name))


def load(connection: Connection, release: str) -> None:
    """Run the dump; its rows go in through COPY."""
    text = lzma.decompress((FOLDER / f"{release}.sql.xz").read_bytes()).decode()
    place = 0
    for found in COPY.finditer(text):
        _run(connection, text[place : found.start()])
        with connection.cursor() as cursor, cursor.copy(found[1].encode()) as copy:
            copy.write(found[2])
        place = found.end()
    _run(connection, text[place:])


def _run(connection: Connection, statements: str) -> None:
    connection.execute(statements.encode())
