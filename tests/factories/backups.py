"""Installations that are backed up and restored to, each a folder and a database of its own."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from psycopg import sql

from clusterwerk.platform.backup import archive, tables
from clusterwerk.platform.backup.installation import Installation
from clusterwerk.platform.backup.manifest import Manifest, Table
from clusterwerk.platform.postgres import roles
from clusterwerk.platform.postgres.address import DATABASE, embedded_settings
from clusterwerk.platform.postgres.client import Connection, connect_with
from factories.releases import Old

POLICIES = """
select tablename, policyname, roles::text, cmd, qual, with_check from pg_policies order by 1, 2
"""
GRANTS = """
select table_name, grantee, privilege_type from information_schema.role_table_grants
 where grantee not in ('postgres', 'PUBLIC') order by 1, 2, 3
"""
CONSTRAINTS = """
select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint
 where connamespace::regnamespace::text in ('public', 'access') order by 1, 2
"""
TRIGGERS = """
select tgrelid::regclass::text, tgname from pg_trigger where not tgisinternal order by 1, 2
"""


_number = count()


@contextmanager
def empty_database(var: Path) -> Iterator[Old]:
    """A database without tables on the trial server; it goes at the end."""
    empty = Old(var, f"empty_{os.getpid()}_{next(_number)}")
    with connect_with(embedded_settings("owner", var), database=DATABASE) as server:
        roles.make_database(server, empty.name)
        roles.grant(server, empty.name)
        try:
            yield empty
        finally:
            name = sql.Identifier(empty.name)
            server.execute(sql.SQL("drop database {} with (force)").format(name))


@dataclass(frozen=True)
class Stand:
    """A database of the trial server and the folder of its installation."""

    old: Old
    var: Path

    @property
    def files(self) -> Path:
        return self.var / "files"

    def point(self) -> Installation:
        """The installation, with the environment pointing at its database."""
        found = self.old.environment(self.var)
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
            os.environ[name] = found[name]
        return Installation(self.var, self.files, "0.1.0")

    def put_file(self, name: str, text: bytes) -> None:
        target = self.files / name[:2] / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text)

    def connect(self) -> Connection:
        return self.old.connect()

    def contents(self) -> list[Table]:
        with self.connect() as connection, connection.transaction():
            return tables.contents(connection)

    def rules(self) -> list[object]:
        """Policies, grants, constraints and triggers."""
        with self.connect() as connection:
            return [
                connection.execute(query).fetchall()
                for query in (POLICIES, GRANTS, CONSTRAINTS, TRIGGERS)
            ]

    def is_empty(self) -> bool:
        with self.connect() as connection:
            return tables.names(connection) == []


def packed(target: Path, manifest: Manifest, parts: dict[str, bytes]) -> Path:
    """A back-up in clear with these parts, whatever the manifest says of them."""
    text = manifest.model_dump_json().encode()
    with target.open("wb") as file:
        for name, content in {"manifest.json": text, **parts}.items():
            file.write(archive.header(name, len(content), 0) + content)
            file.write(archive.padding(len(content)))
        file.write(archive.end())
    return target


def unpacked(source: Path) -> tuple[Manifest, dict[str, bytes]]:
    """What stands in a back-up in clear."""
    found: dict[str, bytes] = {}
    with source.open("rb") as file:
        manifest = archive.read_manifest(file)
        for part in manifest.parts():
            archive.next_member(file)
            found[part.name] = archive.exactly(file, part.size)
            archive.exactly(file, len(archive.padding(part.size)))
    return manifest, found


def digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()
