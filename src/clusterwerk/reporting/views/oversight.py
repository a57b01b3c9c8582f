"""The whole portfolio of an agency: what it shows, in which order, and as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext

from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.replica import download
from clusterwerk.platform.ui.export import KINDS, About, Table, table_response
from clusterwerk.programme.schemes import scheme_rules
from clusterwerk.reporting import access
from clusterwerk.reporting.forms import OversightFilter
from clusterwerk.reporting.queries.oversight import select
from clusterwerk.reporting.views import kept
from clusterwerk.reporting.views.columns import oversight_columns, sources_said
from clusterwerk.reporting.views.common import is_swap, swapped, today
from clusterwerk.reporting.views.table import last_count


def oversight(request: HttpRequest) -> HttpResponse:
    read, form = _read(request), _form(request)
    language = get_language() or ""
    table = kept.table(read, form.selection(), language)
    if is_swap(request, "portfolio"):
        return swapped(HttpResponse(table))
    _offer(form, read)
    around = kept.around(read.version, read.agencies, today(), language)
    context = {"form": form, "table": table, "around": around}
    return swapped(render(request, "reporting/oversight.html", context))


@download
def oversight_download(request: HttpRequest, ending: str) -> HttpResponse:
    """Exactly the rows that the page shows for this query, in its order."""
    if ending not in KINDS:
        raise Http404
    read, form = _read(request), _form(request)
    _offer(form, read)
    shown, day = select(read.rows, form.selection()), today()
    lines = (
        (gettext("Source"), sources_said(read.sources, last_count(shown))),
        (gettext("Day"), day),
        (gettext("Filter"), form.said()),
        (gettext("Rows"), len(shown)),
        (gettext("Unknown"), gettext("An empty cell means: not reported.")),
    )
    table = Table("clusters", oversight_columns(), shown, About(gettext("Clusters"), lines))
    return table_response(table, KINDS[ending], day)


def _read(request: HttpRequest) -> kept.Portfolio:
    seats = seats_of(request)
    access.may_oversee(seats).require()
    return kept.portfolio_of(seats.agencies)


def _form(request: HttpRequest) -> OversightFilter:
    return OversightFilter(request.GET)


def _offer(form: OversightFilter, read: kept.Portfolio) -> None:
    schemes = [(key, rules.name) for key, rules in scheme_rules().items()]
    form.offer(schemes=schemes, calls=read.calls)
