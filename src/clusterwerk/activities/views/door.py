"""The list at the door: who is there, by one press on a telephone, and the same on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clusterwerk.activities import access, actions
from clusterwerk.activities.forms.door import GuestsForm, WalkInForm
from clusterwerk.activities.forms.registering import FindForm
from clusterwerk.activities.lists.door import DoorLines
from clusterwerk.activities.models import Activity
from clusterwerk.activities.queries.door import (
    by_organisation,
    counted_in_room,
    people_at,
    person_at,
)
from clusterwerk.activities.views.own import done, own_activity, own_lead, sent, status_of
from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.members.queries.correspondence import member_names
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.text import row_number

ORGANISATION = "organisation"
EMPTY_LINES = range(12)  # on paper, for who comes without having registered


@require_safe
def door(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """By name, or with `by=organisation` by that; `who` stands first, as a code names somebody."""
    own, found = _place(request, cluster, activity)
    people = people_at(found, request.GET.get("find", "").split())
    is_grouped = request.GET.get("by") == ORGANISATION
    groups = by_organisation(people) if is_grouped else [("", people)]
    chosen = person_at(found, row_number(request.GET.get("who", "")))
    drawn = DoorLines(own, found, get_token(request))
    context = _context(own, found) | {
        "groups": [(name, drawn.lines(rows)) for name, rows in groups],
        "is_grouped": is_grouped,
        "chosen": drawn.line(chosen, "chosen") if chosen else "",
        "find": FindForm(request.GET),
    }
    return render(request, f"activities/{_template(request)}.html", context)


@require_POST
def door_arrive(
    request: HttpRequest, cluster: str, activity: int, registration: int
) -> HttpResponse:
    """Whoever registered is in the room; sent again with other guests it changes those."""
    own, found = _place(request, cluster, activity)
    form = GuestsForm(request.POST)
    guests = form.cleaned_data["guests"] if form.is_valid() else None
    try:
        actions.note_arrival(
            seats=seats_of(request),
            activity=found,
            registration=registration,
            guests=guests,
            now=timezone.now(),
        )
    except DomainError as error:
        messages.error(request, str(error))
        return _back(request, own, found)
    return _pressed(request, own, found, registration)


@require_POST
def door_leave(request: HttpRequest, cluster: str, activity: int, attendance: int) -> HttpResponse:
    """A press by mistake is taken back."""
    own, found = _place(request, cluster, activity)
    try:
        registration = actions.take_back_arrival(
            seats=seats_of(request), activity=found, attendance=attendance, now=timezone.now()
        )
    except DomainError as error:
        messages.error(request, str(error))
        return _back(request, own, found)
    return _pressed(request, own, found, registration or 0)


@require_http_methods(["GET", "HEAD", "POST"])
def door_add(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """Somebody who did not register is here; the form is there again for the next one."""
    own, found = _place(request, cluster, activity)
    form = WalkInForm(sent(request))
    if request.method == "POST" and done(
        form,
        lambda: actions.note_walk_in(
            seats=seats_of(request),
            activity=found,
            who=form.walk_in(found),
            now=timezone.now(),
        ),
    ):
        told = _("%(name)s is on the list.")
        messages.success(request, told % {"name": form.cleaned_data["name"]})
        return redirect("activities:door_add", own.key, found.pk)
    is_cluster = isinstance(own, Cluster)
    names = member_names(own.pk, timezone.localdate()) if is_cluster else []
    context = _context(own, found) | {"form": form, "members": names}
    return render(request, "activities/door_add.html", context, status=status_of(form))


@require_safe
def door_paper(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """The same people as a list to print, with a line for each to sign."""
    own, found = _place(request, cluster, activity)
    context = _context(own, found) | {"people": people_at(found), "lines": EMPTY_LINES}
    return render(request, "activities/door_paper.html", context)


def _place(request: HttpRequest, cluster: str, activity: int) -> tuple[Cluster | Agency, Activity]:
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    access.may_change(seats_of(request), found).require()
    return own, found


def _context(own: Cluster | Agency, found: Activity) -> dict[str, Any]:
    return {
        "cluster": own,
        "activity": found,
        "counts": counted_in_room(found),
    }


def _template(request: HttpRequest) -> str:
    htmx = request.htmx  # type: ignore[attr-defined] # set by its middleware
    return "_door_people" if htmx and not htmx.history_restore_request else "door"


def _pressed(
    request: HttpRequest, own: Cluster | Agency, found: Activity, registration: int
) -> HttpResponse:
    """The line of the person and the count; the whole list to who has no script."""
    htmx = request.htmx  # type: ignore[attr-defined] # set by its middleware
    if not htmx:
        return _back(request, own, found)
    person = person_at(found, registration)
    line = DoorLines(own, found, get_token(request)).line(person) if person else ""
    context = _context(own, found) | {"line": line}
    return render(request, "activities/_door_pressed.html", context)


def _back(request: HttpRequest, own: Cluster | Agency, found: Activity) -> HttpResponse:
    address = reverse("activities:door", args=[own.key, found.pk])
    if request.htmx:  # type: ignore[attr-defined] # set by its middleware
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
