"""How a cluster is found: every typed word begins some word of what is published about it.

Pure text work, so that what is stored and what is typed are cut and folded by the same rule.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from clusterwerk.clusters.terms import in_language, synonyms, with_synonyms
from clusterwerk.platform.text import folded

_WORD = re.compile(r"[^\W_]+")


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


def words_of(text: str) -> tuple[str, ...]:
    """Letters and digits in a row, folded; all other signs part words, so no wildcard remains."""
    return tuple(_WORD.findall(folded(text)))


def search_text(published: Published) -> str:
    """Every word once, each behind a space, so that `LIKE '% word%'` finds beginnings only."""
    texts = (
        published.name,
        *published.aliases,
        *with_synonyms(published.keywords),
        *published.themes,
        *published.hosts,
    )
    return "".join(f" {word}" for word in dict.fromkeys(_all_words(texts)))


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
