"""Figures that disagree, under their class; public, because every one of them is published."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterwerk.measure.consistency import Verdict
from clusterwerk.reporting.forms import FindingFilter
from clusterwerk.reporting.indicators import indicator_name
from clusterwerk.reporting.queries.findings import FoundIn, by_verdict, documents, found_in
from clusterwerk.reporting.queries.search import PROGRAMME, subject_names
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
def finding_list(request: HttpRequest) -> HttpResponse:
    sources = documents()
    every = found_in(sources)
    form = FindingFilter(request.GET)
    _offer(form, every)
    shown = [each for each in every if form.choice().holds(each)]
    context: dict[str, object] = {
        "form": form,
        "groups": _groups(shown, request),
        "shown": len(shown),
        "all": len(every),
    }
    if is_swap(request, "findings"):
        return swapped(render(request, "reporting/_findings.html", context))
    around = {"sources": sources, "counts": _counts(every), **frame(request)}
    return swapped(render(request, "reporting/finding_list.html", context | around))


@login_not_required
def finding_download(request: HttpRequest) -> HttpResponse:
    """The findings that the filter of the page holds, in both languages, as JSON."""
    form = FindingFilter(request.GET)
    sources = documents()
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


def _groups(shown: list[FoundIn], request: HttpRequest) -> list[VerdictGroup]:
    views = iter(found_views(shown, request))
    return [
        VerdictGroup(
            verdict.name.lower(),
            *NAMES[verdict],
            BADGES[verdict],
            [next(views) for _each in group],
        )
        for verdict, group in by_verdict(shown)
    ]


def _counts(every: list[FoundIn]) -> list[tuple[str, Words, str, int]]:
    """Key, name, colour and number of each class that has findings."""
    return [
        (verdict.name.lower(), NAMES[verdict][0], BADGES[verdict], len(group))
        for verdict, group in by_verdict(every)
    ]


def _offer(form: FindingFilter, every: list[FoundIn]) -> None:
    subjects = {each.finding.subject for each in every}
    names = sorted(subject_names(subjects).items(), key=lambda name: name[1])
    programme = [(PROGRAMME, gettext("The programme"))] if PROGRAMME in subjects else []
    indicators = {key: indicator_name(key) for each in every for key in each.indicators}
    form.choose("verdict", [(key, name) for key, name, _badge, _number in _counts(every)])
    form.choose("subject", [*programme, *names])
    form.choose("indicator", sorted(indicators.items(), key=lambda name: name[1]))
