"""What a sheet is and what its columns mean: by headers first, then by what stands in them.

A guess has a confidence from 0 to 100 and is only a proposal; people correct it, and what they
said is known the next time.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from clusterwerk.members.moving_in.fields import Field
from clusterwerk.members.moving_in.reading.sheets import DAY, Sheet
from clusterwerk.members.moving_in.targets import Target
from clusterwerk.members.moving_in.values import Kind, understood
from clusterwerk.members.moving_in.words import HEADER_WORDS, headers_of, plain

LOOKED_AT = 100  # rows
ENOUGH = 45
SURELY = 80
PREFERRED = 12
MOSTLY = 0.6  # share of values from which a header is believed fully
NEARLY_ALL = 0.7  # and from which values tell a field without its header
LONG_NAME = 4  # letters; a shorter name inside a header says nothing
ALIKE = 86  # of 100, as rapidfuzz counts
SURNAME = 99
OF_A_YEAR = 20  # points less
BARE = {"naam", "name", "nom"}
BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
POSTCODE = re.compile(
    r"(?:[A-Z]{1,2}[- ]?)?\d{4,5}$|\d{4} ?[A-Z]{2}$|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$"
)
YEARS = range(1950, 2051)
FEWEST_DIGITS = 8  # of a telephone number
# What content alone can prove; a text or a number may be anything.
TELLING = {Kind.EMAIL: 70, Kind.NUMBER: 75, Kind.PHONE: 55, Kind.POSTCODE: 50, Kind.URL: 50}
CHECKED = {*TELLING, Kind.DAY, Kind.MOMENT, Kind.AMOUNT, Kind.FEE, Kind.COUNT, Kind.YES_NO}


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column; `field` is empty when nothing fits."""

    header: str
    field: str
    confidence: int


@dataclass(frozen=True, slots=True)
class SheetGuess:
    """The kind that fits best, how well, and its columns."""

    target: Target
    confidence: int
    columns: list[ColumnGuess]


Known = Mapping[tuple[str, str], str]  # (kind, plain header): field


def guess_sheet(
    sheet: Sheet, file: str, targets: Sequence[Target], known: Known | None = None
) -> SheetGuess:
    """The best kind of those given; the first of equals."""
    return max(
        (guess_as(sheet, file, target, known or {}) for target in targets),
        key=lambda guess: guess.confidence,
    )


def guess_as(sheet: Sheet, file: str, target: Target, known: Known) -> SheetGuess:
    """The columns of a sheet under the assumption that it is of this kind."""
    samples = _samples(sheet)
    columns = _columns(sheet.headers, samples, target, known)
    return SheetGuess(target, _fit(sheet, file, target, columns), columns)


def _samples(sheet: Sheet) -> list[list[str]]:
    """Values of each column in the first rows, empty ones left out."""
    rows = [cells for _number, cells in sheet.rows[:LOOKED_AT]]
    return [[row[at] for row in rows if row[at]] for at in range(len(sheet.headers))]


def _columns(
    headers: Sequence[str], samples: list[list[str]], target: Target, known: Known
) -> list[ColumnGuess]:
    """Each field at most once, the surest pair first."""
    has_parts = any(_named(plain(header), "last_name") > SURELY for header in headers)
    surname = "" if has_parts else _surname(headers)
    pairs = [
        (
            SURNAME
            if header == surname and each.key == "last_name"
            else _points(header, values, each, target, known),
            at,
            each.key,
        )
        for at, (header, values) in enumerate(zip(headers, samples, strict=True))
        for each in target.fields
        if not (has_parts and each.key == "full_name")  # beside them, a name is the organisation's
    ]
    repeated = {each.key for each in target.fields if each.is_repeated}
    taken: dict[int, tuple[str, int]] = {}
    used: set[str] = set()
    for points, at, key in sorted(pairs, key=lambda pair: (-pair[0], pair[1])):
        if points >= ENOUGH and at not in taken and key not in used:
            taken[at] = key, points
            used |= {key} - repeated
    silent = {header for kind, header in known if kind == target.key and not known[kind, header]}
    return [
        ColumnGuess(header, *(("", 0) if plain(header) in silent else taken.get(at, ("", 0))))
        for at, header in enumerate(headers)
    ]


def _surname(headers: Sequence[str]) -> str:
    """A bare “name” beside a first name, with the organisation told elsewhere: the last name."""
    bare = [header for header in headers if plain(header) in BARE]
    others = [plain(header) for header in headers if plain(header) not in BARE]
    is_beside = any(_named(header, "first_name") > SURELY for header in others)
    is_told = any(_named(header, "name") > SURELY for header in others)
    return bare[0] if bare and is_beside and is_told else ""


