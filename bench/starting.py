"""Time to the first page, cold and warm, and the memory of a platform at rest."""

import time
from pathlib import Path

import psutil

from bench.server import Platform
from bench.table import Row

COLD_LIMIT = 120.0  # seconds; the promise includes the download, which this bench leaves out
WARM_LIMIT = 6.0
REST_SECONDS = 5


def start_row(platform: Platform, *, cold: bool) -> Row:
    limit = COLD_LIMIT if cold else WARM_LIMIT
    seconds = platform.seconds_to_first_page
    name = "first page, cold" if cold else "first page, warm"
    note = "new folder; packages installed" if cold else "second start"
    return Row(name, f"{seconds:.1f} s", f"{limit:.0f} s", seconds / limit, note)


def memory_rows(platform: Platform) -> list[Row]:
    """Proportional set size of all processes together: shared pages are counted once."""
    time.sleep(REST_SECONDS)
    root = psutil.Process(platform.process.pid)
    ours = [root, *root.children(recursive=True)]
    database = [process for process in psutil.process_iter() if _is_database_of(process, ours)]
    return [
        Row("memory at rest, program", _megabytes(ours), "", None, f"{len(ours)} processes, PSS"),
        Row("memory at rest, database", _megabytes(database), "", None, "embedded server, PSS"),
    ]


def _is_database_of(process: psutil.Process, ours: list[psutil.Process]) -> bool:
    try:
        return process.name().startswith("postgres") and process not in ours
    except psutil.NoSuchProcess:
        return False


def _megabytes(processes: list[psutil.Process]) -> str:
    return f"{sum(_pss(process.pid) for process in processes) / 1024:.0f} MB"


def _pss(pid: int) -> int:
    """Proportional set size in kilobytes; zero for a process that ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
