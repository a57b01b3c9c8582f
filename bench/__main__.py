"""`make bench`: everything once, as one table.

`python -m bench large --scale 0.1` measures the large data set alone, at a tenth of its size.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from bench.large.report import large_rows
from bench.moving_in import SMALL as FEW_MEMBERS
from bench.moving_in import moving_rows
from bench.pages import page_rows, rate_row
from bench.register import SMALL, register_rows
from bench.server import running
from bench.starting import memory_rows, start_row
from bench.table import Row, show

PORT = 8790


def measure(var: Path) -> list[Row]:
    with running(var, PORT) as platform:
        rows = [start_row(platform, cold=True)]
    with running(var, PORT) as platform:
        rows.append(start_row(platform, cold=False))
        rows += memory_rows(platform)
        rows += page_rows(platform, var)
        rows.append(rate_row(platform))
    return rows


def measure_large(var: Path, scale: float) -> list[Row]:
    """Beside the demo in `var`, which is made when nothing stands there."""
    if not var.exists():
        with running(var, PORT):
            pass
    return large_rows(var, scale, lambda step: print(step, file=sys.stderr))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("part", nargs="?", choices=("small", "large"), help="only this part")
    parser.add_argument("--scale", type=float, default=1.0, help="of the large data set")
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="clusterwerk-bench-"))
    try:
        rows = [] if asked.part == "large" else measure(folder / "var")
        if asked.part != "small":
            rows += measure_large(folder / "var", asked.scale)
        if asked.part is None:
            rows += register_rows(SMALL)
            rows += moving_rows(FEW_MEMBERS)
        show(rows)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
