"""Making a back-up: one moment of the database, its files and keys, in one file.

A read-only transaction of the owner exports its snapshot; `pg_dump` runs in that snapshot while
the digests of the tables are computed in it, so both tell of the same moment however much is
written meanwhile. The dump is worked on in `var`, beside the data themselves, and leaves it
encrypted when that is asked for.
"""

import contextlib
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from clusterwerk.platform.backup import archive, encryption, filestore, programs, tables, work
from clusterwerk.platform.backup import manifest as contents
from clusterwerk.platform.backup.encryption import Lock
from clusterwerk.platform.backup.installation import KEYS, Installation
from clusterwerk.platform.backup.manifest import Manifest, Part, SafePart
from clusterwerk.platform.postgres.client import Connection
from clusterwerk.platform.postgres.errors import ServerError

ATTEMPTS = 3  # snapshots, when files go away between a snapshot and the look at the store
WAIT_FOR_TABLES = "60s"  # for a migration that holds a table


@dataclass(frozen=True, slots=True)
class Made:
    """A back-up that stands under its name; size in bytes, duration in seconds."""

    file: Path
    size: int
    seconds: float
    encrypted: bool
    manifest: Manifest


def make(
    installation: Installation, target: Path, *, lock: Lock | None = None, with_keys: bool = False
) -> Made:
    """Write a back-up; BackupError or ServerError when it cannot be made, and nothing is left.

    Keys of the installation go into an encrypted back-up, into one in clear only when asked.
    """
    lock = lock or Lock()
    encryption.recipients_of(lock)
    begun = time.monotonic()
    target = target.absolute()
    with (
        work.alone(installation.var) as folder,
        _as_sentences(installation.var),
        contextlib.ExitStack() as kept,
    ):
        work.require_free(target)
        manifest, held = _take(installation, folder, kept)
        if with_keys or not lock.is_open:
            manifest = manifest.model_copy(update={"keys": _keys(installation.var)})
        with work.written(target) as file, encryption.sealed(file, lock) as stream:
            _write(stream, manifest, folder, held, installation.var)
    seconds = time.monotonic() - begun
    return Made(target, target.stat().st_size, seconds, not lock.is_open, manifest)


@contextlib.contextmanager
def _as_sentences(var: Path) -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        message = f"The database: {str(error).strip()}"
        raise ServerError(message) from error
    except OSError as error:
        raise work.machine_error(error, var) from error


def _take(
    installation: Installation, folder: Path, kept: contextlib.ExitStack
) -> tuple[Manifest, Path]:
    """Dump and files of one moment; the files are kept for longer than the transaction is open.

    A file may go away between the snapshot and the look at the store; a later snapshot then knows
    of neither. What the last one asks for in vain is missing in the installation itself.
    """
    installation.files.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in reversed(range(ATTEMPTS)):
        with installation.connect() as connection, _unchanging(connection):
            wanted = filestore.named(connection)
            held = kept.enter_context(filestore.held(installation.files))
            missing = sorted(wanted - {Path(name).name for name in filestore.stands(held)})
            if not (missing and left):
                return _dump(installation, connection, folder, held, missing), held
    raise AssertionError


@contextlib.contextmanager
def _unchanging(connection: Connection) -> Iterator[None]:
    """A snapshot in which every table keeps its columns.

    The tables are held before the snapshot begins: a migration that ends between it and the dump
    would change what digests are taken of, and the back-up could not be restored.
    """
    every = sql.SQL(", ").join(sql.Identifier(*name) for name in tables.names(connection))
    with connection.transaction():
        connection.execute("set transaction isolation level repeatable read, read only")
        connection.execute(sql.SQL("set local lock_timeout = {}").format(WAIT_FOR_TABLES))
        connection.execute(sql.SQL("lock table {} in access share mode").format(every))
        yield


def _dump(
    installation: Installation,
    connection: Connection,
    folder: Path,
    held: Path,
    missing: list[str],
) -> Manifest:
    server = connection.info.server_version // 10_000
    tools = programs.fitting(server)
    snapshot = connection.execute("select pg_export_snapshot()").fetchone()
    assert snapshot is not None, "a function has a value"
    moment = datetime.now(UTC)
    sequences = tables.sequences(connection)
    dump = folder / contents.DUMP
    with tempfile.TemporaryFile() as said:
        process = _start_dump(installation, tools.program("pg_dump"), snapshot[0], dump, said)
        try:
            found = tables.contents(connection)
            migrations = tables.migrations(connection)
            head = tables.history_head(connection)
            files = filestore.parts(held)
            failed = process.wait() != 0
        finally:
            process.kill()
            process.wait()
        if failed:
            programs.raise_failed("pg_dump", said)
    size, digest = work.digest_of(dump)
    return Manifest(
        format=contents.FORMAT,
        release=installation.release,
        made_at=moment,
        server=server,
        dumped_with=tools.version,
        owner=installation.owner,
        application=installation.application,
        migrations=migrations,
        tables=found,
        sequences=sequences,
        dump=Part(name=contents.DUMP, size=size, sha256=digest),
        keys=[],
        history_head=head,
        files=files,
        missing_files=missing,
    )


def _start_dump(
    installation: Installation, program: str, snapshot: str, dump: Path, said: IO[bytes]
) -> subprocess.Popen[bytes]:
    command = [program, "--format=custom", f"--snapshot={snapshot}", f"--file={dump}"]
    command += ["--no-password", "--no-publications", "--no-subscriptions"]
    command += [
        f"--lock-wait-timeout={WAIT_FOR_TABLES}",
        f"--dbname={installation.address('clusterwerk backup')}",
    ]
    return subprocess.Popen(  # noqa: S603 - PostgreSQL's own program and our words
        command,
        env=programs.environment(installation),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=said,
    )


def _keys(var: Path) -> list[SafePart]:
    found = []
    for name in KEYS:
        if (var / name).is_file():
            size, digest = work.digest_of(var / name)
            found.append(SafePart(name=f"keys/{name}", size=size, sha256=digest))
    return found


def _write(stream: IO[bytes], manifest: Manifest, folder: Path, held: Path, var: Path) -> None:
    moment = manifest.made_at.timestamp()
    text = manifest.model_dump_json().encode()
    stream.write(archive.header(contents.NAME, len(text), moment))
    stream.write(text + archive.padding(len(text)))
    sources = {"keys": var, "files": held}
    for part in manifest.parts():
        where, _, name = part.name.partition("/")
        path = sources[where] / name if name else folder / part.name
        with path.open("rb") as source:
            archive.add(stream, part, source, moment)
    stream.write(archive.end())
