"""An update: what it takes away and adds, and what becomes of the enterprises it touches.

The rows in use are taken apart into the parts of an extract, changed there, and put together by
the same rules as those of a full extract. An entity that a file takes away loses all its rows of
that file; what the file adds comes after.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from clusterwerk.directory.models import RegisteredEnterprise
from clusterwerk.directory.register import layout
from clusterwerk.directory.register.archive import Extract, blocks
from clusterwerk.directory.register.assembling import SCHEMAS, SEAT, Assembled, assembled
from clusterwerk.directory.register.frames import checked
from clusterwerk.directory.register.pieces import Log
from clusterwerk.directory.register.reading import LINE

HELD = 0  # line of what the register held before


@dataclass
class Change:
    """Rows by part; numbers of enterprises as numbers, in `numbers` as ten digits."""

    deleted: dict[str, pl.DataFrame] = field(default_factory=dict)
    inserted: dict[str, pl.DataFrame] = field(default_factory=dict)
    codes: pl.DataFrame = field(default_factory=pl.DataFrame)

    @property
    def establishments_gone(self) -> list[str]:
        return [str(number) for number in self.deleted["establishment"]["n"]]

    @property
    def numbers(self) -> set[str]:
        """Every enterprise that a row speaks of."""
        frames = [*self.deleted.values(), *self.inserted.values()]
        found = pl.concat([frame.select("n") for frame in frames])["n"].unique()
        return {f"{n:010}" for n in found if n < layout.FIRST_ESTABLISHMENT}


def read_change(extract: Extract) -> tuple[Change, Log]:
    """All rows of an update, checked; they are a few thousand."""
    change, log = Change(), Log()
    for member in extract.sizes:
        frames = []
        for block in blocks(extract, member):
            found = checked(block, member)
            log.add(found.rows, len(found.problems), list(found.problems))
            frames.append(found.frame)
        _take(change, member, frames)
    return change, log


def _take(change: Change, member: str, frames: list[pl.DataFrame]) -> None:
    part = member.removesuffix(".csv").removesuffix("_insert").removesuffix("_delete")
    if part == layout.CODE:
        names = ("category", "code", "language", "label")
        found = pl.concat([pl.DataFrame(schema=dict.fromkeys(names, pl.String)), *frames])
        change.codes = found.unique(names[:3], keep="first", maintain_order=True)
    elif part in SCHEMAS and member.endswith("_delete.csv"):
        empty = pl.DataFrame(schema={"n": pl.Int64, LINE: pl.UInt32})
        change.deleted[part] = pl.concat([empty, *frames])
    elif part in SCHEMAS:
        chosen = [frame.select(*SCHEMAS[part]) for frame in frames]
        change.inserted[part] = pl.concat([pl.DataFrame(schema=SCHEMAS[part]), *chosen])


def applied(change: Change, rows: Iterable[RegisteredEnterprise]) -> Assembled:
    """The rows that stand afterwards, of the enterprises that the update touches."""
    held = taken_apart(rows)
    parts = {}
    for part in SCHEMAS:
        key = "establishment" if part == "establishment" else "n"
        gone = change.deleted[part].select(pl.col("n").alias(key))
        kept = held[part].join(gone, on=key, how="anti")
        if part == "enterprise":  # said anew without being taken away first: the newest counts
            kept = kept.join(change.inserted[part], on="n", how="anti")
        parts[part] = kept
    enterprises = pl.concat([parts["enterprise"], change.inserted["enterprise"]])
    for part in SCHEMAS.keys() - {"enterprise"}:
        kept = parts[part].join(enterprises, on="n", how="semi")
        parts[part] = pl.concat([kept, change.inserted[part]])
    parts["enterprise"] = enterprises
    return assembled(parts, {part: f"{part}_insert.csv" for part in SCHEMAS})


def taken_apart(rows: Iterable[RegisteredEnterprise]) -> dict[str, pl.DataFrame]:
    """Rows of the register as the parts of an extract that they were made of."""
    found: dict[str, list[Mapping[str, object]]] = {part: [] for part in SCHEMAS}
    for row in rows:
        n = int(row.number)
        common = {"n": n, LINE: HELD}
        own = ("status", "situation", "kind", "legal_form", "started_on")
        found["enterprise"].append(common | {name: getattr(row, name) for name in own})
        found["denomination"] += [common | name for name in row.names]
        seat = {name: getattr(row, name) for name in (*SEAT, "struck_off_on")}
        if any(seat.values()):
            found["address"].append(common | seat)
        if row.website:
            found["contact"].append(common | {"website": row.website})
        found["activity"] += [common | {"version": 2025, "code": code} for code in row.nace_2025]
        found["activity"] += [common | {"version": 2008, "code": code} for code in row.nace_2008]
        found["establishment"] += [
            common | {"establishment": int(number)} for number in row.establishments
        ]
    return {part: pl.DataFrame(found[part], schema=SCHEMAS[part]) for part in SCHEMAS}
