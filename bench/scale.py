"""`python -m bench.scale`: requests a second with more processes, a pooler and a replica.

Everything runs on this machine, one way after the other and the whole round twice; a figure is the
better of its two rounds, held against one process in the same run. The visitors take their part of
the processors too, so on a small machine the gain of a second process is less than it could be.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from bench.server import ROOT, Visitor
from bench.table import Row, show
from clusterwerk.config.demo.people import DEMO_PASSWORD, DEMO_PEOPLE
from clusterwerk.platform.postgres import home, server
from clusterwerk.platform.postgres.home import Home

# The servers of the tests: the same programs, started the same way.
sys.path.insert(0, str(ROOT / "tests"))
from factories.scaled import PGBOUNCER, Standby, owner_url, pooler, url_of, web

VISITORS = 8
SECONDS = 3.0
PUBLIC = "/programme/figures/"  # asks the database anew for every visitor
SIGNED_IN = "/members/euka/"
MANAGER = next(person.email for person in DEMO_PEOPLE if person.key == "manager")
LEAST = {"2 processes": 0.9, "through PgBouncer": 0.6, "on the replica": 0.6}


@dataclass(frozen=True)
class Way:
    """One way to run the web server: its words, and what its environment says beyond the others."""

    name: str
    words: tuple[str, ...]
    environment: dict[str, str]


def measure(var: Path) -> Iterator[Row]:
    with ExitStack() as stack:
        place = stack.enter_context(_prepared(var))
        ways = list(_ways(place, stack))
        rounds = [{way.name: _rates(var, way) for way in ways} for _ in range(2)]
    best = {
        way.name: tuple(max(pair) for pair in zip(*(one[way.name] for one in rounds), strict=True))
        for way in ways
    }
    base = best["1 process"]
    for name, rates in best.items():
        for page, rate, one in zip((PUBLIC, SIGNED_IN), rates, base, strict=True):
            yield _row(name, page, rate, one)


def _row(name: str, page: str, rate: float, one: float) -> Row:
    if name not in LEAST:
        return Row(f"{name}, {page}", f"{rate:.0f}/s", "", None, f"{VISITORS} visitors")
    limit = LEAST[name] * one
    note = f"{rate / one:.2f} of one process"
    return Row(f"{name}, {page}", f"{rate:.0f}/s", f"{limit:.0f}/s", limit / rate, note)


@contextmanager
def _prepared(var: Path) -> Iterator[Home]:
    """A server with the demo."""
    running = server.start(var)
    place = home.recorded(var)
    assert place
    try:
        subprocess.run(
            [sys.executable, "-m", "clusterwerk.config", "demo", "load"],
            env={**os.environ, **_unlike_tests(_addresses(place)), "CLUSTERWERK_VAR": str(var)},
            check=True,
        )
        yield place
    finally:
        running.use.drop()
        server.stop(var)


def _addresses(place: Home) -> dict[str, str]:
    return {
        "DATABASE_URL": url_of(place.run),
        "DATABASE_OWNER_URL": owner_url(place),
        "CLUSTERWERK_DEMO": "yes",
    }


def _ways(place: Home, stack: ExitStack) -> Iterator[Way]:
    straight = _addresses(place)
    yield Way("1 process", ("--workers", "1"), straight)
    yield Way("2 processes", ("--workers", "2"), straight)
    if PGBOUNCER:
        url = stack.enter_context(pooler(place, place.var / "pooler", size=4))
        pooled = {"DATABASE_URL": url, "CLUSTERWERK_POOLER": "transaction"}
        yield Way("through PgBouncer", ("--workers", "1"), {**straight, **pooled})
    else:
        print("PgBouncer is missing and left out; install it: apt-get install pgbouncer")
    standby = Standby(place, place.var / "standby")
    standby.make()
    standby.start()
    stack.callback(standby.kill)
    replica = {"CLUSTERWERK_REPLICA_URL": standby.url, "CLUSTERWERK_REPLICA_LAG": "3600"}
    yield Way("on the replica", ("--workers", "1"), {**straight, **replica})


def _rates(var: Path, way: Way) -> tuple[float, float]:
    """Requests a second of the public page and of the signed-in one."""
    with web(var, *way.words, **_unlike_tests(way.environment)) as found:
        port = found.port
        return _rate(lambda: _visitor(port), PUBLIC), _rate(lambda: _manager(port), SIGNED_IN)


def _unlike_tests(environment: dict[str, str]) -> dict[str, str]:
    """The product's own settings, not those of the tests."""
    return {**environment, "DJANGO_SETTINGS_MODULE": "clusterwerk.config.settings"}


def _visitor(port: int) -> Visitor:
    return Visitor(HTTPConnection("127.0.0.1", port, timeout=60))


def _manager(port: int) -> Visitor:
    visitor = _visitor(port)
    visitor.sign_in(MANAGER, DEMO_PASSWORD)
    return visitor


def _rate(new: Callable[[], Visitor], path: str) -> float:
    visitors = [new() for _ in range(VISITORS)]
    for visitor in visitors:
        visitor.get(path)
    done = [0] * VISITORS
    until = time.perf_counter() + SECONDS

    def visit(number: int) -> None:
        while time.perf_counter() < until:
            visitors[number].get(path)
            done[number] += 1

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(VISITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for visitor in visitors:
        visitor.connection.close()
    return sum(done) / SECONDS


if __name__ == "__main__":
    folder = Path(tempfile.mkdtemp(prefix="cwscale"))
    folder.chmod(0o755)
    try:
        show(measure(folder / "var"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
