"""Reviewed Dutch-English words for the themes of clusters, as data (`data/terms.csv`)."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from clusterwerk.platform.text import folded

TERMS_FILE = Path(__file__).parent / "data" / "terms.csv"
DUTCH, ENGLISH = "nl", "en"


@dataclass(frozen=True, slots=True)
class Term:
    """One Dutch and one English word for the same thing; `concept` ties synonyms together."""

    concept: str
    dutch: str
    english: str
    reviewed: bool

    @property
    def words(self) -> tuple[str, str]:
        return (self.dutch, self.english)


def read_terms(path: Path = TERMS_FILE) -> tuple[Term, ...]:
    """All rows of the list, also those that nobody has reviewed yet."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Term(row["concept"], row["term_nl"], row["term_en"], row["reviewed"] == "yes")
            for row in csv.DictReader(file)
        )


@cache
def reviewed_terms() -> dict[str, tuple[Term, ...]]:
    """Reviewed rows by folded concept."""
    found: dict[str, list[Term]] = {}
    for term in read_terms():
        if term.reviewed:
            found.setdefault(folded(term.concept), []).append(term)
    return {concept: tuple(terms) for concept, terms in found.items()}


@lru_cache(maxsize=8192)
def synonyms(keyword: str) -> tuple[str, ...]:
    """Other words for a theme keyword, in the order of the list; none when it is not listed."""
    words = [word for term in reviewed_terms().get(folded(keyword), ()) for word in term.words]
    return tuple(dict.fromkeys(word for word in words if folded(word) != folded(keyword)))


def in_language(keyword: str, language: str) -> str:
    """The keyword in the reader's language, or as the cluster wrote it."""
    for term in reviewed_terms().get(folded(keyword), ())[:1]:
        return term.english if language == ENGLISH else term.dutch
    return keyword


def with_synonyms(keywords: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for keyword in keywords for word in (keyword, *synonyms(keyword)))
