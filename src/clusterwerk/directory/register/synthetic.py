"""Invented extracts of the register, in the shape of a real one: for the demo, tests and bench.

Nothing in them is about anybody. Their meta.csv says so, and an edition made of one is called
invented wherever it is shown. Shares (two in five are natural persons without a seat, eighteen
activities each) follow the sizes of a real extract.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from clusterwerk.directory.identifiers import DEMO_FIRST
from clusterwerk.directory.register import layout

TOGETHER = 100_000  # enterprises written at once
MILL = 2**32
ORDINARY_FIRST = 2_000_000  # first eight digits of 0200.000.0xx
SOME_DAY = date(1985, 1, 1)
# The first of each list are used most.
_SAID = json.loads(
    (Path(__file__).parents[1] / "data" / "invented_register.json").read_text("utf-8")
)
SURNAMES, FIRST_NAMES = _SAID["surnames"], _SAID["first_names"]
TRADES, TRADES_FR = _SAID["trades"], _SAID["trades_fr"]
WORDS = [*_SAID["words"], *(a + b.lower() for a in _SAID["words"] for b in _SAID["words"])]
FORMS, PLACES, STREETS = _SAID["forms"], _SAID["places"], _SAID["streets"]
ACTIVITIES = _SAID["activities"]
LABELS = [
    ("JuridicalForm", code, language, label)
    for code, labels in _SAID["legal_forms"].items()
    for language, label in labels.items()
]


@dataclass(frozen=True, slots=True)
class Invented:
    """What to invent. `first`: first eight digits of the first number, counted on from there.

    `skip` leaves so many of the demo range to others; `shuffled` writes rows out of order.
    """

    enterprises: int
    number: int = 1
    snapshot_on: date = date(2026, 11, 1)
    first: int = DEMO_FIRST + 50_000
    activities: int = 18
    shuffled: bool = False


def write_full(
    path: Path, what: Invented, broken: Mapping[str, Sequence[str | bytes]] | None = None
) -> None:
    """A full extract; `broken` adds lines of one's own at the end of a file."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(layout.META, _meta(what.number, what.snapshot_on, "full"))
        archive.writestr("code.csv", _table("code.csv", LABELS))
        for part in layout.PARTS:
            member = f"{part}.csv"
            with archive.open(member, "w", force_zip64=True) as stream:
                stream.write(_heading(member))
                for frame in _frames(part, what):
                    frame.write_csv(stream, include_header=False, quote_style="necessary")
                for line in (broken or {}).get(member, ()):
                    stream.write(line.encode() + b"\n" if isinstance(line, str) else line + b"\n")


