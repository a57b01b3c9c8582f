"""Sentences for a person, in each language, out of templates and values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from string import Formatter

from clusterwerk.measure.consistency.facts import Value

LANGUAGES = ("en", "nl")
NARROW = "\N{NARROW NO-BREAK SPACE}"

MONTHS = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "nl": [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
}


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in the unit it is printed in, with the word printed before it, if any."""

    value: Value
    unit: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A key that the vocabulary puts into words; without an entry it is said as it is."""

    key: str


@dataclass(frozen=True, slots=True)
class Places:
    """Places of print, said in words of the language."""

    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ratio:
    """A part of a whole: "16 of 31"."""

    part: Decimal
    whole: Decimal


@dataclass(frozen=True, slots=True)
class Listed:
    """Several things in one sentence."""

    items: tuple[Amount | Term | Pair, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A term with its amount: "desired effects 27%"."""

    term: Term
    amount: Amount | Ratio


Said = Amount | Ratio | Term | Places | Listed | Pair


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of a document by language.

    ``terms`` by key; ``places`` word by word; ``spoken`` are the qualifying words that a
    sentence repeats before the figure, so that "almost 1,200" is not quoted as 1,200.
    """

    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    spoken: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def say(self, said: Said, language: str) -> str:
        match said:
            case Amount(value, unit, qualifier):
                word = self.spoken.get(language, {}).get(qualifier, "")
                return " ".join(filter(None, (word, amount(value, unit, language))))
            case Term(key):
                return self.terms.get(language, {}).get(key, key)
            case Places(places):
                return _joined([self._place(place, language) for place in places], language)
            case Pair(term, paired):
                return f"{self.say(term, language)} {self.say(paired, language)}"
            case Ratio(part, whole):
                of = {"en": "of", "nl": "van"}[language]
                return f"{_number(part, language)} {of} {_number(whole, language)}"
            case Listed(items):
                return _joined([self.say(item, language) for item in items], language)

    def fill(self, template: str, values: Mapping[str, Said], language: str) -> str:
        """The template with its named gaps filled; a gap without a value is a KeyError."""
        pieces = []
        for text, gap, _, _ in Formatter().parse(template):
            pieces.append(text)
            if gap is not None:
                pieces.append(self.say(values[gap], language))
        return "".join(pieces)

    def _place(self, place: str, language: str) -> str:
        words = self.places.get(language, {})
        return " ".join(words.get(word, word) for word in place.split(" "))


def _joined(items: list[str], language: str) -> str:
    if len(items) < 2:  # noqa: PLR2004 - one item needs no conjunction
        return "".join(items)
    conjunction = {"en": "and", "nl": "en"}[language]
    return f"{', '.join(items[:-1])} {conjunction} {items[-1]}"


def amount(value: Value, unit: str, language: str) -> str:
    """A value as one writes it in the language.

    >>> amount(Decimal(1132), "count", "en"), amount(Decimal(1132), "count", "nl")
    ('1,132', '1.132')
    >>> amount(Decimal("62.6"), "score", "nl"), amount(Decimal(4700000), "euro", "en")
    ('62,6', '€4,700,000')
    >>> amount(date(2020, 2, 29), "date", "nl")
    '29 februari 2020'
    """
    if isinstance(value, date):
        return f"{value.day} {MONTHS[language][value.month - 1]} {value.year}"
    if isinstance(value, str):
        return value
    number = _number(value, language)
    if unit == "percent":
        return f"{number}%" if language == "en" else f"{number}{NARROW}%"
    if unit == "euro":
        return f"€{number}" if language == "en" else f"€{NARROW}{number}"
    return number


def _number(value: Decimal, language: str) -> str:
    english = f"{value:,f}"
    return english if language == "en" else english.translate(str.maketrans(",.", ".,"))


def to_places(value: Decimal, decimals: int) -> Decimal:
    """A computed value cut to what a sentence can carry; half goes up."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def gaps(template: str) -> list[str]:
    """Names of the gaps in a template; raises ValueError where it is no template."""
    names = []
    for _, gap, spec, conversion in Formatter().parse(template):
        if gap is None:
            continue
        if not gap.isidentifier() or spec or conversion:
            message = f"a gap is a bare name in braces, not {{{gap}}} with anything in it"
            raise ValueError(message)
        names.append(gap)
    return names
