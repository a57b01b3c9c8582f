"""The enterprise register: how long a full edition takes to load, and how fast it is searched.

`python -m bench.register --full` at the size of the real one (1.94 million enterprises, 36 million
activities; ten gigabytes of disk and five minutes), in a throw-away database. Beside the load
stands the least that any loader must do: unpack and read the files with the fastest reader, and
`COPY` the rows that are finally stored.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from bench.table import Row, show

if TYPE_CHECKING:
    from clusterwerk.platform.access.seats import Seats

ENTERPRISES = 1_940_000
SMALL = 0.02
TIMES = 2.0  # the load may take so many times as long as the least
MEMORY = 1500  # MB
SEARCH = 30  # milliseconds
SLOT = 1


def register_rows(scale: float) -> list[Row]:
    """Measured in processes of their own, so that memory is that of the load alone."""
    folder = Path(tempfile.mkdtemp(prefix="clusterwerk-register-"))
    try:
        file = folder / "full.zip"
        run("bench.register", "--make", str(file), "--scale", str(scale), var=folder)
        told = run("bench.register", "--measure", str(file), var=folder)
        return [Row(*row) for row in json.loads(told.splitlines()[-1])]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(module: str, *words: str, var: Path) -> str:
    """What a process says that has its own folder, and in it its own database."""
    environment = {**os.environ, "CLUSTERWERK_VAR": str(var / "var"), "DATABASE_URL": ""}
    environment.pop("CLUSTERWERK_FILES", None)
    command = [sys.executable, "-m", module, *words]
    answer = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return answer.stdout


def make(file: Path, scale: float) -> None:
    from clusterwerk.directory.register.synthetic import (  # noqa: PLC0415 - after the settings
        ORDINARY_FIRST,
        Invented,
        write_full,
    )

    write_full(file, Invented(int(ENTERPRISES * scale), first=ORDINARY_FIRST))


class Steps:
    @contextmanager
    def step(self) -> "Iterator[Seats]":
        from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415
        from clusterwerk.platform.access.session import acting  # noqa: PLC0415

        with acting(seats_of_command(), reason="bench") as seats:
            yield seats

    def tell(self, done: int, note: str) -> None:
        """Nobody looks."""


def _measure(file: Path) -> list[Row]:
    from clusterwerk.directory.actions.register import load_register  # noqa: PLC0415

    begun, busy = time.perf_counter(), _busy()
    loaded = load_register(steps=Steps(), path=file)
    taken, busy = time.perf_counter() - begun, _busy() - busy
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    read, copied = _timed(lambda: _read(file)), _copied(file.with_suffix(".rows"))
    least = read + copied
    count = loaded.edition.enterprise_count
    note = (
        f"{loaded.edition.row_count} rows; least: reading {read:.1f} s, COPY {copied:.1f} s; "
        f"the load kept processors busy for {busy:.1f} s"
    )
    return [
        Row(
            f"register of {count}: load",
            f"{taken:.1f} s",
            f"{TIMES:.0f} x {least:.1f} s",
            taken / (TIMES * least),
            note,
        ),
        Row(
            "its memory", f"{memory:.0f} MB", f"{MEMORY} MB", memory / MEMORY, "peak of the process"
        ),
        *_searched(),
    ]


def _busy() -> float:
    """Seconds of processor of this process and of all processes of the database server.

    Nobody else uses the server. Where the system does not tell them: of this process alone.
    """
    from django.db import connection  # noqa: PLC0415 - settings come first

    connection.ensure_connection()
    try:
        server = _times(connection.connection.info.backend_pid)[0]
        working = [_times(int(pid.name)) for pid in Path("/proc").glob("[0-9]*")]
        own = sum(sum(ticks[:2]) for parent, *ticks in working if parent == server)
        ended = sum(_times(server)[1:])
    except OSError:
        return time.process_time()
    return time.process_time() + (own + ended) / os.sysconf("SC_CLK_TCK")


def _times(pid: int) -> tuple[int, ...]:
    """Parent of a process; ticks of it and of its children that ended. Nothing of one gone."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0, 0, 0, 0, 0
    return int(told[1]), *map(int, told[11:15])


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _read(file: Path) -> int:
    """Unpack and parse every cell, block by block; nothing is checked or kept."""
    import polars as pl  # noqa: PLC0415 - as in the product

    from clusterwerk.directory.register.archive import blocks, read_extract  # noqa: PLC0415

    extract = read_extract(file)
    return sum(
        pl.read_csv(block.data, has_header=False, infer_schema=False).height
        for member in extract.sizes
        for block in blocks(extract, member)
    )


def _copied(rows: Path) -> float:
    """Seconds to COPY the stored rows into an empty table without indexes."""
    from clusterwerk.platform.access import reading  # noqa: PLC0415

    table = f"directory_registeredenterprise{SLOT}"
    with Steps().step(), reading.connection().cursor() as cursor:
        with cursor.copy(f"copy {table} to stdout") as out, rows.open("wb") as file:
            for chunk in out:
                file.write(chunk)
        cursor.execute(f"create temporary table copied (like {table}) on commit drop")
        begun = time.perf_counter()
        with cursor.copy("copy copied from stdin") as copy, rows.open("rb") as file:
            while chunk := file.read(1 << 20):
                copy.write(chunk)
        return time.perf_counter() - begun


def _searched() -> list[Row]:
    """What people type, letter by letter, of names and numbers spread over the register."""
    from clusterwerk.directory.queries.register import search_register  # noqa: PLC0415

    taken = []
    asked = list(_typed())
    for text in (*asked[:20], *asked):  # the first ones warm the cache up
        with Steps().step():
            begun = time.perf_counter()
            search_register(text)
            taken.append((time.perf_counter() - begun) * 1000)
    taken = sorted(taken[20:])
    middle, late = taken[len(taken) // 2], taken[int(len(taken) * 0.95)]
    note = f"p95 of {len(taken)}; median {middle:.1f} ms, slowest {taken[-1]:.0f} ms"
    return [Row("its search", f"{late:.1f} ms", f"{SEARCH} ms", late / SEARCH, note)]


def _typed() -> Iterator[str]:
    from clusterwerk.directory.queries.register import enterprises  # noqa: PLC0415

    with Steps().step():
        rows = enterprises().order_by("number")
        step = max(rows.count() // 60, 1)
        found = list(islice(rows.values_list("number", "name").iterator(), 0, None, step))
    for number, name in found:
        words = name.replace(",", "").split()
        yield from (number, number[:6], name, name[:1], name[:3], name[:8])
        yield " ".join(reversed(words))
        yield f"{words[-1][:4]} {words[0][:3]}"
        yield f"{words[0]} {words[-1][:1]}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.register", description=__doc__)
    parser.add_argument("--full", action="store_true", help="at the size of the real register")
    parser.add_argument("--scale", type=float, default=SMALL, help="of the real size")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.make or asked.measure:
        _inside(asked)
    else:
        show(register_rows(1.0 if asked.full else asked.scale))


def _inside(asked: argparse.Namespace) -> None:
    from clusterwerk.config.running import django_ready  # noqa: PLC0415 - after the folder is set

    if asked.make:
        asked.make.parent.mkdir(parents=True, exist_ok=True)
    with django_ready():
        if asked.make:
            make(asked.make, asked.scale)
        else:
            rows = _measure(asked.measure)
            facts = [(row.what, row.measured, row.limit, row.ratio, row.note) for row in rows]
            print(json.dumps(facts))


if __name__ == "__main__":
    main()