def write_update(
    path: Path,
    number: int,
    snapshot_on: date,
    rows: Mapping[str, Iterable[Sequence[str]]],
    *,
    is_synthetic: bool = True,
) -> None:
    """An update with these rows by file, such as `address_insert.csv`; other files are empty."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        meta = _meta(number, snapshot_on, "update", is_synthetic=is_synthetic)
        archive.writestr(layout.META, meta)
        for member in layout.members_of(is_update=True):
            held = LABELS if member == "code.csv" else rows.get(member, ())
            archive.writestr(member, _table(member, held))


def shown_number(first_eight: int) -> str:
    """The number with these first eight digits as the register writes it."""
    text = f"{first_eight:08}{97 - first_eight % 97:02}"
    return f"{text[:4]}.{text[4:7]}.{text[7:]}"


def _meta(number: int, day: date, kind: str, *, is_synthetic: bool = True) -> str:
    rows = [
        ("SnapshotDate", f"{day:%d-%m-%Y}"),
        ("ExtractTimestamp", f"{day:%d-%m-%Y} 12:00:00"),
        ("ExtractType", kind),
        ("ExtractNumber", str(number)),
        ("Version", "1.0.0"),
        *([("Synthetic", "yes")] if is_synthetic else []),
    ]
    return _written([("Variable", "Value"), *rows])


def _table(member: str, rows: Iterable[Sequence[str]]) -> str:
    return _written([layout.columns_of(member), *rows])


def _written(rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _heading(member: str) -> bytes:
    return (",".join(layout.columns_of(member)) + "\n").encode()


# --- Rows ----------------------------------------------------------------------------------------


def _frames(part: str, what: Invented) -> Iterator[pl.DataFrame]:
    for start in range(0, what.enterprises, TOGETHER):
        end = min(start + TOGETHER, what.enterprises)
        base = pl.LazyFrame({"i": pl.int_range(start, end, eager=True)}).with_columns(
            (pl.col("i") + what.first).alias("eight")
        )
        made = _MAKERS[part](base, what).collect()
        yield made.sample(fraction=1, shuffle=True, seed=start) if what.shuffled else made


def _chance(salt: int, column: str = "i") -> pl.Expr:
    """A number below 2**32 that follows from the row and the salt alone, on every machine."""
    mixed = (pl.col(column).cast(pl.UInt64) * 2_654_435_761 + salt * 40_503_019) % MILL
    mixed = ((mixed // 65_536).xor(mixed) * 2_246_822_519) % MILL
    return ((mixed // 8_192).xor(mixed) * 3_266_489_917) % MILL


def _below(share: float, salt: int) -> pl.Expr:
    return _chance(salt) < int(share * MILL)


def _pick(values: Sequence[str], salt: int, column: str = "i") -> pl.Expr:
    """One of the values; the first ones far more often, as names are."""
    share = _chance(salt, column) / MILL
    return pl.lit(pl.Series(values)).gather((share * share * len(values)).cast(pl.UInt32))


def _dotted(eight: pl.Expr) -> pl.Expr:
    whole = (eight * 100 + 97 - eight % 97).cast(pl.String).str.zfill(10)
    return whole.str.replace(r"^(\d{4})(\d{3})(\d{3})$", "${1}.${2}.${3}")


def _establishment() -> pl.Expr:
    """The number of the first establishment of an enterprise; it begins with a 2."""
    return _establishment_of(pl.col("i"))


def _establishment_of(index: pl.Expr) -> pl.Expr:
    eight = index + 20_000_000
    whole = (eight * 100 + 97 - eight % 97).cast(pl.String)
    return whole.str.replace(r"^(\d)(\d{3})(\d{3})(\d{3})$", "${1}.${2}.${3}.${4}")


def _is_natural() -> pl.Expr:
    return _below(0.4, 1)


def _day(salt: int) -> pl.Expr:
    return (pl.lit(SOME_DAY) + pl.duration(days=_chance(salt) % 15_000)).dt.strftime("%d-%m-%Y")


def _enterprise(base: pl.LazyFrame, _what: Invented) -> pl.LazyFrame:
    natural = _is_natural()
    return base.select(
        _dotted(pl.col("eight")).alias("number"),
        pl.lit("AC"),
        pl.lit("000").alias("situation"),
        pl.when(natural).then(pl.lit("1")).otherwise(pl.lit("2")).alias("kind"),
        pl.when(natural).then(None).otherwise(_pick([code for code, _ in FORMS], 2)).alias("form"),
        pl.lit(None, pl.String).alias("cac"),
        _day(3).alias("start"),
    )


def _company(trades: Sequence[str]) -> pl.Expr:
    form = _pick([name for _, name in FORMS], 2)
    second = pl.when(_below(0.5, 7)).then(_pick(SURNAMES, 4)).otherwise(_pick(WORDS, 5))
    return pl.concat_str(_pick(trades, 6), second, _pick(WORDS, 8), form, separator=" ")


def _person() -> pl.Expr:
    return pl.concat_str(_pick(SURNAMES, 4), _pick(FIRST_NAMES, 9), separator=", ")


def _denomination(base: pl.LazyFrame, _what: Invented) -> pl.LazyFrame:
    number, natural = _dotted(pl.col("eight")).alias("entity"), _is_natural()

    def rows(chosen: pl.Expr, language: str, kind: str, name: pl.Expr) -> pl.LazyFrame:
        values = (number, pl.lit(language).alias("l"), pl.lit(kind).alias("k"), name.alias("name"))
        return base.filter(chosen).select("i", *values)

    own = pl.when(natural).then(_person()).otherwise(_company(TRADES))
    made = [
        rows(pl.lit(value=True), "2", "001", own),
        rows(~natural & _below(0.25, 10), "1", "001", _company(TRADES_FR)),
        rows(~natural & _below(0.15, 11), "2", "002", _pick(WORDS, 8).str.to_uppercase()),
        rows(_below(0.3, 12), "2", "003", pl.concat_str(_pick(WORDS, 13), _pick(TRADES, 14),
             separator=" ")),
        base.filter(_below(0.2, 15)).select(
            "i", _establishment().alias("entity"), pl.lit("2").alias("l"),
            pl.lit("003").alias("k"), _pick(WORDS, 16).alias("name"),
        ),
    ]  # fmt: skip
    return pl.concat(made).sort("i", maintain_order=True).drop("i")


def _address(base: pl.LazyFrame, _what: Invented) -> pl.LazyFrame:
    seat = base.filter(~_is_natural()).select(
        "i", _dotted(pl.col("eight")).alias("entity"), pl.lit("REGO").alias("type"), *_where(20)
    )
    shop = base.filter(_below(0.86, 21)).select(
        "i", _establishment().alias("entity"), pl.lit("BAET").alias("type"), *_where(30)
    )
    return pl.concat([seat, shop]).sort("i", maintain_order=True).drop("i")


def _where(salt: int) -> list[pl.Expr]:
    columns = list(zip(*PLACES, strict=True))
    empty = pl.lit(None, pl.String)
    return [
        empty.alias("country_nl"),
        empty.alias("country_fr"),
        *(_pick(columns[at], salt).alias(f"place_{at}") for at in range(3)),
        _pick([nl for nl, _ in STREETS], salt + 1).alias("street"),
        _pick([fr for _, fr in STREETS], salt + 1).alias("street_fr"),
        (1 + _chance(salt + 2) % 240).cast(pl.String).alias("house"),
        pl.when(_below(0.1, salt + 3)).then(pl.lit("2")).otherwise(None).alias("box"),
        empty.alias("extra"),
        empty.alias("struck"),
    ]


def _contact(base: pl.LazyFrame, _what: Invented) -> pl.LazyFrame:
    number = _dotted(pl.col("eight")).alias("entity")
    name = pl.concat_str(pl.lit("www.example.com/"), pl.col("eight").cast(pl.String))
    web = base.filter(_below(0.2, 40)).select(
        "i", number, pl.lit("ENT").alias("of"), pl.lit("WEB").alias("type"), name.alias("value")
    )
    mail = base.filter(_below(0.15, 41)).select(
        "i", number, pl.lit("ENT").alias("of"), pl.lit("EMAIL").alias("type"),
        pl.concat_str(pl.lit("info@"), pl.col("eight").cast(pl.String), pl.lit(".example"))
        .alias("value"),
    )  # fmt: skip
    return pl.concat([web, mail]).sort("i", maintain_order=True).drop("i")


def _activity(base: pl.LazyFrame, what: Invented) -> pl.LazyFrame:
    """Half of the rows are of establishments; one in three enterprises has no main activity."""
    rows = (
        base.with_columns(pl.int_ranges(0, what.activities).alias("k"))
        .explode("k")
        .with_columns((pl.col("i") * 64 + pl.col("k") // 3).alias("row"))
    )
    versions = pl.lit(pl.Series(["2008", "2025", "2003"])).gather(pl.col("k") % 3)
    is_main = (pl.col("k") < 3) & _below(0.65, 50)  # noqa: PLR2004 - one row for each list
    entity = pl.when(pl.col("k") % 6 < 3).then(_dotted(pl.col("eight")))  # noqa: PLR2004
    return rows.select(
        entity.otherwise(_establishment()).alias("entity"),
        pl.lit(pl.Series(["001", "006"])).gather(_chance(51, "row") % 2).alias("group"),
        versions.alias("version"),
        _pick(ACTIVITIES, 52, "row").alias("code"),
        pl.when(is_main).then(pl.lit("MAIN")).otherwise(pl.lit("SECO")).alias("class"),
    )


def _establishments(base: pl.LazyFrame, _what: Invented) -> pl.LazyFrame:
    return base.filter(_below(0.86, 21)).select(
        _establishment().alias("number"),
        _day(3).alias("start"),
        _dotted(pl.col("eight")).alias("enterprise"),
    )


def _branch(base: pl.LazyFrame, _what: Invented) -> pl.LazyFrame:
    eight = pl.col("i") + 90_000_000
    whole = (eight * 100 + 97 - eight % 97).cast(pl.String)
    return base.filter(_below(0.004, 60)).select(
        whole.str.replace(r"^(\d)(\d{3})(\d{3})(\d{3})$", "${1}.${2}.${3}.${4}").alias("id"),
        _day(61).alias("start"),
        _dotted(pl.col("eight")).alias("enterprise"),
    )


_MAKERS = {
    "enterprise": _enterprise,
    "establishment": _establishments,
    "denomination": _denomination,
    "address": _address,
    "contact": _contact,
    "activity": _activity,
    "branch": _branch,
}
