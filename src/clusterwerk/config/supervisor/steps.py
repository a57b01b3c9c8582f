"""What is needed once before anything is served, and the wait for the first page."""

import http.client
import time
from collections.abc import Callable
from pathlib import Path

from clusterwerk.config import environment
from clusterwerk.config.demo.people import DEMO_PASSWORD, DEMO_PEOPLE
from clusterwerk.config.supervisor import children, digest, prepared, task
from clusterwerk.config.supervisor.child import Child
from clusterwerk.config.supervisor.screen import Screen
from clusterwerk.config.supervisor.stopping import Wish
from clusterwerk.config.upgrading import policy
from clusterwerk.platform.postgres import roles
from clusterwerk.platform.postgres.client import connect
from clusterwerk.platform.postgres.errors import ServerError

PATIENCE = task.PATIENCE
PAGE_TIMEOUT = 60.0  # seconds for the first page after a start
SERVER_ERROR = 500

Announce = Callable[[int], None]


def prepare(
    var: Path,
    screen: Screen,
    wish: Wish,
    announce: Announce,
    *,
    allowed: tuple[str, ...] | None = None,
) -> None:
    """Migrations, access rules and static files, each only when its sources have changed.

    allowed: what may be done to tables that hold data, in the words of `preparing`; by default what
    `upgrading.policy` says. Raises ServerError when more is needed than is allowed.
    """
    wish.pause(0)
    wanted = _wanted(var)
    if wanted:
        given = policy.allowed(var) if allowed is None else allowed
        words = ["clusterwerk.config.supervisor.preparing", *wanted, *given]
        settings = children.environment(var, demo=False, owner=True)
        with screen.step("Preparing tables, access rules, styles", "Tables and access rules"):
            task.run(words, settings, wish, announce)
        _note(var, wanted)
    with connect("app", var) as connection:
        roles.check_application(connection)


def load_demo(var: Path, screen: Screen, wish: Wish, announce: Announce) -> None:
    """The demo, when this database has not got it in this form."""
    with connect("app", var) as connection:
        if prepared.read(connection).get("demo") == digest.of_demo():
            return
    words = ["clusterwerk.config", "demo", "load"]
    with screen.step("Loading the demo", "Demo"):
        task.run(words, children.environment(var, demo=True), wish, announce)
    with connect("owner", var) as connection:
        prepared.note(connection, demo=digest.of_demo())


def sign_ins(*, demo: bool) -> tuple[list[tuple[str, str]], str]:
    """Role and e-mail address of the demo's people, and their password; empty without a demo."""
    return ([(one.role, one.email) for one in DEMO_PEOPLE], DEMO_PASSWORD) if demo else ([], "")


def wait_for_page(host: str, port: int, web: Child, wish: Wish) -> int:
    """The status of the home page once it answers; ServerError when the web server dies."""
    end = time.monotonic() + PAGE_TIMEOUT
    while time.monotonic() < end:
        status = _status(host, port)
        if status:
            return status
        if web.process is None or web.process.poll() is not None:
            message = "The web server does not start; what went wrong is written above."
            raise ServerError(message)
        wish.pause(0.05)
    message = f"The home page did not answer within {PAGE_TIMEOUT:.0f} s."
    raise ServerError(message)


def _wanted(var: Path) -> list[str]:
    with connect("app", var) as connection:
        notes = prepared.read(connection)
    stamp = _static_stamp(var)
    static = stamp.exists() and stamp.read_text("ascii") == digest.of_static(var)
    database = notes.get("database") == digest.of_database()
    return [*([] if database else ["database"]), *([] if static else ["static"])]


def _note(var: Path, done: list[str]) -> None:
    if "static" in done:
        _static_stamp(var).write_text(digest.of_static(var), "ascii")
    if "database" in done:
        with connect("owner", var) as connection:
            prepared.note(connection, database=digest.of_database())


def _static_stamp(var: Path) -> Path:
    return var / "static.txt"


def _host() -> str:
    """A name that the application answers to."""
    return environment.listed("CLUSTERWERK_HOSTS", default=["localhost"])[0].lstrip(".*")


def _status(host: str, port: int) -> int | None:
    """The status of the home page; None while nobody answers."""
    connection = http.client.HTTPConnection(host, port, timeout=30)
    try:
        connection.request("GET", "/", headers={"Host": _host()})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
