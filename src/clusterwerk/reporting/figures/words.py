"""What a figure carries besides its value, said in the reader's language (`data/words.toml`)."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language

from clusterwerk.measure.consistency import Value

FILE = Path(__file__).resolve().parents[1] / "data" / "words.toml"
NARROW = "\N{NARROW NO-BREAK SPACE}"
SPOKEN = frozenset({"about", "almost", "more than"})

Words = Mapping[str, Mapping[str, Mapping[str, str]]]


@cache
def words() -> Words:
    """Words by kind (place, basis, ...), language and the word as the figure carries it."""
    with FILE.open("rb") as file:
        return tomllib.load(file)


def language() -> str:
    """`nl` or `en`; other languages read English."""
    return "nl" if (get_language() or "nl").startswith("nl") else "en"


def said(kind: str, text: str) -> str:
    """The text in the reader's language; as it is where no words are given for it."""
    return words().get(kind, {}).get(language(), {}).get(text, text)


def said_place(place: str) -> str:
    """A place of print, word by word: "section 3.1" is "punt 3.1"."""
    known = words()["place"].get(language(), {})
    return " ".join(known.get(word, word) for word in place.split(" "))


def said_segment(dimension: str, segment: str) -> str:
    """The part of the subject a figure speaks of; a title of a list stays as it is printed."""
    whole = f"{dimension}={segment}"
    found = said("segment", whole)
    return segment if found == whole else found


def said_value(value: Value, unit: str) -> str:
    """A value as printed, with its unit, written as the reader's language writes numbers.

    Texts that words are given for, such as an outlook, are said in that language too.
    """
    if isinstance(value, str):
        return said("outlook", value)
    if not isinstance(value, Decimal):
        return str(date_format(value, "j F Y"))
    number = _number_said(str(value), language())
    match unit:
        case "euro":
            return f"€{NARROW}{number}" if language() == "nl" else f"€{number}"
        case "percent":
            return f"{number}{NARROW}%"
        case "years" | "minutes":
            return f"{number} {said('unit', unit)}"
        case _:
            return number


@lru_cache(maxsize=8192)
def _number_said(number: str, _language: str) -> str:
    """Tables hold hundreds of numbers, mostly the same ones at every request."""
    return str(number_format(Decimal(number), force_grouping=True))


def said_number(number: Decimal | None, unit: str) -> str:
    """A counted number without the zeros that its column adds; empty when there is none.

    Amounts that are not whole show their cents.
    """
    if number is None:
        return ""
    if number == number.to_integral_value():
        return said_value(number.quantize(Decimal(1)), unit)
    cents = number.quantize(Decimal("0.01"))
    return said_value(cents if unit == "euro" else number.normalize(), unit)


def spoken(qualifier: str) -> str:
    """The qualifying word that stands before a value; "rounded" and the like stay beside it."""
    return said("qualifier", qualifier) if qualifier in SPOKEN else ""
