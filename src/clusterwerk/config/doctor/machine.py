"""The machine: Python, clock, PostgreSQL's programs, folders, disks, keys, styles."""

import http.client
import os
import shutil
import stat
import sys
import time
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

from clusterwerk.config import environment
from clusterwerk.config.doctor.finding import Finding, Findings, fail, ok, unknown, warn
from clusterwerk.config.supervisor import digest
from clusterwerk.platform.postgres import binaries, control, home
from clusterwerk.platform.postgres.errors import ServerError

OLDEST_PYTHON = (3, 11)
MEGABYTE = 1_000_000
LITTLE = 1_000  # megabytes; a database that cannot write its log stops
TOO_LITTLE = 200
SHORTEST_SECRET = 32  # characters
FEWEST_CHARACTERS = 8  # different ones; a word written again and again is no secret
APART = 5.0  # seconds between this clock and the named source
PATIENCE = 5.0  # seconds for the source to answer
WRITTEN = 1_767_225_600  # 2026-01-01, before which this program did not exist


def findings(var: Path) -> Findings:
    yield python(sys.version_info[:2])
    yield clock(time.time())
    if environment.text("CLUSTERWERK_TIME_SOURCE"):
        yield clock_apart(environment.text("CLUSTERWERK_TIME_SOURCE"))
    if not os.environ.get("DATABASE_URL", "").strip():
        yield programs(var)
    yield folder(var)
    yield from disks(var)
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


def clock_apart(source: str) -> Finding:
    """This clock beside the `Date` that an address answers with, exact to a second."""
    try:
        apart = abs(time.time() - _date_of(source))
    except (OSError, http.client.HTTPException, TypeError, ValueError):
        return unknown(
            "clock", f"{source} does not tell the time.", "Look again with a connection."
        )
    if apart > APART:
        mend = "Let the machine take its time from a time server: timedatectl set-ntp true"
        return fail("clock", f"{apart:.0f} s apart from {source}.", mend)
    return ok("clock", f"The same as {source} tells.")


def _date_of(source: str) -> float:
    parts = urlsplit(source)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        connection.request("HEAD", parts.path or "/")
        return parsedate_to_datetime(connection.getresponse().headers["Date"]).timestamp()
    finally:
        connection.close()


def folder(var: Path) -> Finding:
    nearest = _nearest(var)
    if not os.access(nearest, os.W_OK | os.X_OK):
        mend = "Give it to the user who starts the program, or choose another with CLUSTERWERK_VAR."
        return fail("var", f"{nearest} cannot be written to.", mend)
    opened = [path for path in (var, *private(var)) if path.exists() and _is_open(path, var)]
    if opened:
        mend = f"chmod o-rwx,g-w {opened[0]}" if opened[0] != var else f"chmod go-w {var}"
        return fail("var", f"Others can use {', '.join(map(str, opened))}.", mend)
    return ok("var", f"{var} can be written to, and by nobody else.")


def private(var: Path) -> tuple[Path, ...]:
    """What holds sign-in links, passwords or everything."""
    return (var / "mail", var / "backups", var / "postgres" / "roles.json")


def _is_open(path: Path, var: Path) -> bool:
    """The folder itself may be entered, because the database's account must; never written to."""
    forbidden = 0o022 if path == var else 0o027
    return bool(stat.S_IMODE(path.stat().st_mode) & forbidden)


def disks(var: Path) -> Findings:
    """The folder's disk, and those of the database and the back-ups where they are others."""
    place = home.recorded(var)
    wanted = [_nearest(var), *([place.folder] if place else []), _nearest(var / "backups")]
    seen = set[int]()
    for path in wanted:
        device = path.stat().st_dev
        if device not in seen:
            seen.add(device)
            yield disk(path)


def disk(path: Path) -> Finding:
    free = shutil.disk_usage(path).free
    shown = f"{free / 1e9:.1f} GB free at {path}"
    if free < environment.number("CLUSTERWERK_DISK_FAIL_MB", default=TOO_LITTLE) * MEGABYTE:
        return fail("disk", shown, "Make room: without it the database stops.")
    if free < environment.number("CLUSTERWERK_DISK_WARN_MB", default=LITTLE) * MEGABYTE:
        return warn("disk", shown, "Make room before the database needs it.")
    return ok("disk", shown)


def secret(var: Path) -> Finding:
    """Length and secrecy of the key; the key itself is never shown."""
    file = var / "secret_key"
    given = environment.text("CLUSTERWERK_SECRET_KEY")
    if not given and not file.exists():
        return ok("secret key", "None yet; one is made at the first start.")
    mend = "Set a new one of 50 random characters; everybody signs in again."
    if not given:
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            return fail("secret key", f"Others can read {file}.", f"chmod 600 {file}")
        mend = f"Delete {file} and start again; everybody signs in again."
    value = given or file.read_text("utf-8").strip()
    if len(value) < SHORTEST_SECRET or len(set(value)) < FEWEST_CHARACTERS:
        return fail("secret key", "It is short enough to be guessed.", mend)
    return ok("secret key", "Given by CLUSTERWERK_SECRET_KEY." if given else f"Kept in {file}.")


def static(var: Path) -> Finding:
    stamp = var / "static.txt"
    if stamp.exists() and stamp.read_text("ascii") == digest.of_static(var):
        return ok("styles and scripts", "Collected from the present sources.")
    mend = "They are collected by the next `clusterwerk serve`."
    return warn("styles and scripts", "Not collected from the present sources.", mend)


def _nearest(path: Path) -> Path:
    """The folder itself, or the nearest one above it that exists."""
    return next(one for one in (path, *path.parents) if one.exists())
