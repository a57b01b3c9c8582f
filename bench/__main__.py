"""`make bench`: everything once, as one table.

`python -m bench large --scale 0.1` measures the large data set alone, at a tenth of its size;
`python -m bench --quick` everything at small sizes.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import mailings, meetings, moving_in, register, target_groups
from bench.large.report import large_rows
from bench.pages import page_rows, rate_row
from bench.server import running
from bench.starting import memory_rows, start_row
from bench.table import Row, show

PORT = 8790
QUICK_REGISTER = 20_000  # enterprises of the target groups
QUICK_SCALE = 0.02  # of the large data set


def measure(var: Path) -> list[Row]:
    with running(var, PORT) as platform:
        rows = [start_row(platform, cold=True)]
    with running(var, PORT) as platform:
        rows.append(start_row(platform, cold=False))
        rows += memory_rows(platform)
        rows += page_rows(var)
        rows.append(rate_row(platform))
    return rows


def measure_large(var: Path, scale: float) -> list[Row]:
    """Beside the demo in `var`, which is made when nothing stands there."""
    if not var.exists():
        with running(var, PORT):
            pass
    return large_rows(var, scale, lambda step: print(step, file=sys.stderr))


def parts(var: Path, scale: float, enterprises: int) -> dict[str, Callable[[], list[Row]]]:
    """What is measured, in the order of the table."""
    return {
        "small": lambda: measure(var),
        "large": lambda: measure_large(var, scale),
        "register": lambda: register.register_rows(register.SMALL),
        "target-groups": lambda: target_groups.target_group_rows(enterprises),
        "moving-in": lambda: moving_in.moving_rows(moving_in.MEMBERS),
        "mailings": lambda: mailings.mailing_rows(mailings.SIZE),
        "meetings": lambda: list(meetings.meeting_rows()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    known = tuple(parts(Path(), 1.0, target_groups.SIZE))
    parser.add_argument("part", nargs="?", choices=known, help="only this part")
    parser.add_argument("--scale", type=float, help="of the large data set")
    parser.add_argument("--quick", action="store_true", help="small sizes, some five minutes")
    parser.add_argument("--strict", action="store_true", help="exit code 1 for a broken limit")
    asked = parser.parse_args()
    scale = asked.scale or (QUICK_SCALE if asked.quick else 1.0)
    folder = Path(tempfile.mkdtemp(prefix="clusterwerk-bench-"))
    try:
        enterprises = QUICK_REGISTER if asked.quick else target_groups.SIZE
        known_parts = parts(folder / "var", scale, enterprises)
        wanted = [rows for name, rows in known_parts.items() if asked.part in (None, name)]
        found = [row for rows in wanted for row in rows()]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    show(found)
    if asked.strict and any(row.ratio is not None and row.ratio > 1 for row in found):
        sys.exit(1)


if __name__ == "__main__":
    main()
