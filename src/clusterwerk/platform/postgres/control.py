"""The single operations on a server: initialise, start, ask, stop. No locks, no decisions."""

import os
import shutil
import subprocess
from pathlib import Path

import psycopg

from clusterwerk.platform.postgres.binaries import Binaries, on_debian
from clusterwerk.platform.postgres.configuration import SUPERUSER
from clusterwerk.platform.postgres.errors import ServerError
from clusterwerk.platform.postgres.home import Home

START_TIMEOUT = 120  # seconds; a recovery after a crash replays the log first
STOP_TIMEOUT = 30
LOCK = "postmaster.pid"
STOP_MODES = ("fast", "immediate")


def initialise(home: Home, programs: Binaries, *, trial: bool) -> None:
    """Make the data folder when there is none: under another name first, so that it is whole."""
    if (home.data / "PG_VERSION").exists():
        return
    if home.data.exists():
        message = f"{home.data} exists and is no database. Move it away and start again."
        raise ServerError(message)
    unfinished = home.data.with_name("data.new")
    shutil.rmtree(unfinished, ignore_errors=True)
    home.account.own(unfinished)
    command = [programs.program("initdb"), "-D", str(unfinished), "-U", SUPERUSER]
    command += ["--auth-local=peer", "--auth-host=scram-sha-256", "--encoding=UTF8"]
    command += ["--locale=C.UTF-8", "--data-checksums", *(["--no-sync"] if trial else [])]
    answer = subprocess.run(  # noqa: S603 - our own program and words
        command, check=False, capture_output=True, text=True, **home.account.process_options()
    )
    if answer.returncode:
        message = f"The database could not be made in {home.data}: {answer.stderr.strip()}"
        raise ServerError(message)
    unfinished.rename(home.data)


def check_version(home: Home, programs: Binaries) -> None:
    """ServerError when another major version wrote the data; the server itself says it badly."""
    kept = int((home.data / "PG_VERSION").read_text("ascii"))
    if kept == programs.version:
        return
    fitting = on_debian(kept)
    way = f"set CLUSTERWERK_PG_BIN={fitting}" if fitting else f"install PostgreSQL {kept}"
    message = (
        f"The data in {home.data} was written by PostgreSQL {kept}, the programs in "
        f"{programs.folder} are version {programs.version}. To go on as before, {way}. To move to "
        f"{programs.version}, dump with {kept} and restore (docs/operate/database.md)."
    )
    raise ServerError(message)


def is_alive(home: Home) -> bool:
    """Whether the server's first process is there; it may still be starting."""
    number = _noted_process(home)
    if number is None:
        return False
    try:
        os.kill(number, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return _is_postgres(number)


def accepts(home: Home) -> bool:
    try:
        psycopg.connect(
            host=str(home.run), user=SUPERUSER, dbname="postgres", connect_timeout=5
        ).close()
    except psycopg.OperationalError:
        return False
    return True


def start(home: Home, programs: Binaries) -> bool:
    """Start and wait until it accepts connections; False when it does not."""
    forget_stale_lock(home)
    first_log = str(home.log / "start.log")
    words = ["start", "-w", "-t", str(START_TIMEOUT), "-l", first_log]
    return _pg_ctl(home, programs, *words).returncode == 0


def stop(home: Home, programs: Binaries) -> bool:
    """Stop without waiting for clients; a server that does not end in time is stopped at once."""
    words = ["stop", "-w", "-t", str(STOP_TIMEOUT), "-m"]
    return any(_pg_ctl(home, programs, *words, mode).returncode == 0 for mode in STOP_MODES)


def why_not_started(home: Home) -> str:
    """The message for a server that stays down, with the last lines of its log."""
    logs = sorted(home.log.glob("*.log"), key=lambda path: path.stat().st_mtime)
    lines = [line for log in logs[-2:] for line in log.read_text("utf-8", "replace").splitlines()]
    return f"The database in {home.data} does not start. Its log says:\n" + "\n".join(lines[-8:])


def _pg_ctl(home: Home, programs: Binaries, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - our own program and words
        [programs.program("pg_ctl"), "-D", str(home.data), *words],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **home.account.process_options(),
    )


def forget_stale_lock(home: Home) -> None:
    """Remove a lock whose process number is no server's any more.

    After a crash of the machine, or in a restarted container, the number may belong to another
    program, which PostgreSQL would take for a server and refuse to start.
    """
    if not is_alive(home):
        (home.data / LOCK).unlink(missing_ok=True)


def _noted_process(home: Home) -> int | None:
    try:
        return int((home.data / LOCK).read_text("utf-8").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _is_postgres(number: int) -> bool:
    """Whether a living process is PostgreSQL's; only Linux tells, elsewhere it is believed."""
    status = Path("/proc") / str(number) / "stat"
    if not Path("/proc/self/stat").exists():
        return True
    try:
        name, _, rest = status.read_text("utf-8", "replace").partition("(")[2].rpartition(")")
    except OSError:
        return False
    return name == "postgres" and rest.split()[0] not in {"Z", "X"}
