"""The whole portfolio of an agency: what it shows, in which order, and as a file."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext

from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.ui.export import KINDS, About, Table, table_response
from clusterwerk.programme.schemes import scheme_rules
from clusterwerk.reporting import access
from clusterwerk.reporting.forms import OversightFilter
from clusterwerk.reporting.models import Document
from clusterwerk.reporting.queries import oversight as portfolio
from clusterwerk.reporting.queries.findings import FoundIn, documents, found_in
from clusterwerk.reporting.queries.oversight import OversightRow
from clusterwerk.reporting.views.columns import oversight_columns, sources_said
from clusterwerk.reporting.views.common import is_swap, swapped, today
from clusterwerk.reporting.views.shapes import Curve, curve
from clusterwerk.reporting.views.table import FIGURES, HALF, grouped, last_count, sums

CURVE_SIZE = (150, 88)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Everything that one read of the portfolio gives."""

    sources: list[Document]
    found: list[FoundIn]
    rows: list[OversightRow]
    shown: list[OversightRow]
    form: OversightFilter


def oversight(request: HttpRequest) -> HttpResponse:
    read = _read(request)
    context = _table(read, request)
    if is_swap(request, "portfolio"):
        return swapped(request, "reporting/_portfolio.html", context)
    return swapped(request, "reporting/oversight.html", context | _around(read, request))


def oversight_download(request: HttpRequest, ending: str) -> HttpResponse:
    """Exactly the rows that the page shows for this query, in its order."""
    if ending not in KINDS:
        raise Http404
    read = _read(request)
    day, title = today(), gettext("Clusters")
    lines = (
        (gettext("Source"), sources_said(read.sources, last_count(read.shown))),
        (gettext("Day"), day),
        (gettext("Filter"), read.form.said()),
        (gettext("Rows"), len(read.shown)),
        (gettext("Unknown"), gettext("An empty cell means: not reported.")),
    )
    table = Table("clusters", oversight_columns(), read.shown, About(title, lines))
    return table_response(table, KINDS[ending], day)


def _read(request: HttpRequest) -> Portfolio:
    seats = seats_of(request)
    access.may_oversee(seats).require()
    sources = documents(seats.agencies)
    found = found_in(sources)
    rows = portfolio.portfolio(seats.agencies, found)
    form = OversightFilter(request.GET)
    form.offer(
        schemes=[(key, rules.name) for key, rules in scheme_rules().items()],
        calls=sorted({row.profile.call_number for row in rows if row.profile.call_number}),
    )
    return Portfolio(sources, found, rows, portfolio.select(rows, form.selection()), form)


def _table(read: Portfolio, request: HttpRequest) -> dict[str, object]:
    """What the table shows; the swap needs no more than this."""
    selection, query = read.form.selection(), request.GET.urlencode()
    return {
        "groups": grouped(read.shown, by_scheme=selection.order == "name"),
        "headings": FIGURES,
        "form": read.form,
        "selection": selection,
        "shown": len(read.shown),
        "all": len(read.rows),
        "sources": read.sources,
        "last_count": last_count(read.shown),
        "sums": sums(read.shown),
        "query": f"?{query}" if query else "",
    }


def _around(read: Portfolio, request: HttpRequest) -> dict[str, object]:
    """Head, programme totals, decisions and curves, which no filter changes."""
    day = today()
    agencies = seats_of(request).agencies
    return {
        "day": day,
        "schemes": _schemes(read.rows),
        "ended": sum(row.agreement.ends_on < day for row in read.rows),
        "totals": portfolio.programme_totals(agencies, read.found),
        "decisions": portfolio.decisions(read.rows, read.found, day),
        "curves": _curves(read.rows),
    }


def _schemes(rows: list[OversightRow]) -> list[tuple[str, int]]:
    return [
        (rules.name, number)
        for key, rules in scheme_rules().items()
        if (number := sum(row.rules.key == key for row in rows))
    ]


def _curves(rows: list[OversightRow]) -> list[tuple[OversightRow, Curve]]:
    """One curve for each network with a published point, the most concentrated first."""
    known = [(share, row) for row in rows if (share := row.half_share) is not None]
    ordered = sorted(known, key=lambda each: each[0])
    return [(row, curve([(share, HALF)], *CURVE_SIZE)) for share, row in ordered]
