"""How a cluster is found: every typed word begins some word of what is published about it.

Pure text work, so that what is stored and what is typed are cut and folded by the same rule.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path

from clusterwerk.clusters.terms import in_language, synonyms, with_synonyms
from clusterwerk.platform.text import folded

_WORD = re.compile(r"[^\W_]+")
SMALL_WORDS_FILE = Path(__file__).parent / "data" / "small_words.txt"
NEAR_ENOUGH = 0.72  # of 1: one letter wrong, missing or swapped in a word of five is still near
TELLING_PART = 4  # letters that a longer word must share with a typed one, such as opslag


class Found(IntEnum):
    """Where a typed word was found; earlier is shown first."""

    NAME = 0
    ALIAS = 1
    KEYWORD = 2
    SYNONYM = 3
    THEME = 4
    HOST = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a cluster was found: the words of ours that matched, and the keyword they stand for."""

    found: Found
    text: str
    keyword: str = ""

    def __str__(self) -> str:
        return f"{self.text} = {self.keyword}" if self.keyword else self.text


@dataclass(frozen=True, slots=True)
class Published:
    """The texts by which a cluster is found."""

    name: str
    aliases: tuple[str, ...]
    keywords: tuple[str, ...]
    themes: tuple[str, ...]
    hosts: tuple[str, ...]


@lru_cache(maxsize=8192)  # clusters share keywords, synonyms and themes
def words_of(text: str) -> tuple[str, ...]:
    """Letters and digits in a row, folded; all other signs part words, so no wildcard remains."""
    return tuple(_WORD.findall(folded(text)))


@cache
def small_words() -> frozenset[str]:
    """Words that tell nothing about a cluster, such as "with" and "een"."""
    return frozenset(SMALL_WORDS_FILE.read_text("utf-8").split())


def telling(typed: str) -> tuple[str, ...]:
    """The typed words without small ones; all of them when there is nothing else."""
    words = words_of(typed)
    return tuple(word for word in words if word not in small_words()) or words


def nearest(word: str, vocabulary: Iterable[str], most: int) -> tuple[str, ...]:
    """Words of a vocabulary that are spelled nearly like the one typed, or that hold it inside."""
    known = {folded(own): own for own in vocabulary}
    inside = [own for own in known if len(word) >= TELLING_PART and word in own]
    near = get_close_matches(word, known, n=most, cutoff=NEAR_ENOUGH)
    return tuple(known[own] for own in dict.fromkeys([*near, *inside]))[:most]


def search_text(published: Published) -> str:
    """Every word once, each behind a space, so that `LIKE '% word%'` finds beginnings only."""
    return "".join(f" {word}" for word in dict.fromkeys(_all_words(texts_of(published))))


def texts_of(published: Published) -> tuple[str, ...]:
    """Everything by which a cluster is found, as it is written."""
    return (
        published.name,
        *published.aliases,
        *with_synonyms(published.keywords),
        *published.themes,
        *published.hosts,
    )


def vocabulary(published: Iterable[Published]) -> tuple[str, ...]:
    """Every word by which these clusters are found, once, as it is written."""
    texts = (text for one in published for text in texts_of(one))
    return tuple(dict.fromkeys(word for text in texts for word in _WORD.findall(text)))


def _all_words(texts: Iterable[str]) -> Iterable[str]:
    return (word for text in texts for word in words_of(text))


def reasons(typed: tuple[str, ...], published: Published, language: str) -> tuple[Reason, ...]:
    """Why the typed words found it: one text that holds them all, or the best for each word."""
    known = _sources(published, language)
    whole = next((reason for reason in known if _begins(typed, reason.text)), None)
    if whole:
        return (whole,)
    best = (next((r for r in known if _begins((word,), r.text)), None) for word in typed)
    return tuple(dict.fromkeys(reason for reason in best if reason))


def _begins(typed: tuple[str, ...], text: str) -> bool:
    words = words_of(text)
    return all(any(word.startswith(beginning) for word in words) for beginning in typed)


def _sources(published: Published, language: str) -> list[Reason]:
    return [
        Reason(Found.NAME, published.name),
        *(Reason(Found.ALIAS, alias) for alias in published.aliases),
        *(_keyword(keyword, language) for keyword in published.keywords),
        *(
            Reason(Found.SYNONYM, word, keyword)
            for keyword in published.keywords
            for word in synonyms(keyword)
        ),
        *(Reason(Found.THEME, theme) for theme in published.themes),
        *(Reason(Found.HOST, host) for host in published.hosts),
    ]


def _keyword(keyword: str, language: str) -> Reason:
    """A keyword, with its twin where the reader's language is not the cluster's."""
    twin = in_language(keyword, language)
    return Reason(Found.KEYWORD, keyword, "" if folded(twin) == folded(keyword) else twin)
