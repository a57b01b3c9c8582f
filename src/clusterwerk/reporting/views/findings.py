"""Figures that disagree, under their class; public, because every one of them is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from clusterwerk.measure.consistency import Verdict
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.replica import download, published
from clusterwerk.platform.access.seats import Seats
from clusterwerk.reporting.forms import FindingFilter
from clusterwerk.reporting.indicators import indicator_name
from clusterwerk.reporting.models import Document
from clusterwerk.reporting.queries.findings import (
    Choice,
    FoundIn,
    by_verdict,
    examined_documents,
    found_in,
)
from clusterwerk.reporting.queries.search import PROGRAMME, subject_names
from clusterwerk.reporting.queries.version import published_version
from clusterwerk.reporting.views.common import frame, is_swap, swapped, today
from clusterwerk.reporting.views.found import BADGES, FoundView, found_views

Words = str | Promise
NAMES: dict[Verdict, tuple[Words, Words]] = {
    Verdict.IMPOSSIBLE: (
        _("Impossible"),
        _("No reading of the two prints makes both true: at least one of them is wrong."),
    ),
    Verdict.INCOMPATIBLE: (
        _("Incompatible, unless"),
        _("Both can be true only under the assumption named; the document does not say it."),
    ),
    Verdict.EXPLAINED: (
        _("Explained"),
        _("A definition, a date or a word of the text explains the difference."),
    ),
    Verdict.ROUNDING: (
        _("Rounding"),
        _("No more than what rounding of the printed figures can do."),
    ),
}


@dataclass(frozen=True, slots=True)
class VerdictGroup:
    """Findings of one class with what the class means."""

    key: str
    name: Words
    meaning: Words
    badge: str
    findings: list[FoundView]


@login_not_required
@published
def finding_list(request: HttpRequest) -> HttpResponse:
    form, version = FindingFilter(request.GET), published_version()
    everywhere = Seats(held=seats_of(request).held)
    found = _findings(version, everywhere, form.choice(), get_language() or "")
    if is_swap(request, "findings"):
        return swapped(HttpResponse(found))
    read = _read(version)
    _offer(form, read)
    around = {"form": form, "findings": found, "read": read}
    return swapped(render(request, "reporting/finding_list.html", around | frame(request)))


@dataclass(frozen=True)
class Read:
    """Every examined document and finding, and the names of the clusters they speak of."""

    sources: tuple[Document, ...]
    found: tuple[FoundIn, ...]
    names: dict[str, str]


@lru_cache(maxsize=4)
def _read(_version: str) -> Read:
    """Kept in the process until a document or a public profile changes."""
    sources = examined_documents()
    found = found_in(sources)
    names = subject_names({each.finding.subject for each in found})
    return Read(tuple(sources), tuple(found), names)


@lru_cache(maxsize=64)
def _findings(version: str, seats: Seats, choice: Choice, _language: str) -> str:
    """The findings as these seats see them; published, but for where a subject leads to."""
    every = _read(version).found
    shown = [each for each in every if choice.holds(each)]
    context = {"groups": _groups(shown, seats), "shown": len(shown), "all": len(every)}
    return render_to_string("reporting/_findings.html", context)


@login_not_required
@published
@download
def finding_download(request: HttpRequest) -> HttpResponse:
    """The findings that the filter of the page holds, in both languages, as JSON."""
    form = FindingFilter(request.GET)
    sources = examined_documents()
    shown = [each.finding for each in found_in(sources) if form.choice().holds(each)]
    content = {
        "day": today().isoformat(),
        "documents": [
            {
                "key": document.key,
                "title": document.title,
                "publisher": document.publisher,
                "published_on": document.published_on.isoformat(),
            }
            for document in sources
        ],
        "findings": [finding.as_dict() for finding in shown],
    }
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"findings-{today().isoformat()}.json"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = disposition or "attachment"
    return response


def _groups(shown: Sequence[FoundIn], seats: Seats) -> list[VerdictGroup]:
    views = iter(found_views(shown, seats))
    return [
        VerdictGroup(
            verdict.name.lower(),
            *NAMES[verdict],
            BADGES[verdict],
            [next(views) for _each in group],
        )
        for verdict, group in by_verdict(shown)
    ]


def _offer(form: FindingFilter, read: Read) -> None:
    names = sorted(read.names.items(), key=lambda name: name[1])
    keys = dict.fromkeys(key for each in read.found for key in each.indicators)
    indicators = sorted(((key, indicator_name(key)) for key in keys), key=lambda name: name[1])
    verdicts = [verdict for verdict, _group in by_verdict(read.found)]
    form.choose("verdict", [(verdict.name.lower(), NAMES[verdict][0]) for verdict in verdicts])
    form.choose("subject", [(PROGRAMME, gettext("The programme")), *names])
    form.choose("indicator", indicators)
