"""Who takes part: agencies, clusters and the pools their members come from, made by chance.

Everything follows from the seed: each subject has a generator of its own, so that a change to one
does not move the others.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from bench.large.shape import Shape, sizes
from clusterwerk.clusters.search import Published, search_text
from clusterwerk.clusters.terms import ENGLISH, in_language, reviewed_terms
from clusterwerk.clusters.themes import themes
from clusterwerk.programme.queries import months_before
from clusterwerk.programme.schemes import SchemeRules, scheme_rules

WORDS_FILE = Path(__file__).parent / "words.toml"
SOURCE = "synthetic data set"
DAY = date(2026, 6, 30)  # the day on which the data set stands
YEARS = range(2016, 2027)
COUNTRIES = 20
SPEARHEADS = 0.06  # share of clusters with a long agreement
TWO_HOSTS = 0.4
EMBEDDED = 0.3
ENDED, AGAIN, PAYING = 0.16, 0.04, 0.87  # shares of memberships


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    agency: str
    cluster: str
    form: str
    towns: tuple[str, ...]
    fronts: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    with WORDS_FILE.open("rb") as file:
        rows = tomllib.load(file)["country"]
    return tuple(
        Country(**{**row, "towns": tuple(row["towns"]), "fronts": tuple(row["fronts"])})
        for row in rows
    )


@dataclass(frozen=True, slots=True)
class MadeAgency:
    """An agency with its place in the order; ids follow from the places of their rows."""

    place: int
    country: Country

    @property
    def key(self) -> str:
        return f"synthetic-{self.country.code.lower()}-{self.place}"

    @property
    def name(self) -> str:
        return self.country.agency.format(number=self.place + 1)


@dataclass(frozen=True, slots=True)
class MadeMembership:
    """A period in which an organisation, by its place, is a member; `last` is the day after it."""

    organisation: int
    first: date
    last: date | None
    pays: bool

    @property
    def period(self) -> str:
        return f"[{self.first},{self.last or ''})"


@dataclass(frozen=True, slots=True)
class MadeCluster:
    """A cluster; `pool` are the places of the organisations its members and hosts come from."""

    place: int
    agency: MadeAgency
    name: str
    key: str
    theme: str
    keywords: tuple[str, ...]
    rules: SchemeRules
    call: int | None
    embedding: str
    starts_on: date
    memberships: int
    pool: range
    organisations: int
    seed: str

    @property
    def ends_on(self) -> date:
        return months_before(self.starts_on, -self.rules.duration.months) - timedelta(days=1)

    @property
    def working_year(self) -> int:
        """Of the day of the data set, or the last one."""
        passed = (min(DAY, self.ends_on) - self.starts_on).days
        return max(passed, 0) // 366 + 1

    def luck(self, subject: str) -> Random:
        return Random(f"{self.seed}:{subject}:{self.place}")

    def hosts(self) -> list[int]:
        luck = self.luck("hosts")
        return [
            place % self.organisations
            for place in luck.sample(self.pool, 2 if luck.random() < TWO_HOSTS else 1)
        ]

    def members(self) -> Iterator[MadeMembership]:
        """As many as the cluster has; some ended, some of those began again."""
        luck, left = self.luck("members"), self.memberships
        for drawn in luck.sample(self.pool, self.memberships):
            for membership in _periods(luck, drawn % self.organisations):
                if not left:
                    return
                left -= 1
                yield membership

    def search_text(self, hosts: tuple[str, ...]) -> str:
        names = next(tuple(t.names.values()) for t in themes() if t.key == self.theme)
        return search_text(Published(self.name, (), self.keywords, names, hosts))


def _periods(luck: Random, organisation: int) -> Iterator[MadeMembership]:
    first = date(luck.choice(YEARS), luck.randint(1, 6), luck.choice((1, 1, 15)))
    pays, chance = luck.random() < PAYING, luck.random()
    if chance >= ENDED:
        yield MadeMembership(organisation, first, None, pays)
        return
    last = first + timedelta(days=luck.randint(200, 1_600))
    yield MadeMembership(organisation, first, last, pays)
    if chance < AGAIN:
        yield MadeMembership(organisation, last + timedelta(days=90), None, pays)


@dataclass(frozen=True)
class Cast:
    """Everybody; `organisations` is how many there are, each country's side by side."""

    seed: str
    shape: Shape
    agencies: tuple[MadeAgency, ...]
    clusters: tuple[MadeCluster, ...]

    def country_of(self, organisation: int) -> Country:
        return countries()[organisation * COUNTRIES // self.shape.organisations]

    def organisation_name(self, place: int) -> str:
        """The same name for the same place, whoever asks."""
        country = self.country_of(place)
        front = country.fronts[place * 7 % len(country.fronts)]
        town = country.towns[place * 5 // 3 % len(country.towns)]
        words = _words()
        return f"{front} {words[place * 11 % len(words)]} {town} {place} {country.form}"


def make_cast(shape: Shape, seed: str) -> Cast:
    agencies = tuple(
        MadeAgency(place, countries()[place % COUNTRIES]) for place in range(shape.agencies)
    )
    several = sizes(shape.clusters, shape.memberships, shape.largest)
    clusters = tuple(
        _cluster(shape, seed, place, agencies[place % len(agencies)], size)
        for place, size in enumerate(several)
    )
    return Cast(seed, shape, agencies, clusters)


def _cluster(shape: Shape, seed: str, place: int, agency: MadeAgency, size: int) -> MadeCluster:
    luck = Random(f"{seed}:cluster:{place}")
    keywords = tuple(luck.sample(sorted(reviewed_terms()), 3))
    long, short = scheme_rules()["flanders-spc"], scheme_rules()["flanders-ibn"]
    rules = long if luck.random() < SPEARHEADS else short
    word = in_language(keywords[0], ENGLISH)
    each = shape.organisations // COUNTRIES
    start = countries().index(agency.country) * each
    return MadeCluster(
        place=place,
        agency=agency,
        name=agency.country.cluster.format(word=word, town=luck.choice(agency.country.towns)),
        key=f"synthetic-{place}",
        theme=luck.choice(themes()).key,
        keywords=keywords,
        rules=rules,
        call=None if rules is long else luck.choice((1, 2)),
        embedding="embedded" if luck.random() < EMBEDDED else "independent",
        starts_on=date(luck.randint(2018, 2025), luck.choice((1, 4, 7, 10)), 1),
        memberships=size,
        pool=range(start, start + max(each, min(2 * size, shape.organisations), 2)),
        organisations=shape.organisations,
        seed=seed,
    )


@cache
def _words() -> tuple[str, ...]:
    """Trades that a company carries in its name: English theme words that are one word."""
    words = {in_language(term, ENGLISH) for term in reviewed_terms()}
    return tuple(sorted(word.capitalize() for word in words if " " not in word))
