"""The embedded server: made once, started, joined, left and stopped.

It listens on a socket only; who may connect is decided by the system user (peer), so no password
exists. Starts and stops are serialised by a lock; everybody who needs the server holds a shared
lock for as long as they live, and the last to leave stops it, unless it was started to stay.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from clusterwerk.platform.postgres import binaries, configuration, control, home, roles
from clusterwerk.platform.postgres.errors import ServerError
from clusterwerk.platform.postgres.home import Home
from clusterwerk.platform.postgres.locks import Lock, alone

PATIENCE = 90.0  # seconds to wait for another process that starts or stops the same server
PAUSE = 0.2
RETRY = 20.0  # seconds: after a kill -9 the server's children hold its lock for a while


@dataclass(frozen=True)
class Running:
    """A server that accepts connections, and the lock that keeps others from stopping it."""

    home: Home
    use: Lock
    started: bool  # by this call; otherwise it was running already


def start(var: Path, *, trial: bool = False) -> Running:
    """Make the server when there is none, start it when it is down, and join it.

    trial: for tests; does not wait for the disk, and the owner may create databases.
    Raises ServerError with what to do.
    """
    with alone(var / "postgres" / "start.lock", wait=PATIENCE):
        found = binaries.find()
        place = home.settle(var)
        programs = home.readable_binaries(found, place.account)
        control.initialise(place, programs, trial=trial)
        control.check_version(place, programs)
        configuration.write(place, trial=trial)
        started = _up(place, programs)
        roles.prepare_embedded(place, may_create_databases=trial)
        return Running(place, _use(place), started)


def leave(running: Running) -> bool:
    """End this use; stops the server when nobody else uses it. True when it was stopped."""
    running.use.drop()
    return stop_when_unused(running.home.var)


def stop_when_unused(var: Path) -> bool:
    """Stop the server unless it is in use or was asked to stay; True when it was stopped."""
    with alone(var / "postgres" / "start.lock", wait=PATIENCE):
        place = home.recorded(var)
        if place is None or _stays(place).exists():
            return False
        users = Lock(place.records / "users.lock")
        try:
            return users.alone() and _down(place)
        finally:
            users.drop()


def stay(var: Path) -> None:
    """Let the server run on when its last user leaves, until `stop`."""
    _stays_in(var).touch()


def stop(var: Path) -> bool:
    """Stop the server whoever uses it; False when there was none to stop."""
    with alone(var / "postgres" / "start.lock", wait=PATIENCE):
        _stays_in(var).unlink(missing_ok=True)
        place = home.recorded(var)
        return place is not None and _down(place)


def is_running(var: Path) -> bool:
    place = home.recorded(var)
    return place is not None and control.accepts(place)


def _up(place: Home, programs: binaries.Binaries) -> bool:
    """Start it, or wait for one that is starting; False when it was alive already.

    A server that was killed a moment ago may look alive at first and refuse to start for a while:
    its children hold on to its memory.
    """
    limit = time.monotonic() + PATIENCE
    while time.monotonic() < limit:
        if not control.is_alive(place):
            limit = min(limit, time.monotonic() + RETRY)
            if control.start(place, programs):
                return True
        elif control.accepts(place):
            return False
        time.sleep(PAUSE)
    raise ServerError(control.why_not_started(place))


def _down(place: Home) -> bool:
    programs = home.readable_binaries(binaries.find(), place.account)
    return control.is_alive(place) and control.stop(place, programs)


def _use(place: Home) -> Lock:
    users = Lock(place.records / "users.lock")
    assert users.shared(), "only a stop holds this lock alone, and a stop holds the start lock"
    return users


def _stays(place: Home) -> Path:
    return _stays_in(place.var)


def _stays_in(var: Path) -> Path:
    return var / "postgres" / "stays"
