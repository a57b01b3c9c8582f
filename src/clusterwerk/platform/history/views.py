"""The past of one row: what changed, how it stood on a day, and its last change taken back."""

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.actions import undo, undo_of
from clusterwerk.platform.history.forms import DayForm, UndoForm
from clusterwerk.platform.history.queries import as_it_was, changes, newest_row
from clusterwerk.platform.history.records import Record, record_named

PANEL = "past"  # the part of another page that shows the newest changes
NEWEST = 5

Key = tuple[datetime, str, int]


@require_safe
def record_past(request: HttpRequest, room: str, record: str, row: int) -> HttpResponse:
    found = _record(request, room, record, row)
    if request.headers.get("HX-Target") == PANEL:
        return _panel(request, found, row)
    form = DayForm(request.GET if "day" in request.GET else None)
    page = changes(found, row, after=_key(request.GET.get("after", "")))
    context = {
        **_head(request, found, row),
        "form": form,
        "page": page,
        "next_key": _written(page.next) if page.next else "",
    }
    if form.is_valid():
        context["day"] = form.cleaned_data["day"]
        context["standing"] = as_it_was(found, row, form.cleaned_data["day"])
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "history/record_past.html", context, status=status)


def _panel(request: HttpRequest, record: Record, row: int) -> HttpResponse:
    """The few newest changes, for the page of the row."""
    context = {
        "record": record,
        "row": row,
        "page": changes(record, row, most=NEWEST),
        "undo": undo_of(seats_of(request), record, row),
    }
    response = render(request, "history/_panel.html", context)
    patch_vary_headers(response, ["HX-Target"])
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def record_undo(request: HttpRequest, room: str, record: str, row: int) -> HttpResponse:
    """Shows what would stand again; the button does it."""
    found = _record(request, room, record, row)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            undo(seats=seats_of(request), record=found, key=row, event=form.cleaned_data["event"])
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The last change was taken back."))
            return _after_undo(found, row)
    context = {**_head(request, found, row), "newest": changes(found, row, most=1).changes}
    status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
    return render(request, "history/record_undo.html", context, status=status)


def _record(request: HttpRequest, room: str, name: str, row: int) -> Record:
    """The record of the address; who sees no event of the row is told that there is none."""
    found = record_named(room, name)
    seats = seats_of(request)
    if found is None or not found.may_see(seats, row) or newest_row(found, row) is None:
        raise Http404(_("There is no such row, or it is not for you."))
    return found


def _head(request: HttpRequest, record: Record, row: int) -> dict[str, Any]:
    standing = record.model._meta.base_manager.filter(pk=row).first()
    return {
        "record": record,
        "row": row,
        "name": record.called(standing) if standing else "",
        "address": record.address(standing) if standing and record.address else "",
        "undo": undo_of(seats_of(request), record, row),
    }


def _after_undo(record: Record, row: int) -> HttpResponse:
    """A row that was taken away keeps its past, so its history is always there to return to."""
    return redirect("history:record_past", record.room, record.name, row)


def _written(key: Key) -> str:
    moment, table, number = key
    return f"{moment.isoformat()}~{table}~{number}"


def _key(text: str) -> Key | None:
    """The key out of an address; anything else begins at the newest."""
    moment, _sign, rest = text.partition("~")
    table, _sign, number = rest.partition("~")
    try:
        at = parse_datetime(moment)
    except ValueError:
        return None
    if at is None or at.tzinfo is None or not number.isascii() or not number.isdigit():
        return None
    return (at, table, min(int(number), 2**62))
