"""Pages beside the raw SQL each needs and an empty view of the same server."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from statistics import median

from bench.server import Platform, Visitor, environment
from bench.table import Row
from clusterwerk.config.demo.people import DEMO_PASSWORD, DEMO_PEOPLE

TIMES = 60
WARM_UP = 5
ALLOWED = 3  # times the raw SQL and the empty view together
LEAST_RATE = 0.5  # of the request rate of an empty view
THREADS = 4
SECONDS = 3.0

# name, address, who looks
PAGES = (
    ("oversight", "/programme/", "programme"),
    ("desk", "/desk/", "manager"),
    ("portal home", "/", ""),
    ("cluster page", "/clusters/euka/", ""),
)
EMAILS = {person.key: person.email for person in DEMO_PEOPLE}


def page_rows(platform: Platform, var: Path) -> list[Row]:
    return [_row(platform, var, *page) for page in PAGES]


def _row(platform: Platform, var: Path, name: str, address: str, who: str) -> Row:
    visitor = platform.visitor()
    if who:
        visitor.sign_in(EMAILS[who], DEMO_PASSWORD)
    empty_address = "/empty/signed-in/" if who else "/empty/"
    page, empty = _alternating(visitor, address, empty_address)
    sql, queries = _raw_sql(var, address, EMAILS.get(who, ""))
    limit = ALLOWED * (sql + empty)
    note = f"3 x ({queries} queries {sql * 1000:.1f} ms + empty view {empty * 1000:.1f} ms)"
    return Row(name, f"{page * 1000:.1f} ms", f"{limit * 1000:.1f} ms", page / limit, note)


def _alternating(visitor: Visitor, address: str, rival: str) -> tuple[float, float]:
    """Medians of both, asked in turn, so that a drifting machine slows them alike."""
    for _ in range(WARM_UP):
        visitor.get(address)
        visitor.get(rival)
    pairs = [(visitor.seconds(address), visitor.seconds(rival)) for _ in range(TIMES)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)


def _raw_sql(var: Path, address: str, email: str) -> tuple[float, int]:
    """Median seconds of the page's own statements as the application role, and their number."""
    asked = subprocess.run(
        [sys.executable, "-m", "bench.statements", address, email],
        env=environment(var),
        cwd=Path(__file__).resolve().parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    if asked.returncode:
        raise RuntimeError(asked.stderr)
    found = json.loads(asked.stdout.splitlines()[-1])
    return found["seconds"], found["queries"]


def rate_row(platform: Platform) -> Row:
    """Requests a second of the front page against the empty view, four visitors at once."""
    rates = {path: _rate(platform, path) for path in ("/empty/", "/", "/empty/", "/")}
    ratio = LEAST_RATE * rates["/empty/"] / rates["/"]
    return Row(
        "portal home, rate",
        f"{rates['/']:.0f}/s",
        f"{LEAST_RATE * rates['/empty/']:.0f}/s",
        ratio,
        f"half of the empty view's {rates['/empty/']:.0f}/s, {THREADS} visitors",
    )


def _rate(platform: Platform, path: str) -> float:
    done = [0] * THREADS
    until = time.perf_counter() + SECONDS

    def visit(number: int) -> None:
        visitor = platform.visitor()
        while time.perf_counter() < until:
            visitor.get(path)
            done[number] += 1

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS
