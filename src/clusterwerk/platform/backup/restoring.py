"""Bringing a back-up into an empty installation, and comparing what came out with what went in.

First the whole file is unpacked beside the data and every part compared with the list of contents;
until then nothing is changed. Then one transaction removes the empty tables, loads the dump and
compares every table; only when all are equal is it committed. So whoever is killed at any moment
leaves an installation as empty as it was. Triggers, keys and indexes come after the rows.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psycopg

from clusterwerk.platform.backup import archive, encryption, filestore, programs, tables, work
from clusterwerk.platform.backup.encryption import Key
from clusterwerk.platform.backup.errors import BackupError
from clusterwerk.platform.backup.installation import Installation
from clusterwerk.platform.backup.manifest import Manifest, Part
from clusterwerk.platform.backup.psql import Script
from clusterwerk.platform.postgres.errors import ServerError

SPARE = 64 * 1024 * 1024  # bytes that unpacking leaves free
# What the target decides itself: extensions that stand, the schema that every database has.
OF_THE_TARGET = re.compile(r"^\d+; \d+ \d+ (SCHEMA - public|(ACL|COMMENT) - SCHEMA public) ")
COMMENT_OF_EXTENSION = re.compile(r"^\d+; \d+ \d+ COMMENT - EXTENSION ")
EXTENSION = re.compile(r"^\d+; \d+ \d+ EXTENSION - (\S+) ")
# What names the two roles; written anew from the code when they have other names here.
OF_THE_ROLES = re.compile(r"^\d+; \d+ \d+ (ACL|DEFAULT ACL|POLICY|COMMENT \S+ TABLE) ")
CLIENTS = """
select count(*) from pg_stat_activity
 where datname = current_database() and application_name = 'clusterwerk'
   and pid <> pg_backend_pid()
"""


@dataclass(frozen=True, slots=True)
class Restored:
    """What now stands in the installation."""

    manifest: Manifest
    encrypted: bool


def check(source: Path, key: Key) -> Restored:
    """Read a back-up from the first byte to the last, changing nothing; BackupError if damaged."""
    with _file(source) as file, encryption.opened(file, key) as stream:
        manifest = archive.read_manifest(stream)
        archive.read_parts(stream, manifest, lambda _: _forget)
    return Restored(manifest, _is_encrypted(source))


def restore(
    installation: Installation,
    source: Path,
    key: Key,
    *,
    known: set[str],
    tell: Callable[[str], None] = lambda _: None,
) -> Restored:
    """Restore into an empty installation; BackupError or ServerError, with nothing changed.

    known: the migrations of this program, as room.name, of its own rooms only. Migrations and
    access rules are for the caller to apply afterwards.
    """
    with work.alone(installation.var) as folder:
        require_empty(installation)
        tell("Reading and checking the file")
        manifest = _unpack(installation, source, key, folder, known)
        _require_files_fit(installation.files, manifest)
        tell(f"Loading {manifest.rows} rows and comparing {len(manifest.tables)} tables")
        _load(installation, folder, manifest, tell)
    return Restored(manifest, _is_encrypted(source))


def require_empty(installation: Installation) -> None:
    """BackupError when the installation holds anything that a fresh start does not."""
    try:
        with installation.connect() as connection:
            held = tables.occupied(connection)
            row = connection.execute(CLIENTS).fetchone()
    except psycopg.Error as error:
        raise ServerError(f"The database: {str(error).strip()}") from None
    if held:
        more = f" and {len(held) - 3} more" if len(held) > 3 else ""  # noqa: PLR2004 - enough to see
        message = (
            f"This installation is not empty: {', '.join(held[:3])}{more} hold rows. Restore into "
            "a new one (another CLUSTERWERK_VAR, or another database). Nothing was changed."
        )
        raise BackupError(message)
    if row and row[0]:
        message = (
            f"The program is connected to this database from elsewhere ({row[0]} connections). "
            "Stop every web server and worker, then restore. Nothing was changed."
        )
        raise BackupError(message)


def _unpack(
    installation: Installation, source: Path, key: Key, folder: Path, known: set[str]
) -> Manifest:
    with _file(source) as file, encryption.opened(file, key) as stream:
        manifest = archive.read_manifest(stream)
        _require_known(manifest, installation.release, known)
        with installation.connect() as connection:
            programs.require_not_older(connection.info.server_version // 10_000, manifest.server)
        _require_room(folder, manifest)
        try:
            archive.read_parts(stream, manifest, _Unpacking(folder))
        except OSError as error:
            raise work.machine_error(error, folder) from error
    return manifest


class _Unpacking:
    """Writes each part to a file of its name; the names were checked with the manifest."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, part: Part) -> archive.Sink:
        target = self._folder / part.name
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.touch(mode=0o600, exist_ok=False)

        def sink(chunk: bytes) -> None:
            with target.open("ab") as file:
                file.write(chunk)

        return sink