def _points(header: str, values: list[str], field: Field, target: Target, known: Known) -> int:
    if known.get((target.key, plain(header))) == field.key:
        return 100
    if field.is_repeated:
        return _marked(header, values)
    named = _named_in(header, field.key)
    if field.kind not in CHECKED or not values:
        return min(99, named + PREFERRED * (named > 0 and field.key in target.prefers))
    share = content_share(field.kind, values)
    if not named and plain(header) in HEADER_WORDS:
        return 0  # it is known by that name for something else
    if not named:
        return _proven(field.kind, values, share)
    named += PREFERRED * (field.key in target.prefers)
    return min(named, 99) if share > MOSTLY else int(named * max(share, 0.5))


def _proven(kind: Kind, values: Sequence[str], share: float) -> int:
    """By content alone."""
    if share <= NEARLY_ALL or (kind == Kind.POSTCODE and _are_other_numbers(values)):
        return 0
    return int(TELLING.get(kind, 0) * share)


def _marked(header: str, values: list[str]) -> int:
    """A column of marks under a name of its own, surer when the name holds digits of a day."""
    if plain(header) in HEADER_WORDS or content_share(Kind.YES_NO, values) < NEARLY_ALL:
        return 0
    return 90 if any(sign.isdigit() for sign in header) else 60


def _named_in(header: str, field: str) -> int:
    """By the whole header, or without what it says in brackets, “Fee (EUR)”, or of a year.

    Less sure with a year: “Workshop 2023” is rather an activity with marks below it.
    """
    whole = plain(header)
    bare, yearless = plain(BRACKETS.sub("", header)), plain(YEAR.sub("", header))
    return max(
        _named(whole, field),
        _named(bare, field) - 2 if bare != whole else 0,
        _named(yearless, field) - OF_A_YEAR if yearless != whole else 0,
    )


@cache
def _named(header: str, field: str) -> int:
    """How well a header names a field: exactly, as a part, or nearly."""
    names = headers_of().get(field, ())
    if header in names:
        return 96 - min(names.index(header), 10)
    if not header or header in HEADER_WORDS:
        return 0
    longer = max(
        (len(name) for name in names if len(name) > LONG_NAME and name in header), default=0
    )
    if longer:
        return min(80, 45 + int(40 * longer / len(header)))
    nearest = max((fuzz.ratio(header, name) for name in names), default=0.0)
    return int(nearest * 0.7) if nearest >= ALIKE else 0


def content_share(kind: Kind, values: Iterable[str]) -> float:
    """Which part of the values can be read as this kind."""
    values = list(values)
    return sum(_fits(kind, value) for value in values) / len(values) if values else 0.0


@lru_cache(maxsize=20_000)  # a value is asked for every field of every kind of file
def _fits(kind: Kind, value: str) -> bool:
    if kind == Kind.URL and not _looks_like_address(value):
        return False
    try:
        understood(kind, value)
    except ValueError:
        return False
    if kind == Kind.POSTCODE:
        return _looks_like_postcode(value)
    return kind != Kind.PHONE or _looks_like_phone(value)


def _are_other_numbers(values: Sequence[str]) -> bool:
    """Years, and numbers that run on from row to row, are as wide as postcodes and are none."""
    told = [int(value) for value in values if value.isascii() and value.isdigit()]
    if not told or len(told) < len(values):
        return False
    steps = {later - earlier for earlier, later in pairwise(told)}
    return all(number in YEARS for number in told) or steps == {1}


def _looks_like_phone(value: str) -> bool:
    """Enough digits, and no day."""
    return sum(sign.isdigit() for sign in value) >= FEWEST_DIGITS and not DAY.match(value)


def _looks_like_postcode(value: str) -> bool:
    """Of one of the shapes that countries around write; others need a header that says so."""
    return bool(POSTCODE.match(value.strip().upper()))


def _looks_like_address(value: str) -> bool:
    return "." in value and "@" not in value and " " not in value


def _fit(sheet: Sheet, file: str, target: Target, columns: Sequence[ColumnGuess]) -> int:
    """How well a kind explains a sheet: its needs, the columns explained, its signs and names."""
    found = {column.field: column.confidence for column in columns if column.field}
    if not any(need in found for need in target.needs):
        return 0
    headers = {plain(header) for header in sheet.headers}
    explained = sum(found.values()) / max(len(sheet.headers), 1)
    weighed = sum(weight for key, weight in target.weights.items() if key in found)
    signs = 15 * len(headers & target.signs)
    spoken = 12 * any(name in plain(f"{file} {sheet.name}") for name in target.names)
    return min(99, int(explained * 0.5 + weighed + signs + spoken))
