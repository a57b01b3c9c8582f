"""Published figures: all of them, found and filtered, and one with its place."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext

from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.replica import download, published
from clusterwerk.platform.text import folded
from clusterwerk.platform.ui.export import CSV, About, Table, table_response
from clusterwerk.reporting.figures.words import said_place
from clusterwerk.reporting.forms import ReadingFilter
from clusterwerk.reporting.indicators import indicator_name
from clusterwerk.reporting.models import PublishedReading
from clusterwerk.reporting.queries.findings import documents
from clusterwerk.reporting.queries.reading import reading_context
from clusterwerk.reporting.queries.search import (
    PROGRAMME,
    every_subject_name,
    offered,
    reading_page,
    readings_asked,
    subject_names,
)
from clusterwerk.reporting.views.columns import reading_columns, sources_said
from clusterwerk.reporting.views.common import frame, is_swap, swapped, today
from clusterwerk.reporting.views.found import found_views, subjects_seen


@login_not_required
@published
def reading_list(request: HttpRequest) -> HttpResponse:
    form = ReadingFilter(request.GET)
    page = reading_page(form.question())
    names = subject_names(row.subject for row in page.rows)
    context: dict[str, object] = {"form": form, "names": names, "page": page}
    if is_swap(request, "readings"):
        return swapped(render(request, "reporting/_readings.html", context))
    _offer(form)
    return swapped(render(request, "reporting/reading_list.html", context | frame(request)))


@login_not_required
@published
@download
def reading_download(request: HttpRequest) -> HttpResponse:
    """Every figure that the filter of the page holds, not only one page of them."""
    form = ReadingFilter(request.GET)
    names, rows = every_subject_name(), readings_asked(form.question()).iterator()
    about = About(gettext("Published figures"), ((gettext("Source"), _sources()),))
    return table_response(Table("figures", reading_columns(names), rows, about), CSV, today())


def _sources() -> str:
    return sources_said(documents(), None)


def _offer(form: ReadingFilter) -> None:
    """Let the form offer what occurs; the subject that was asked for stays among the choices."""
    found, asked = offered(), form.question().subject
    names = subject_names({*found.subjects, asked})
    form.choose("indicator", _sorted((key, indicator_name(key)) for key in found.indicators))
    form.choose("subject", [(PROGRAMME, gettext("The programme")), *_sorted(names.items())])
    form.choose("place", _sorted((place, said_place(place)) for place in found.places))


def _sorted(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda choice: folded(choice[1]))


@login_not_required
@published
def reading_detail(request: HttpRequest, pk: int) -> HttpResponse:
    reading = get_object_or_404(PublishedReading.objects.select_related("document"), pk=pk)
    around = reading_context(reading)
    context = {
        "reading": reading,
        "around": around,
        "found": found_views(around.found, seats_of(request)),
        "subject": subjects_seen({reading.subject}, seats_of(request)).get(reading.subject),
        **frame(request),
    }
    return render(request, "reporting/reading_detail.html", context)