def _require_known(manifest: Manifest, release: str, known: set[str]) -> None:
    rooms = {name.partition(".")[0] for name in known}
    newer = [
        name
        for name in manifest.migrations
        if name.partition(".")[0] in rooms and name not in known
    ]
    if newer:
        message = (
            f"The back-up was made by release {manifest.release}, which is newer than this one "
            f"({release}): it has {newer[0]}. Install release {manifest.release}, then restore."
        )
        raise BackupError(message)


def _require_room(folder: Path, manifest: Manifest) -> None:
    free = shutil.disk_usage(folder).free
    if manifest.size + SPARE > free:
        message = (
            f"To unpack the back-up {manifest.size / 1e6:.0f} MB are needed in {folder.parent}, "
            f"and {free / 1e6:.0f} MB are free. Make room, then try again."
        )
        raise ServerError(message)


def _require_files_fit(files: Path, manifest: Manifest) -> None:
    """A store may hold what an interrupted restore put there, and nothing else of these names."""
    for part in manifest.files:
        standing = files / part.name.removeprefix(filestore.PREFIX)
        if standing.exists() and work.digest_of(standing) != (part.size, part.sha256):
            message = f"The file store holds another file in the place of {standing}. Move it away."
            raise BackupError(message)


def _load(
    installation: Installation, folder: Path, manifest: Manifest, tell: Callable[[str], None]
) -> None:
    with installation.connect() as connection:
        server = connection.info.server_version // 10_000
        standing = {str(name) for (name,) in connection.execute("select extname from pg_extension")}
    tools = programs.fitting(server, archive=manifest.dumped_with)
    same_roles = (installation.owner, installation.application) == (
        manifest.owner,
        manifest.application,
    )
    dump = folder / manifest.dump.name
    chosen = _chosen(tools.program("pg_restore"), dump, standing, same_roles=same_roles)
    with Script(installation, tools.program("psql")) as script:
        script.begin()
        _feed(script, tools.program("pg_restore"), dump, chosen)
        _compare(script, manifest)
        tell("Every table is equal; putting files and keys in their place")
        _put_files(installation, folder, manifest)
        script.commit()


def _chosen(program: str, dump: Path, standing: set[str], *, same_roles: bool) -> Path:
    """The list of what is restored, as pg_restore wants it."""
    with tempfile.TemporaryFile() as said:
        answer = subprocess.run(  # noqa: S603 - PostgreSQL's own program and our words
            [program, "--list", str(dump)], stdout=subprocess.PIPE, stderr=said, check=False
        )
        if answer.returncode:
            programs.raise_failed("pg_restore", said)
    lines = answer.stdout.decode("utf-8").splitlines()
    kept = [line for line in lines if _is_restored(line, standing, same_roles=same_roles)]
    file = dump.with_name("chosen.txt")
    file.write_text("\n".join(kept) + "\n", "utf-8")
    return file


def _is_restored(line: str, standing: set[str], *, same_roles: bool) -> bool:
    if OF_THE_TARGET.match(line) or COMMENT_OF_EXTENSION.match(line):
        return False
    extension = EXTENSION.match(line)
    if extension:
        return extension.group(1) not in standing
    return same_roles or not OF_THE_ROLES.match(line)


def _feed(script: Script, program: str, dump: Path, chosen: Path) -> None:
    command = [program, "--no-owner", "--exit-on-error", f"--use-list={chosen}"]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(  # noqa: S603 - PostgreSQL's own program and our words
            [*command, "--file=-", str(dump)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=said,
        )
        try:
            assert process.stdout is not None, "it was asked for"
            with process.stdout:
                script.feed(process.stdout)
            failed = process.wait() != 0
        finally:
            process.kill()
            process.wait()
        if failed:
            programs.raise_failed("pg_restore", said)
    script.fed()


def _compare(script: Script, manifest: Manifest) -> None:
    """BackupError that names every table which is not what it was."""
    found, sequences = script.contents()
    wrong = tables.differences(manifest.tables, found)
    wrong += [
        f"{name}: stands at {sequences.get(name, 0)}, before the back-up's {last}"
        for name, last in sorted(manifest.sequences.items())
        if sequences.get(name, 0) < last
    ]
    if wrong:
        lines = "\n  ".join(wrong)
        message = f"What was loaded is not what was backed up; nothing was kept:\n  {lines}"
        raise BackupError(message)


def _put_files(installation: Installation, folder: Path, manifest: Manifest) -> None:
    try:
        for part in manifest.files:
            name = part.name.removeprefix(filestore.PREFIX)
            filestore.put_back(folder / part.name, name, installation.files)
        for part in manifest.keys:
            filestore.put_back(
                folder / part.name, part.name.removeprefix("keys/"), installation.var
            )
    except OSError as error:
        raise work.machine_error(error, installation.files) from error


def _file(source: Path) -> IO[bytes]:
    try:
        return source.open("rb")
    except OSError as error:
        message = f"{source} cannot be read: {error.strerror}."
        raise BackupError(message) from None


def _is_encrypted(source: Path) -> bool:
    with source.open("rb") as file:
        return encryption.is_encrypted(file.read(archive.BLOCK))


def _forget(chunk: bytes) -> None:
    """Whoever only checks keeps nothing."""
