"""One table for all benchmarks."""

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Row:
    """A measured figure, what it is held against, and their ratio; up to 1.00 is within."""

    what: str
    measured: str
    limit: str
    ratio: float | None
    note: str = ""


def show(rows: Iterable[Row]) -> None:
    table = Table(title="Clusterwerk: medians, each beside its limit of the same run")
    for heading in ("what", "measured", "limit", "ratio", "how"):
        table.add_column(heading, justify="right" if heading in ("measured", "ratio") else "left")
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        table.add_row(row.what, row.measured, row.limit, ratio, row.note)
    Console(width=130).print(table)
