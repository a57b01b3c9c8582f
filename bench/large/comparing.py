"""Each page at the demo's size beside the same page in the large data set."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench.server import ROOT, environment
from clusterwerk.config.demo.people import DEMO_PEOPLE

NOBODY = ""
PEOPLE = (NOBODY, *(person.key for person in DEMO_PEOPLE))
WARM_UP = 1
LEAST_ROUNDS = 3
ROUNDS = 5
PATIENCE = 4.0  # seconds for the rounds of one page
MORE_ROUNDS = 15  # for a page that seems to grow: other work on the machine makes some seem so
LIMIT = 1.2


class Looker:
    """A process that looks at the pages of one database."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process

    def ask(self, **question: Any) -> Any:  # noqa: ANN401 - JSON
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps(question), file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"the process ended at {question}")
        return json.loads(line)


@contextmanager
def looking_at(var: Path, database: str) -> Iterator[Looker]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.large.looking"],
        cwd=ROOT,
        env={**environment(var), "BENCH_DATABASE": database, "CLUSTERWERK_DEMO": "yes"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Looker(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=30)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of one person; the address is the same at both sizes."""

    view: str
    keys: tuple[str, ...]
    person: str
    address: str

    @property
    def name(self) -> str:
        return f"{self.person or 'nobody'}: {self.address}"


@dataclass(slots=True)
class Side:
    """What a page cost at one size, round by round."""

    rounds: list[dict[str, float]] = field(default_factory=list)

    def middle(self, what: str) -> float:
        return median(each[what] for each in self.rounds)


@dataclass(slots=True)
class Compared:
    """A page at both sizes, cold or warm."""

    page: Page
    cold: bool
    small: Side
    large: Side

    @property
    def ratio(self) -> float:
        """Median of the ratios of the rounds, in seconds of processor."""
        pairs = zip(self.small.rounds, self.large.rounds, strict=True)
        return median(large["processor"] / small["processor"] for small, large in pairs)

    @property
    def prints(self) -> float:
        """How many times the bytes of the demo's page."""
        return self.large.middle("bytes") / max(self.small.middle("bytes"), 1)


def pages_of(looker: Looker) -> list[Page]:
    """Every page of every person; those that are the same for all who are signed in only once."""
    return [
        Page(view, tuple(keys), person, address)
        for place, person in enumerate(PEOPLE)
        for view, keys, address in looker.ask(walk=person, is_repeated=place > 1)
    ]


def compare(small: Looker, large: Looker, page: Page, *, cold: bool) -> Compared:
    found = Compared(page, cold, Side(), Side())
    for _ in range(WARM_UP):
        _round(small, large, Compared(page, cold, Side(), Side()))
    begun = time.perf_counter()
    while _is_open(found, time.perf_counter() - begun):
        _round(small, large, found)
    return found


def _is_open(found: Compared, spent: float) -> bool:
    """Whether another round tells more: a long page says enough in few of them."""
    rounds = len(found.small.rounds)
    if rounds < LEAST_ROUNDS:
        return True
    if spent > PATIENCE or rounds >= MORE_ROUNDS:
        return False
    return rounds < ROUNDS or found.ratio > LIMIT


def _round(small: Looker, large: Looker, found: Compared) -> None:
    """One look at each side, in turn, so that a drifting machine slows them alike."""
    for looker, side in ((small, found.small), (large, found.large)):
        question = {"person": found.page.person, "address": found.page.address}
        side.rounds.append(looker.ask(**question, cold=found.cold))
