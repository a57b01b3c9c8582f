"""The machine: Python, PostgreSQL's programs, the folder, the disk, the secret, the styles."""

import os
import shutil
import stat
import sys
import time
from pathlib import Path

from clusterwerk.config import environment
from clusterwerk.config.doctor.finding import Finding, Findings, fail, ok, warn
from clusterwerk.config.supervisor import digest
from clusterwerk.platform.postgres import binaries, control, home
from clusterwerk.platform.postgres.errors import ServerError

OLDEST_PYTHON = (3, 11)
LITTLE = 1_000_000_000  # bytes; a database that cannot write its log stops
TOO_LITTLE = 200_000_000
WRITTEN = 1_767_225_600  # 2026-01-01, before which this program did not exist


def findings(var: Path) -> Findings:
    yield python(sys.version_info[:2])
    yield clock(time.time())
    if not os.environ.get("DATABASE_URL", "").strip():
        yield programs(var)
    yield folder(var)
    yield disk(_nearest(var))
    yield secret(var)
    yield static(var)


def python(version: tuple[int, ...]) -> Finding:
    shown = ".".join(str(part) for part in version)
    if version < OLDEST_PYTHON:
        return fail("python", f"Python {shown}", "Install Python 3.11 or newer.")
    return ok("python", f"Python {shown}")


def clock(now: float) -> Finding:
    if now < WRITTEN:
        shown = time.strftime("%Y-%m-%d", time.gmtime(now))
        return fail("clock", f"The clock says {shown}.", "Set the clock; links and codes expire.")
    return ok("clock", time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(now)))


def programs(var: Path) -> Finding:
    try:
        found = binaries.find()
        place = home.recorded(var)
        if place is not None:
            control.check_version(place, found)
    except ServerError as error:
        return fail("programs", "PostgreSQL's programs do not fit.", str(error))
    return ok("programs", f"PostgreSQL {found.version} in {found.folder}")


def folder(var: Path) -> Finding:
    nearest = _nearest(var)
    if not os.access(nearest, os.W_OK | os.X_OK):
        mend = "Give it to the user who starts the program, or choose another with CLUSTERWERK_VAR."
        return fail("var", f"{nearest} cannot be written to.", mend)
    return ok("var", f"{var} can be written to.")


def disk(path: Path) -> Finding:
    free = shutil.disk_usage(path).free
    shown = f"{free / 1e9:.1f} GB free at {path}"
    if free < TOO_LITTLE:
        return fail("disk", shown, "Make room: without it the database stops.")
    if free < LITTLE:
        return warn("disk", shown, "Make room before the database needs it.")
    return ok("disk", shown)


def secret(var: Path) -> Finding:
    if environment.text("CLUSTERWERK_SECRET_KEY"):
        return ok("secret key", "Given by CLUSTERWERK_SECRET_KEY.")
    file = var / "secret_key"
    if not file.exists():
        return ok("secret key", "None yet; one is made at the first start.")
    if stat.S_IMODE(file.stat().st_mode) & 0o077:
        return fail("secret key", f"Others can read {file}.", f"chmod 600 {file}")
    return ok("secret key", f"Kept in {file}.")


def static(var: Path) -> Finding:
    stamp = var / "static.txt"
    if stamp.exists() and stamp.read_text("ascii") == digest.of_static(var):
        return ok("styles and scripts", "Collected from the present sources.")
    mend = "They are collected by the next `clusterwerk serve`."
    return warn("styles and scripts", "Not collected from the present sources.", mend)


def _nearest(path: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    return next(one for one in (path, *path.parents) if one.exists())
