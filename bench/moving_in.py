"""Moving in: how many rows of a member list come in within a second, everything included.

`python -m bench.moving_in` writes an XLSX of 10,000 invented members, and moves it into a fresh
cluster of a throw-away database: upload, recognition of the columns, matching by number and name,
search for duplicates, preview, and the import with organisations, memberships and sizes under all
row policies, with history. Four in five rows have a number; of the others those that look alike
stay doubtful and count as rows too.
"""

import argparse
import io
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bench.table import Row, show

if TYPE_CHECKING:
    from clusterwerk.clusters.models import Cluster
    from clusterwerk.platform.access.seats import Seats

MEMBERS = 10_000
TOLD = 3  # tabs in a line of a stage: name, seconds, those of our processor, of the database's
LEAST = 2_000  # rows a second
HEADS = ("Naam", "Ondernemingsnummer", "Postcode", "Gemeente", "Lid sinds", "Lidmaatschap",
         "Aantal werknemers")  # fmt: skip
FIRST = ("Vexo", "Lumi", "Kador", "Brin", "Tavo", "Quilm", "Soral", "Pelto", "Nimba", "Ordel")
LAST = ("tron", "flux", "mat", "bouw", "dyne", "werk", "plast", "lab", "zorg", "vision")


def moving_rows(members: int = MEMBERS) -> list[Row]:
    """In a process and database of their own."""
    folder = Path(tempfile.mkdtemp(prefix="clusterwerk-moving-"))
    try:
        return _run(folder, members)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, members: int) -> list[Row]:
    words = [sys.executable, "-m", "bench.moving_in", "--measure", str(members)]
    environment = {**os.environ, "CLUSTERWERK_VAR": str(folder / "var"), "DATABASE_URL": ""}
    environment.pop("CLUSTERWERK_FILES", None)
    told = subprocess.run(words, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    stages = [line.split("\t") for line in told.stdout.splitlines() if line.count("\t") == TOLD]
    rate = members / sum(float(wall) for _name, wall, _own, _server in stages)
    own = sum(float(seconds) for _name, _wall, seconds, _server in stages)
    server = sum(float(seconds) for _name, _wall, _own, seconds in stages)
    walls = ", ".join(f"{name} {float(wall):.1f} s" for name, wall, _own, _server in stages)
    load = os.getloadavg()[0]
    note = (
        f"{walls}; processor {own + server:.1f} s: {own:.1f} Python, {server:.1f} PostgreSQL; "
        f"load {load:.1f}"
    )
    return [
        Row(
            f"move in of {members} members by XLSX",
            f"{rate:.0f} rows/s",
            f"{LEAST} rows/s",
            LEAST / rate,
            note,
        )
    ]


def member_workbook(members: int) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - the parent process needs none of it

    from clusterwerk.directory.identifiers import demo_number  # noqa: PLC0415

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Leden")
        sheet.write_row(0, 0, HEADS)
        for at in range(members):
            name = f"{FIRST[at % 10]}{LAST[at // 10 % 10]} {_letters(at // 100)}"
            number = demo_number(50_000 + at) if at % 5 else ""
            since = date(2015 + at % 9, 1 + at % 12, 1 + at % 28).strftime("%d/%m/%Y")
            row = (name, number, str(1000 + at % 8999), "", since, "Lid", at % 300)
            sheet.write_row(at + 1, 0, row)
    return file.getvalue()


def _letters(at: int) -> str:
    """A word of four syllables of its own for each number."""
    syllables = ("ba", "ke", "li", "mo", "nu", "pa", "re", "si", "to", "vu")
    return "".join(syllables[at // 10**place % 10] for place in range(4)).capitalize()


def _measure(members: int) -> None:
    from clusterwerk.members.moving_in.comparing import compare_move  # noqa: PLC0415
    from clusterwerk.members.moving_in.files import (  # noqa: PLC0415
        add_file,
        begin_move,
        explain_file,
    )
    from clusterwerk.members.moving_in.importing import import_move  # noqa: PLC0415
    from clusterwerk.platform.access.session import acting  # noqa: PLC0415

    data = member_workbook(members)
    seats, cluster = _place()
    stage = _Stage()
    with acting(seats, reason="bench"):
        move = begin_move(seats=seats, cluster=cluster)
        (file,) = add_file(seats=seats, move=move, name="leden.xlsx", content=io.BytesIO(data))
        stage.end("reading")
        fields = [column["field"] for column in file.columns]
        explain_file(seats=seats, file=file, kind=file.kind, fields=fields)
        compare_move(seats=seats, move=move)
        stage.end("comparing")
    with acting(seats, reason="bench"):
        outcome = import_move(seats=seats, move=move)
    stage.end("writing")  # with the commit, which checks all keys
    assert sum(outcome["rows"].values()) == members, outcome["rows"]


class _Stage:
    def __init__(self) -> None:
        self.begun = _clocks()

    def end(self, name: str) -> None:
        """Seconds by the clock, and those of the processor, which others lengthen less."""
        now = _clocks()
        print(
            name, *(after - before for before, after in zip(self.begun, now, strict=True)), sep="\t"
        )
        self.begun = _clocks()


def _clocks() -> tuple[float, float, float]:
    """The clock, what we and the reader of workbooks used, and what our backend used."""
    mine, readers = (
        resource.getrusage(resource.RUSAGE_SELF),
        resource.getrusage(resource.RUSAGE_CHILDREN),
    )
    own = mine.ru_utime + mine.ru_stime + readers.ru_utime + readers.ru_stime
    return time.perf_counter(), own, _of_backend()


def _of_backend() -> float:
    """Nothing where the database stands on another machine or shows no times."""
    from django.db import connection  # noqa: PLC0415 - after Django is ready

    with connection.cursor() as cursor:
        cursor.execute("select pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    try:
        fields = stat.read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def _place() -> "tuple[Seats, Cluster]":
    """A cluster without members, and seats of its manager."""
    from clusterwerk.clusters.models import Agency, Cluster  # noqa: PLC0415
    from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415
    from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats  # noqa: PLC0415
    from clusterwerk.platform.access.session import acting, opened  # noqa: PLC0415
    from clusterwerk.platform.models import User  # noqa: PLC0415

    steward = seats_of_command()
    with acting(steward, reason="bench"), opened("identity"):
        agency = Agency.objects.create(key="bench", name="Bench")
        user = User.objects.create_user("bench@example.org", None, name="Bench")
    with acting(seats_of_command(agency=agency.pk), reason="bench"):
        cluster = Cluster.objects.create(agency=agency, key="bench", name="Bench")
    held = HeldSeat(SeatKind.CLUSTER, SeatRole.MANAGER, cluster.pk, agency.pk)
    return Seats(actor=user.pk, held=(held,)), cluster


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=MEMBERS)
    parser.add_argument("--measure", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        from clusterwerk.config.running import django_ready  # noqa: PLC0415 - after the folder is set

        with django_ready():
            _measure(options.measure)
    else:
        show(moving_rows(options.members))


if __name__ == "__main__":
    main()
