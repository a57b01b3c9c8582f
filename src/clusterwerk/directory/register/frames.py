"""Blocks of an extract as columns: read, checked, and reduced to what the register keeps.

Each row that is not kept because it is broken becomes a `Problem` with its line. What is checked of
the rows of activities that nobody keeps (earlier lists, side activities, establishments) is their
number of cells alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import polars as pl

from clusterwerk.directory.register.archive import Block
from clusterwerk.directory.register.layout import LANGUAGES, columns_of
from clusterwerk.directory.register.reading import (
    LINE,
    Problem,
    Read,
    main_activities,
    read_rows,
)

ENTERPRISE = r"^[01][0-9]{3}\.[0-9]{3}\.[0-9]{3}$"
ENTITY = r"^(?:[01][0-9]{3}|[2-9]\.[0-9]{3})\.[0-9]{3}\.[0-9]{3}$"
ESTABLISHMENT = r"^[2-9]\.[0-9]{3}\.[0-9]{3}\.[0-9]{3}$"
BRANCH = r"^9\.[0-9]{3}\.[0-9]{3}\.[0-9]{3}$"
DAY = "%d-%m-%Y"


@dataclass(frozen=True, slots=True)
class Checked:
    """What is kept of a block, and how many rows it had."""

    frame: pl.DataFrame
    rows: int
    problems: tuple[Problem, ...]


def checked(block: Block, member: str) -> Checked:
    is_delete = member.endswith("_delete.csv")
    part = member.removesuffix(".csv").removesuffix("_insert").removesuffix("_delete")
    rule = _DELETE if is_delete else RULES[part]
    read = rule.glance(block, columns_of(member)) if rule.glance else None
    frame, rows, problems = read or read_rows(block, member)
    if rule.wanted is not None:
        frame = frame.lazy().filter(rule.wanted).collect()
    key = columns_of(member)[0]
    values = (_value(name) for name in frame.columns if name in NUMBERS | DAYS)
    frame = frame.with_columns(*values)
    faults = [*rule.faults(key), *_long(member, part)]
    broken, sound = _parted(frame, faults)
    problems += [Problem(member, *found) for found in broken.iter_rows()]
    if rule.stored is not None:
        sound = sound.filter(rule.stored)
    return Checked(sound.lazy().select(*rule.kept(key)).collect(), rows, tuple(problems))


# Texts are not limited by the format; one that is longer than any name ended a whole load.
LONGEST = 5_000  # bytes
FREE_TEXT = frozenset({"denomination", "address", "contact"})


def _long(member: str, part: str) -> "list[Fault]":
    if part not in FREE_TEXT:
        return []
    columns = columns_of(member)
    return [
        (f"{column} is too long", pl.col(column).str.len_bytes().fill_null(0) > LONGEST)
        for column in columns
    ]


def _parted(frame: pl.DataFrame, faults: "list[Fault]") -> tuple[pl.DataFrame, pl.DataFrame]:
    """Line and reason of each broken row, and the sound rows; reasons are sought for few."""
    flags = [is_broken.fill_null(value=True) for _reason_, is_broken in faults]
    is_broken = frame.lazy().select(pl.any_horizontal(flags).alias("is")).collect()["is"]
    if not is_broken.any():
        return pl.DataFrame(schema={LINE: pl.UInt32, "reason": pl.String}), frame
    broken = frame.filter(is_broken).select(LINE, _reason(faults).alias("reason"))
    return broken, frame.filter(~is_broken)


# --- Checking ---------------------------------------------------------------------------------

Fault = tuple[str, pl.Expr]


@dataclass(frozen=True, slots=True)
class Rule:
    """What is kept of a part: rows that are `stored` and without `faults`, and these columns.

    Rows that are not `wanted` are not even looked at; `glance` finds them without parting rows into
    cells, or answers with nothing.
    """

    faults: Callable[[str], list[Fault]]
    kept: Callable[[str], list[pl.Expr]]
    wanted: pl.Expr | None = None
    stored: pl.Expr | None = None
    glance: Callable[[Block, Sequence[str]], Read | None] | None = None


def _reason(faults: list[Fault]) -> pl.Expr:
    """The first fault of a row, or nothing; what cannot be said of an empty cell is a fault."""
    said = pl.lit("")
    for reason, is_broken in reversed(faults):
        said = pl.when(is_broken.fill_null(value=True)).then(pl.lit(reason)).otherwise(said)
    return said


# Cells that are read as numbers and days: once, for the checks and for what is kept.
NUMBERS = frozenset({"EnterpriseNumber", "EstablishmentNumber", "EntityNumber", "Id"})
DAYS = frozenset({"StartDate", "DateStrikingOff"})


def _value(column: str) -> pl.Expr:
    if column in DAYS:
        found = pl.col(column).str.to_date(DAY, strict=False)
    else:
        plain = pl.col(column).str.replace_all(".", "", literal=True)
        found = plain.cast(pl.Int64, strict=False)
    return found.alias(f"{column} read")


def _read_of(column: str) -> pl.Expr:
    return pl.col(f"{column} read")


def _number(column: str, pattern: str) -> list[Fault]:
    value = _read_of(column)
    return [
        (f"{column} has another form", ~pl.col(column).str.contains(pattern)),
        (
            f"{column} has wrong check digits",
            (value // 100) % 97 + value % 100 != 97,  # noqa: PLR2004 - the rule of the register
        ),
    ]


def _day(column: str, *, may_be_empty: bool = False) -> list[Fault]:
    is_broken = _read_of(column).is_null()
    if may_be_empty:
        is_broken &= pl.col(column).is_not_null()
    return [(f"{column} is no day", is_broken)]


def _one_of(column: str, *values: str) -> list[Fault]:
    return [(f"{column} is unknown", ~pl.col(column).is_in(values))]


def _like(column: str, pattern: str, *, may_be_empty: bool = False) -> list[Fault]:
    is_broken = ~pl.col(column).str.contains(pattern)
    if may_be_empty:
        is_broken = is_broken.fill_null(value=False)
    return [(f"{column} has another form", is_broken)]


def _filled(column: str) -> list[Fault]:
    return [(f"{column} is empty", pl.col(column).str.strip_chars() == "")]


def _plain(column: str, name: str) -> pl.Expr:
    return pl.col(column).fill_null("").str.strip_chars().alias(name)


ADDRESS = {
    "CountryNL": "country",
    "Zipcode": "postcode",
    "MunicipalityNL": "municipality",
    "MunicipalityFR": "municipality_fr",
    "StreetNL": "street",
    "StreetFR": "street_fr",
    "HouseNumber": "house_number",
    "Box": "box",
}
# What begins with neither 0 nor 1 is no enterprise; what has another fault is looked at.
OF_ENTERPRISE = ~pl.col("EntityNumber").str.head(1).is_in(list("23456789")).fill_null(value=False)
RULES = {
    "enterprise": Rule(
        lambda key: [
            *_number(key, ENTERPRISE),
            *_like("Status", r"^[A-Z]{2}$"),
            *_like("JuridicalSituation", r"^[0-9]{3}$"),
            *_one_of("TypeOfEnterprise", "0", "1", "2"),
            *_like("JuridicalForm", r"^[0-9]{3}$", may_be_empty=True),
            *_day("StartDate"),
        ],
        lambda key: [
            _read_of(key).alias("n"),
            pl.col(LINE),
            pl.col("Status").alias("status"),
            pl.col("JuridicalSituation").alias("situation"),
            pl.col("TypeOfEnterprise").alias("kind"),
            pl.col("JuridicalForm").fill_null("").alias("legal_form"),
            _read_of("StartDate").alias("started_on"),
        ],
    ),
    "establishment": Rule(
        lambda key: [
            *_number(key, ESTABLISHMENT),
            *_day("StartDate"),
            *_number("EnterpriseNumber", ENTERPRISE),
        ],
        lambda key: [
            _read_of("EnterpriseNumber").alias("n"),
            pl.col(LINE),
            _read_of(key).alias("establishment"),
        ],
    ),
    "denomination": Rule(
        lambda key: [
            *_number(key, ENTITY),
            *_one_of("Language", *LANGUAGES),
            *_one_of("TypeOfDenomination", "001", "002", "003", "004"),
            *_filled("Denomination"),
        ],
        lambda key: [
            _read_of(key).alias("n"),
            pl.col(LINE),
            pl.col("Language").replace_strict(LANGUAGES, return_dtype=pl.String).alias("language"),
            pl.col("TypeOfDenomination").alias("kind"),
            pl.col("Denomination").str.strip_chars().alias("name"),
        ],
        stored=OF_ENTERPRISE,
    ),
    "address": Rule(
        lambda key: [
            *_number(key, ENTITY),
            *_one_of("TypeOfAddress", "REGO", "BAET", "ABBR", "OBAD"),
            *_day("DateStrikingOff", may_be_empty=True),
        ],
        lambda key: [
            _read_of(key).alias("n"),
            pl.col(LINE),
            *(_plain(column, name) for column, name in ADDRESS.items()),
            _read_of("DateStrikingOff").alias("struck_off_on"),
        ],
        stored=OF_ENTERPRISE & (pl.col("TypeOfAddress") == "REGO"),
    ),
    "contact": Rule(
        lambda key: [
            *_number(key, ENTITY),
            *_one_of("EntityContact", "ENT", "EST", "BRA"),
            *_one_of("ContactType", "TEL", "EMAIL", "WEB", "FAX"),
        ],
        lambda key: [
            _read_of(key).alias("n"),
            pl.col(LINE),
            pl.col("Value").str.strip_chars().alias("website"),
        ],
        stored=OF_ENTERPRISE & (pl.col("ContactType") == "WEB"),
    ),
    "activity": Rule(
        lambda key: [*_number(key, ENTERPRISE), *_like("NaceCode", r"^[0-9]{2,7}$")],
        lambda key: [
            _read_of(key).alias("n"),
            pl.col(LINE),
            pl.col("NaceVersion").cast(pl.Int16).alias("version"),
            pl.col("NaceCode").alias("code"),
        ],
        wanted=(
            (pl.col("Classification") == "MAIN")
            & pl.col("NaceVersion").is_in(["2008", "2025"])
            & OF_ENTERPRISE
        ),
        glance=main_activities,
    ),
    "branch": Rule(
        lambda key: [
            *_number(key, BRANCH),
            *_day("StartDate"),
            *_number("EnterpriseNumber", ENTERPRISE),
        ],
        lambda _key: [_read_of("EnterpriseNumber").alias("n"), pl.col(LINE)],
    ),
    "code": Rule(
        lambda key: [
            *_filled(key),
            *_filled("Code"),
            *_like("Language", r"^(NL|FR|DE|EN)$"),
        ],
        lambda key: [
            pl.col(key).alias("category"),
            pl.col("Code").alias("code"),
            pl.col("Language").str.to_lowercase().alias("language"),
            pl.col("Description").fill_null("").alias("label"),
        ],
    ),
}
_DELETE = Rule(
    lambda key: _number(key, BRANCH if key == "Id" else ENTITY),
    lambda key: [_read_of(key).alias("n"), pl.col(LINE)],
)
