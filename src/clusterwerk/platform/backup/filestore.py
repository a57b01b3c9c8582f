"""The files of an installation as they stand at one moment.

Files of the store are never changed, only added and taken away, so a second name for each (a hard
link, in the store itself) keeps the bytes for as long as the back-up reads them.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psycopg import sql

from clusterwerk.platform.backup.manifest import SafePart
from clusterwerk.platform.backup.work import digest_of, sync_folder
from clusterwerk.platform.postgres.client import Connection

HELD = ".backup"
PREFIX = "files/"
UNFINISHED = ".part"
# Tables that name a file of the store, by the column that the store's own table has; a table of
# events names files of the past.
NAMING = """
select table_schema, table_name from information_schema.columns c
 where column_name = 'stored_as'
   and not exists (select from information_schema.columns e
                    where e.table_schema = c.table_schema and e.table_name = c.table_name
                      and e.column_name = 'pgh_id')
"""


@contextmanager
def held(files: Path) -> Iterator[Path]:
    """A folder with every file of the store as it is now; it goes at the end."""
    place = files / HELD
    shutil.rmtree(place, ignore_errors=True)
    try:
        for name in _names(files):
            _hold(files / name, place / name)
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def parts(place: Path) -> list[SafePart]:
    """Name, size and digest of each file that is held."""
    found = []
    for name in _names(place):
        size, digest = digest_of(place / name)
        found.append(SafePart(name=f"{PREFIX}{name}", size=size, sha256=digest))
    return found


def named(connection: Connection) -> set[str]:
    """Names in the store that rows of the open transaction hold."""
    found = set()
    for schema, table in connection.execute(NAMING).fetchall():
        query = sql.SQL("select stored_as from {}").format(sql.Identifier(schema, table))
        found |= {str(name) for (name,) in connection.execute(query)}
    return found


def put_back(source: Path, name: str, files: Path) -> None:
    """Move an unpacked file to its place in the store; the same file there already is left."""
    target = files / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = target.with_name(f"{target.name}{UNFINISHED}")
    shutil.copyfile(source, new)
    new.chmod(0o600)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(target)
    sync_folder(target.parent)


def stands(files: Path) -> list[str]:
    """Names of the files that the store holds."""
    return list(_names(files))


def _names(folder: Path) -> Iterator[str]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        plain = path.is_file() and not path.is_symlink() and not path.name.endswith(UNFINISHED)
        if plain and name.parts[0] != HELD:
            yield name.as_posix()


def _hold(source: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError:  # taken away since it was listed
        return
    except OSError:  # a file system without second names
        _copy(source, target)


def _copy(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except FileNotFoundError:
        target.unlink(missing_ok=True)
