"""The records behind a counted value."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from clusterwerk.clusters.models import PublicProfile
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.reporting.figures.words import said_number
from clusterwerk.reporting.models import CountedReading
from clusterwerk.reporting.queries.evidence import PAGE, Evidence, evidence_of


def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """A reading that the row policies hide does not exist for this reader."""
    reading = get_object_or_404(CountedReading, pk=pk)
    opened = evidence_of(reading, seats_of(request))
    first = _first(request, len(opened.lines))
    context = {
        "reading": reading,
        "evidence": opened,
        "changed": opened.recount is not None and opened.recount.differs_from(reading),
        "recounted": _recounted(opened),
        "profile": PublicProfile.objects.filter(pk__in=[reading.cluster_id]).first(),
        "lines": opened.lines[first : first + PAGE],
        "first": first + 1,
        "next": first + PAGE if first + PAGE < len(opened.lines) else None,
    }
    return render(request, "reporting/evidence.html", context)


def _first(request: HttpRequest, number: int) -> int:
    """How many lines are passed over; a key that is none begins at the first line."""
    after = request.GET.get("after", "")
    passed = int(after) if after.isascii() and after.isdigit() and len(after) < 10 else 0  # noqa: PLR2004
    return passed if passed < number else 0


def _recounted(opened: Evidence) -> str:
    recount = opened.recount
    return said_number(recount.number, opened.reading.unit) if recount else ""
