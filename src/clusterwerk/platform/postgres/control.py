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


def is_alive(home: Home, programs: Binaries) -> bool:
    """Whether a server process holds the data folder; it may still be starting."""
    _forget_stale_lock(home)
    return _pg_ctl(home, programs, "status").returncode == 0


def process_lives(home: Home) -> bool:
    """Whether the server's first process is there; costs next to nothing, starts no program."""
    try:
        first = (home.data / "postmaster.pid").read_text("utf-8").split("\n", 1)[0]
        os.kill(int(first), 0)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return False
    return True


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


def _forget_stale_lock(home: Home) -> None:
    """Remove a lock whose process number now belongs to another program.

    After a crash of the machine, or in a restarted container, PostgreSQL would take that program
    for a server and refuse to start. Only Linux tells what a process is.
    """
    lock = home.data / "postmaster.pid"
    if not lock.exists() or not Path("/proc/self/comm").exists():
        return
    number = lock.read_text("utf-8").split("\n", 1)[0].strip()
    name = Path("/proc") / number / "comm"
    if number.isdigit() and name.exists() and name.read_text("utf-8").strip() != "postgres":
        lock.unlink(missing_ok=True)
