"""The legal pack to read and take along, and the breach log; for the steward."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.legal import access, actions, exports, files, queries
from clusterwerk.platform.legal.answers import LANGUAGES, LegalFileError
from clusterwerk.platform.legal.clock import hours_and_minutes
from clusterwerk.platform.legal.documents import Document, document, documents, known
from clusterwerk.platform.legal.forms import FACTS, AmendForm, FirstEntryForm
from clusterwerk.platform.legal.models import Informed, Reported
from clusterwerk.platform.legal.queries import BreachFile
from clusterwerk.platform.legal.tables import Known
from clusterwerk.platform.ui.export import KINDS as TABLE_KINDS
from clusterwerk.platform.ui.export import table_response

UNPROCESSABLE, CONFLICT = 422, 409


@require_safe
def pack(request: HttpRequest) -> HttpResponse:
    """All documents in both languages, and what is still to be answered."""
    _require(request)
    own = "nl" if (get_language() or "nl").startswith("nl") else "en"
    try:
        of = _known()
    except LegalFileError as error:
        told = {"mistakes": error.mistakes, "problem": str(error).split("\n", 1)[0]}
        return render(request, "legal/pack.html", told, status=CONFLICT)
    made = {language: documents(of, language) for language in LANGUAGES}
    pairs = list(zip(*(made[language] for language in LANGUAGES), strict=True))
    context = {"pairs": pairs, "own": own, "first": made[own][0], "kinds": list(files.KINDS)}
    return render(request, "legal/pack.html", context)


@require_safe
def document_detail(request: HttpRequest, language: str, document: str) -> HttpResponse:
    _require(request)
    found = _document(language, document)
    return render(request, "legal/document_detail.html", {"document": found, "kinds": files.KINDS})


@require_safe
def document_download(
    request: HttpRequest, language: str, document: str, ending: str
) -> HttpResponse:
    _require(request)
    kind = files.KINDS.get(ending)
    if kind is None:
        raise Http404(_("The pack is written as html and docx."))
    found = _document(language, document)
    response = HttpResponse(kind.write(found), content_type=kind.content_type)
    name = f"{found.key}-{found.language}-{found.day.isoformat()}.{ending}"
    response.headers["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=name
    )
    return response


@require_safe
def breach_list(request: HttpRequest) -> HttpResponse:
    _require(request)
    context = {"breaches": [_clocked(each) for each in queries.breach_files()]}
    return render(request, "legal/breach_list.html", context)


@require_safe
def breach_download(request: HttpRequest, ending: str) -> HttpResponse:
    _require(request)
    kind = TABLE_KINDS.get(ending)
    if kind is None:
        raise Http404(_("The log is written as csv and xlsx."))
    table = exports.breach_table(queries.breach_files())
    return table_response(table, kind, timezone.localdate())


@require_safe
def breach_detail(request: HttpRequest, breach: int) -> HttpResponse:
    _require(request)
    context = _clocked(_file(breach))
    return render(request, "legal/breach_detail.html", context)


def breach_add(request: HttpRequest) -> HttpResponse:
    _require(request)
    first = {"key": uuid4(), "reported": Reported.WAITING, "informed": Informed.WAITING}
    form = FirstEntryForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            noted, is_new = actions.note_breach(
                seats=seats_of(request), key=form.cleaned_data["key"], facts=form.facts
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            if is_new:
                messages.success(request, _("The breach is noted. The clock runs."))
            return redirect("legal:breach_detail", breach=noted.pk)
    return render(request, "legal/breach_add.html", {"form": form}, status=_status(form.is_bound))


def breach_amend(request: HttpRequest, breach: int) -> HttpResponse:
    """The form begins with what holds now; what is changed becomes the next entry."""
    _require(request)
    file = _file(breach)
    now = {name: getattr(file.now, name) for name in FACTS}
    form = AmendForm(request.POST or None, initial={**now, "revision": file.now.revision})
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend_breach(
                seats=seats_of(request),
                breach=file.breach,
                revision=form.cleaned_data["revision"],
                reason=form.cleaned_data["reason"],
                facts=form.facts,
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The entry is added; those before it stay."))
            return redirect("legal:breach_detail", breach=breach)
    context = {"form": form, "file": file}
    return render(request, "legal/breach_amend.html", context, status=_status(form.is_bound))


def _status(is_bound: bool) -> int:  # noqa: FBT001 - what Django calls a form with an input
    return UNPROCESSABLE if is_bound else 200


def _require(request: HttpRequest) -> None:
    access.may_keep_legal(seats_of(request)).require()


def _known() -> Known:
    return known(timezone.localdate(), queries.noted_breaches())


def _document(language: str, key: str) -> Document:
    if language not in LANGUAGES:
        raise Http404(_("The pack is written in nl and en."))
    try:
        return document(key, _known(), language)
    except KeyError:
        raise Http404(_("The pack has no such document.")) from None
    except LegalFileError as error:
        raise Http404(str(error)) from None


def _file(pk: int) -> BreachFile:
    found = queries.breach_file(pk)
    if found is None:
        raise Http404(_("There is no such breach in the log."))
    return found


def _clocked(file: BreachFile) -> dict[str, Any]:
    """A breach with what is left of its 72 hours."""
    left = file.left(timezone.now())
    hours, minutes = hours_and_minutes(left)
    return {"file": file, "is_over": left.total_seconds() < 0, "hours": hours, "minutes": minutes}
