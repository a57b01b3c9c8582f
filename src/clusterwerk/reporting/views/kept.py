"""What the portfolio shows, kept in the process under the version of its rows.

Whoever asks passes the access rule and the row policies first: the version is read with the
reader's own seats, and what is kept stands under the agencies of these seats. It is rendered
without a request, so that nothing of one reader can get to another.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string

from clusterwerk.programme.schemes import scheme_rules
from clusterwerk.reporting.models import Document
from clusterwerk.reporting.queries import oversight as portfolio
from clusterwerk.reporting.queries.findings import FoundIn, documents, found_in
from clusterwerk.reporting.queries.oversight import OversightRow, ProgrammeTotal, Selection
from clusterwerk.reporting.queries.version import portfolio_version
from clusterwerk.reporting.views.shapes import Curve, curve
from clusterwerk.reporting.views.table import (
    FIGURES,
    HALF,
    grouped,
    last_count,
    query_of,
    sort_links,
    sums,
)

CURVE_SIZE = (150, 88)

Agencies = frozenset[int]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything that one read of the portfolio gives; `version` changes with any of it."""

    version: str
    agencies: Agencies
    sources: tuple[Document, ...]
    found: tuple[FoundIn, ...]
    rows: tuple[OversightRow, ...]
    totals: tuple[ProgrammeTotal, ...]

    @property
    def calls(self) -> list[int]:
        return sorted({row.profile.call_number for row in self.rows if row.profile.call_number})


def portfolio_of(agencies: Agencies) -> Portfolio:
    """One query when nothing changed since it was read last."""
    return _read(portfolio_version(agencies), agencies)


@lru_cache(maxsize=4)
def _read(version: str, agencies: Agencies) -> Portfolio:
    sources = documents(agencies)
    found = found_in(sources)
    return Portfolio(
        version=version,
        agencies=agencies,
        sources=tuple(sources),
        found=tuple(found),
        rows=tuple(portfolio.portfolio(agencies, found)),
        totals=tuple(portfolio.programme_totals(agencies, found)),
    )


def table(read: Portfolio, selection: Selection, language: str) -> str:
    """The table; only answers to typed words are not kept."""
    if selection.words:
        return _table(read, selection)
    return _kept_table(read.version, read.agencies, selection, language)


@lru_cache(maxsize=64)
def _kept_table(version: str, agencies: Agencies, selection: Selection, _language: str) -> str:
    return _table(_read(version, agencies), selection)


def _table(read: Portfolio, selection: Selection) -> str:
    shown = portfolio.select(read.rows, selection)
    context = {
        "groups": grouped(shown, by_scheme=selection.order == "name"),
        "links": sort_links(selection),
        "columns": len(FIGURES) + 7,
        "selection": selection,
        "query": query_of(selection),
        "shown": len(shown),
        "all": len(read.rows),
        "last_count": last_count(shown),
        "sums": sums(shown),
    }
    return render_to_string("reporting/_portfolio.html", context)


@dataclass(frozen=True, slots=True)
class Around:
    """What no filter changes: head, totals and decisions above the table, curves below it."""

    above: str
    below: str


@lru_cache(maxsize=16)
def around(version: str, agencies: Agencies, day: date, _language: str) -> Around:
    read = _read(version, agencies)
    above = {
        "day": day,
        "schemes": _schemes(read),
        "ended": sum(row.agreement.ends_on < day for row in read.rows),
        "totals": read.totals,
        "sources": read.sources,
        "decisions": portfolio.decisions(read.rows, read.found, day),
    }
    return Around(
        render_to_string("reporting/_portfolio_head.html", above),
        render_to_string("reporting/_portfolio_curves.html", {"curves": _curves(read)}),
    )


def _schemes(read: Portfolio) -> list[tuple[str, int]]:
    return [
        (rules.name, number)
        for key, rules in scheme_rules().items()
        if (number := sum(row.rules.key == key for row in read.rows))
    ]


def _curves(read: Portfolio) -> list[tuple[OversightRow, Curve]]:
    """One curve for each network with a published point, the most concentrated first."""
    known = [(share, row) for row in read.rows if (share := row.half_share) is not None]
    ordered = sorted(known, key=lambda each: each[0])
    return [(row, curve([(share, HALF)], *CURVE_SIZE)) for share, row in ordered]
