"""`make bench`: everything once, as one table."""

import shutil
import tempfile
from pathlib import Path

from bench.pages import page_rows, rate_row
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


if __name__ == "__main__":
    folder = Path(tempfile.mkdtemp(prefix="clusterwerk-bench-"))
    try:
        show(measure(folder / "var"))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
