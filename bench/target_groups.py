"""Target groups over the enterprise register: counting one, and a page of whom it does not reach.

`python -m bench.target_groups [--size 200000]` invents a register of that size and one of a tenth
of it, each in a throw-away database. Beside each figure stands the SQL that it needs, by itself;
seconds are those of the processor, without the helpers that the server may start for one statement.
"""

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from bench.register import ENTERPRISES, Steps, make, run
from bench.table import Row, show
from bench.weighing import ALLOWED, reading, replayed, seconds, statements_of

SIZE = 200_000
ROUNDS = 5
DAY = date(2026, 11, 1)
GROUPS = {
    "sectors in a province": {"sectors": ["2025:62", "2008:25"], "provinces": ["Antwerpen"]},
    "a section": {"sectors": ["2025:C"]},
    "words": {"keywords": ["metaal", "energie"]},
    "a region": {"regions": ["Vlaams Gewest"]},
}


def target_group_rows(size: int) -> list[Row]:
    small, large = _figures(size // 10), _figures(size)
    return [
        Row(
            f"register of {size:,}: {name}",
            f"{taken * 1000:.0f} ms",
            f"{ALLOWED * sql * 1000:.0f} ms",
            taken / (ALLOWED * sql),
            f"{ALLOWED} x its {queries:.0f} queries {sql * 1000:.0f} ms;"
            f" {taken / small[name][0]:.1f} x that of a tenth",
        )
        for name, (taken, sql, queries) in large.items()
    ]


def _figures(size: int) -> dict[str, tuple[float, float, float]]:
    """Seconds, seconds of the SQL and queries; measured in a process of its own, whose database
    goes with it.
    """
    folder = Path(tempfile.mkdtemp(prefix="clusterwerk-groups-"))
    try:
        told = run("bench.target_groups", "--inside", str(size), var=folder)
        return {name: tuple(found) for name, found in json.loads(told.splitlines()[-1]).items()}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _inside(size: int) -> dict[str, tuple[float, float, int]]:
    from clusterwerk.directory.actions.register import load_register  # noqa: PLC0415
    from clusterwerk.directory.places import load_places  # noqa: PLC0415
    from clusterwerk.directory.sectors import load_sectors  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "full.zip"
        make(file, size / ENTERPRISES)
        load_register(steps=Steps(), path=file)
    with Steps().step() as seats:
        load_places(seats=seats)
        load_sectors(seats=seats)
    return {
        f"{what}, {name}": _measured(work)
        for name, facts in GROUPS.items()
        for what, work in _works(facts).items()
    }


def _works(facts: dict[str, list[str]]) -> dict[str, Callable[[], object]]:
    from clusterwerk.members.models import TargetGroup  # noqa: PLC0415
    from clusterwerk.members.queries.target_groups import counted, not_reached  # noqa: PLC0415

    group = TargetGroup(cluster_id=0, name="bench", **facts)
    return {
        "count": lambda: counted(group, DAY),
        "not reached": lambda: not_reached(group, DAY),
    }


def _measured(work: Callable[[], object]) -> tuple[float, float, int]:
    with Steps().step():
        work()
        asked = statements_of(work)
        rounds = [(seconds(work), replayed(reading(asked))) for _ in range(ROUNDS)]
    taken, sql = (median(part) for part in zip(*rounds, strict=True))
    return taken, sql, len(asked)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.target_groups", description=__doc__)
    parser.add_argument("--size", type=int, default=SIZE, help="enterprises of the larger one")
    parser.add_argument("--inside", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside is None:
        show(target_group_rows(asked.size))
        return
    from clusterwerk.config.running import django_ready  # noqa: PLC0415 - after the folder is set

    with django_ready():
        print(json.dumps(_inside(asked.inside)))


if __name__ == "__main__":
    main()
