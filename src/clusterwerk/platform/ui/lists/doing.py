"""A bulk action, step by step: what was ticked, the number to confirm, and doing it at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.ui.lists import later
from clusterwerk.platform.ui.lists.asking import Asked
from clusterwerk.platform.ui.lists.bulk import Bulk, BulkAction, bulk_actions
from clusterwerk.platform.ui.lists.declaring import Listing
from clusterwerk.platform.ui.lists.reading import selected

MOST_ROWS = 10_000  # in one transaction
DIGITS = 18


@dataclass(frozen=True)
class Frame:
    """The page around the question: title of the list, the way back, and more for its template."""

    title: str
    back: str
    context: Mapping[str, Any]


def answer_bulk(
    request: HttpRequest, listing: Listing[Any], asked: Asked, cluster: int, frame: Frame
) -> HttpResponse:
    """Ask for the number to be confirmed, then do it for all rows or for none."""
    action = _action(request, listing, cluster)
    bulk = Bulk(seats_of(request), cluster, _ticked(request, listing, asked))
    if refusal := _refusal(bulk):
        messages.error(request, refusal)
        return HttpResponseRedirect(frame.back)
    is_sent = "confirmed" in request.POST or action.shows
    form = action.form(request.POST if is_sent else None, bulk) if action.form else None
    step = _Step(request, listing.key, action, bulk, form, frame)
    if not is_sent or (form and not form.is_valid()):
        return step.question()
    if not action.shows and request.POST["confirmed"] != str(len(bulk.rows)):
        messages.warning(request, _("The number changed meanwhile. Look again, then confirm it."))
        return step.question(HTTPStatus.CONFLICT)
    return _done(step)


def _action(request: HttpRequest, listing: Listing[Any], cluster: int) -> BulkAction:
    key = request.POST.get("action", "")
    for action in bulk_actions(listing.key, seats_of(request), cluster):
        if action.key == key:
            return action
    raise Http404(_("This list offers no such action to you."))


def _ticked(request: HttpRequest, listing: Listing[Any], asked: Asked) -> tuple[int, ...]:
    """Ids of the ticked rows that the reader may see, or of all that the address selects."""
    if request.POST.get("all"):
        rows = selected(listing, asked)
    else:
        ids = [one for one in request.POST.getlist("row") if one.isdecimal() and len(one) <= DIGITS]
        rows = listing.base.filter(pk__in=ids)
    return tuple(rows.order_by("pk").values_list("pk", flat=True)[: MOST_ROWS + 1])


def _refusal(bulk: Bulk) -> str:
    if not bulk.rows:
        return _("Select one row or more, or all that match.")
    if len(bulk.rows) > MOST_ROWS:
        return _("At most %(most)s rows at once: narrow the list down.") % {"most": MOST_ROWS}
    return ""


@dataclass(frozen=True)
class _Step:
    """An action on its way, with everything its page shows."""

    request: HttpRequest
    list_key: str
    action: BulkAction
    bulk: Bulk
    form: forms.Form | None
    frame: Frame

    def question(self, status: int = 0, text: str = "") -> HttpResponse:
        context = {
            **self.frame.context,
            "action": self.action,
            "bulk": self.bulk,
            "form": self.form,
            "frame": self.frame,
            "is_all": bool(self.request.POST.get("all")),
            "text": text,
        }
        is_wrong = bool(self.form and self.form.errors)
        status = status or (HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK)
        return render(self.request, "ui/list/bulk.html", context, status=status)


def _done(step: _Step) -> HttpResponse:
    if len(step.bulk.rows) > later.MANY and not step.action.shows:
        return _asked_for(step)
    facts = step.form.cleaned_data if step.form else {}
    try:
        with transaction.atomic():
            told = str(step.action.run(replace(step.bulk, facts=facts)))
    except DomainError as error:
        messages.error(step.request, str(error))
        return step.question(HTTPStatus.CONFLICT)
    if step.action.shows:
        return step.question(text=told)
    messages.success(step.request, told)
    return HttpResponseRedirect(step.frame.back)


def _asked_for(step: _Step) -> HttpResponse:
    """Leave many rows to the worker, and show how far it is."""
    sent = step.request.POST.copy()
    for own in ("row", "csrfmiddlewaretoken"):
        sent.pop(own, None)
    confirmed = later.Confirmed(step.list_key, step.action.key, sent.urlencode(), step.frame.back)
    with transaction.atomic():
        run = later.do_later(step.bulk, confirmed)
    return redirect("jobs:job_detail", pk=run.pk)
