"""Finding pairs among many without comparing each with each.

Rows meet in *blocks*: the same number, website, name, beginning or end of the name, a word that
few have, or the sound of the name in one place. A block that holds too many rows tells nothing
and is left out. Memory and speed: ``docs/methods/duplicates.md``.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from clusterwerk.measure.duplicates.names import Name
from clusterwerk.measure.duplicates.scoring import (
    LIKELY,
    POINTS,
    Known,
    Prepared,
    Reason,
    Score,
    names_agree,
    prepared,
    score_named,
    score_prepared,
)

LARGEST_BLOCK = 60
FEWEST_ROWS = 20_000  # a small pool is a part of a larger world: names are no rarer there
PER_LETTER = 0.69  # decimal logarithm of the choices of a letter in running text: 2.3 bits
_SILENT = re.compile(r"[aeiouyhj]|(?<=(.))\1")


@dataclass(frozen=True, slots=True)
class Match:
    """Two rows by their keys, how much speaks for one organisation, and why."""

    left: int
    right: int
    score: int
    reasons: tuple[Reason, ...]


class Pool:
    """Organisations among which others are looked for.

    Examples
    --------
    >>> pool = Pool([Known(7, "Vexotron NV", postcode="9000"), Known(8, "Bakkerij Maes")])
    >>> [(match.right, match.score) for match in pool.like(Known(0, "Vexotronn", postcode="9000"))]
    [(7, 72)]
    """

    def __init__(self, rows: Iterable[Known]) -> None:
        self._rows: dict[int, Prepared] = {}
        self._blocks: defaultdict[str, list[int]] = defaultdict(list)
        self._words: Counter[str] = Counter()
        self._rarities: dict[Name, float] = {}
        for row in rows:
            self.add(row)

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, row: Known) -> None:
        """One more; the same key replaces nothing and must not come twice."""
        ready = prepared(row)
        self._rarities.clear()
        self._rows[row.key] = ready
        for name in ready.names:
            for word in name.words:
                self._words[word] += 1
        for block in blocks(ready):
            self._blocks[block].append(row.key)

    def rarity(self, name: Name) -> float:
        """How rare a name is, from 0 to 1: by how many would bear it by chance.

        Words are taken as independent; each is counted without the row that bears it. One that at
        most one other row bears is as rare as its letters make it.
        """
        kept = self._rarities.get(name)
        if kept is None:
            kept = self._rarities[name] = self._rarity(name)
        return kept

    def _rarity(self, name: Name) -> float:
        size = max(len(self._rows), FEWEST_ROWS)
        by_chance = math.log10(size) + sum(self._share(word, size) for word in set(name.words))
        return min(1.0, max(0.0, 0.45 - 0.2 * by_chance))

    def _share(self, word: str, size: int) -> float:
        """Decimal logarithm of the share of rows that bear a word."""
        others = self._words[word] - 1
        counted = math.log10(max(others, 0.5) / size)
        return min(counted, -PER_LETTER * len(word)) if others <= 1 else counted

    def like(self, row: Known, *, least: int = LIKELY) -> list[Match]:
        """Rows of the pool that may be this organisation, the most likely first."""
        ready = prepared(row)
        return self._scored(ready, self._near(ready) - {row.key}, least)

    def pairs(self, *, least: int = LIKELY) -> Iterator[Match]:
        """Every two rows of the pool that may be one organisation, each pair once."""
        for key, ready in self._rows.items():
            later = {other for other in self._near(ready) if other > key}
            yield from self._scored(ready, later, least)

    def _near(self, ready: Prepared) -> set[int]:
        found: set[int] = set()
        for block in blocks(ready):
            held = self._blocks.get(block, ())
            if len(held) <= LARGEST_BLOCK or block[0] in _ALWAYS:
                found.update(held)
        return found

    def _scored(self, ready: Prepared, others: set[int], least: int) -> list[Match]:
        matches = []
        score = self._score
        if least > _BY_PLACE and _has_name_alone(ready):
            score = self._score_by_name
        for other in others:
            found = score(ready, self._rows[other])
            if found is not None and found.points >= least:
                matches.append(Match(ready.known.key, other, found.points, found.reasons))
        return sorted(matches, key=lambda match: (-match.score, match.right))

    def _score(self, ready: Prepared, other: Prepared) -> Score | None:
        return score_prepared(ready, other, self.rarity)

    def _score_by_name(self, ready: Prepared, other: Prepared) -> Score | None:
        """Of a row that tells its name and place alone; None where the names are different."""
        agreed = names_agree(ready, other)
        if agreed[0] is Reason.OTHER_NAME:
            return None
        return score_named(ready, other, agreed, None, self.rarity)


_BY_PLACE = POINTS[Reason.SAME_POSTCODE]  # the most that a place alone gives


def _has_name_alone(ready: Prepared) -> bool:
    """Nothing but its name and place can speak for this row."""
    return not (ready.known.numbers or ready.site or ready.mail or ready.street)


_ALWAYS = "#="  # the same number and the same name are compared, however many there are
_WORDS_OF_INITIALS = range(3, 7)
_TELLING = 4  # letters of a word that may bring rows together


def blocks(ready: Prepared) -> set[str]:
    """The blocks of a row, each with a sign before it that says of what kind it is."""
    found = {f"#{scheme}:{value}" for scheme, value in ready.known.numbers}
    found.update(f"@{domain}" for domain in (ready.site, *ready.mail) if domain)
    near = ready.known.postcode or ready.place
    for name in ready.names:
        found.update(_blocks_of_name(name, near))
    if ready.street and near:
        found.add(f"!{near}:{ready.street}")
    return found


def _blocks_of_name(name: Name, near: str) -> Iterator[str]:
    joined = name.key.replace(" ", "")
    sound = _SILENT.sub("", joined)
    yield f"={name.key}"
    yield f"={name.compact}"
    yield f"<{joined[:7]}"
    yield f">{joined[-7:]}"
    yield f"~{sound}"
    if near:
        yield f"+{near}:{joined[:3]}"
        yield f"+{near}:{sound[:4]}"
    if len(name.words) in _WORDS_OF_INITIALS:
        yield f"={name.initials}"
    for word in name.words:
        if len(word) >= _TELLING:
            yield f"w{word}"
            if near:
                yield f"+{near}:{word[:5]}"


def match_many(rows: Iterable[Known], pool: Pool, *, most: int = 3) -> Iterator[list[Match]]:
    """For each row, in their order, the most likely rows of the pool; an empty list for none.

    Nothing is added to the pool: two new rows that are one organisation are found by a pool of
    these rows, with `pairs`.
    """
    for row in rows:
        yield pool.like(row)[:most]
