"""One row for each enterprise, out of the parts of an extract or of a row that an update changes.

Texts of one enterprise are gathered as lists and then joined: joining them while rows are grouped
takes the library fifteen times as long.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from clusterwerk.directory.register.folding import folded
from clusterwerk.directory.register.frames import ADDRESS
from clusterwerk.directory.register.reading import LINE, Problem

KINDS = {"001": 0, "003": 1, "002": 2, "004": 3}  # legal names before commercial ones
LANGUAGE_ORDER = {"nl": 0, "": 1, "fr": 2, "de": 3, "en": 4}
LONGEST_KEY = 200  # letters of a name by which it is sorted
LONGEST_ADDRESS = 300
SEAT = tuple(ADDRESS.values())
# Columns of the tables, in the order in which rows are copied.
COLUMNS = (
    "number", "name", "names", "search_name", "search_words", "kind", "status", "situation",
    "legal_form", "started_on", *SEAT, "struck_off_on", "nace_2025", "nace_2008",
    "establishments", "website",
)  # fmt: skip
SCHEMAS: dict[str, dict[str, type[pl.DataType]]] = {
    "enterprise": {
        "n": pl.Int64, LINE: pl.UInt32, "status": pl.String, "situation": pl.String,
        "kind": pl.String, "legal_form": pl.String, "started_on": pl.Date,
    },
    "establishment": {"n": pl.Int64, LINE: pl.UInt32, "establishment": pl.Int64},
    "denomination": {
        "n": pl.Int64, LINE: pl.UInt32, "language": pl.String, "kind": pl.String,
        "name": pl.String,
    },
    "address": {
        "n": pl.Int64, LINE: pl.UInt32, **dict.fromkeys(SEAT, pl.String),
        "struck_off_on": pl.Date,
    },
    "contact": {"n": pl.Int64, LINE: pl.UInt32, "website": pl.String},
    "activity": {"n": pl.Int64, LINE: pl.UInt32, "version": pl.Int16, "code": pl.String},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assembled:
    """Rows as they are copied, and rows of the parts that belong to nobody."""

    rows: pl.DataFrame
    problems: tuple[Problem, ...]


def assembled(parts: Mapping[str, pl.DataFrame], files: Mapping[str, str]) -> Assembled:
    """Join the parts of the same enterprises; `files` names the file of each part in problems."""
    enterprises, twice = _once(parts["enterprise"], files["enterprise"])
    problems = [*twice]
    own = {"enterprise": enterprises}
    for part in SCHEMAS.keys() - {"enterprise"}:
        own[part], unknown = _of_known(parts[part], enterprises, files[part])
        problems += unknown
    return Assembled(_joined(own), tuple(problems))


def _once(enterprises: pl.DataFrame, file: str) -> tuple[pl.DataFrame, Iterable[Problem]]:
    ordered = enterprises.sort("n", LINE)
    is_first = pl.col("n").is_first_distinct()
    again = ordered.filter(~is_first)[LINE].to_list()
    return ordered.filter(is_first), [Problem(file, line, "a second row of it") for line in again]


def _of_known(
    rows: pl.DataFrame, enterprises: pl.DataFrame, file: str
) -> tuple[pl.DataFrame, Iterable[Problem]]:
    unknown = rows.join(enterprises, on="n", how="anti")[LINE].to_list()
    if not unknown:
        return rows, ()
    found = [Problem(file, line, "the enterprise is unknown") for line in unknown]
    return rows.join(enterprises, on="n", how="semi"), found


def _joined(parts: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    joined = parts["enterprise"]
    for found in (
        _names(parts["denomination"]),
        _first(parts["address"]),
        _first(parts["contact"]),
        _codes(parts["activity"], 2025),
        _codes(parts["activity"], 2008),
        _establishments(parts["establishment"]),
    ):
        joined = joined.join(found, on="n", how="left", maintain_order="left")
    arrays = ("nace_2025", "nace_2008", "establishments")
    texts = ("name", "search_name", "search_words", "website", *SEAT)
    return joined.with_columns(
        pl.col("n").cast(pl.String).str.zfill(10).alias("number"),
        pl.col("names").fill_null("[]"),
        *(pl.col(name).fill_null("") for name in texts),
        *(("{" + pl.col(name).fill_null("") + "}").alias(name) for name in arrays),
    ).select(COLUMNS)


def _names(names: pl.DataFrame) -> pl.DataFrame:
    """Names in the order in which one of them is shown, as JSON, and folded."""
    order = [
        pl.col("kind").replace_strict(KINDS, return_dtype=pl.Int8),
        pl.col("language").replace_strict(LANGUAGE_ORDER, return_dtype=pl.Int8),
        pl.col(LINE),
    ]
    ordered = names.sort("n", *order)
    each = pl.struct("language", "kind", "name").struct.json_encode()
    told = ordered.select(
        "n", "name", folded(ordered["name"]).alias("search_words"), each.alias("names")
    )
    first = told.filter(_differs("n", 1)).select(
        "n", "name", pl.col("search_words").str.slice(0, LONGEST_KEY).alias("search_name")
    )
    together = _together(told, search_words=" ", names=",")
    in_brackets = ("[" + pl.col("names") + "]").alias("names")
    return first.join(together, on="n", how="left").with_columns(in_brackets)


def _together(ordered: pl.DataFrame, **columns: str) -> pl.DataFrame:
    """Texts of each enterprise in one, with what stands between; the rows are in its order.

    Most enterprises have one text, which is taken as it is.
    """
    is_alone = ordered.select(_differs("n", 1) & _differs("n", -1)).to_series()
    alone, several = ordered.filter(is_alone), ordered.filter(~is_alone)
    gathered = several.group_by("n", maintain_order=True).agg(*columns)
    joined = (pl.col(name).list.join(between) for name, between in columns.items())
    return pl.concat([alone.select("n", *columns), gathered.select("n", *joined)])


def _differs(column: str, step: int) -> pl.Expr:
    """Whether a row has another value than the one so many rows before."""
    return pl.col(column).ne_missing(pl.col(column).shift(step))


def _first(rows: pl.DataFrame) -> pl.DataFrame:
    """The first row of each; a register that says two seats has said one too many."""
    found = rows.sort("n", LINE).unique("n", keep="first", maintain_order=True).drop(LINE)
    return found.with_columns(pl.col(pl.String).str.slice(0, LONGEST_ADDRESS))


def _codes(activities: pl.DataFrame, version: int) -> pl.DataFrame:
    found = activities.filter(pl.col("version") == version).select("n", "code")
    return _listed(found, "code", f"nace_{version}")


def _establishments(rows: pl.DataFrame) -> pl.DataFrame:
    found = rows.select("n", pl.col("establishment").cast(pl.String))
    return _listed(found, "establishment", "establishments")


def _listed(rows: pl.DataFrame, column: str, name: str) -> pl.DataFrame:
    """The values of each enterprise, each once and in order."""
    ordered = rows.select("n", pl.col(column).alias(name)).sort("n", name)
    return _together(ordered.filter(_differs("n", 1) | _differs(name, 1)), **{name: ","})
