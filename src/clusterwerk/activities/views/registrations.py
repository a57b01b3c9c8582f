"""Who registered for an activity, for its team: the list, a file of it, and what the team does."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clusterwerk.activities import access, actions
from clusterwerk.activities.forms.registering import AddForm, FindForm
from clusterwerk.activities.lists.registrations import registration_listing
from clusterwerk.activities.models import Activity, Registration
from clusterwerk.activities.queries.registrations import counts_of, registrations_of
from clusterwerk.activities.questions import answers_in, asked_now
from clusterwerk.activities.views.own import done, own_activity, own_lead, sent, status_of
from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.replica import download
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.ui.export import KINDS, About, FileKind, table_response
from clusterwerk.platform.ui.lists import Asked, Listing, asked_of, read_list
from clusterwerk.platform.ui.lists.answering import panel_of, part_asked
from clusterwerk.platform.ui.lists.filing import list_table
from clusterwerk.platform.ui.lists.showing import shown_list


@require_GET
def registration_list(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """Who comes, who waits and who withdrew."""
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    listing = registration_listing(own, found)
    asked = asked_of(request.GET, listing)
    if kind := KINDS.get(request.GET.get("file", "")):
        return _registration_file(request, (own, found), listing, asked, kind)
    part = part_asked(request)
    context = {"cluster": own, "activity": found, **_panel(request, found, asked)}
    if part == "panel":
        return render(request, "activities/_registration_panel.html", context)
    read = read_list(listing, asked)
    context |= {
        "find": FindForm(request.GET),
        "list": shown_list(listing, asked, read, request.GET, ()),
        "counts": counts_of(found),
    }
    template = "_registration_rows" if part else "registration_list"
    return render(request, f"activities/{template}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def registration_add(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """Write somebody down who told the team otherwise."""
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    seats = seats_of(request)
    access.may_change(seats, found).require()
    form = AddForm(sent(request), questions=asked_now(found.questions))
    added: list[Registration] = []
    if request.method == "POST" and done(
        form,
        lambda: added.append(
            actions.add_registration(
                seats=seats, activity=found, who=form.registrant(), now=timezone.now()
            )
        ),
    ):
        _tell(request, added[0])
        return redirect("activities:registration_list", own.key, found.pk)
    context = {"cluster": own, "activity": found, "form": form}
    return render(request, "activities/registration_add.html", context, status=status_of(form))


@require_GET
def registration_detail(
    request: HttpRequest, cluster: str, activity: int, registration: int
) -> HttpResponse:
    """What somebody registered, and what became of it."""
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    context = {
        "cluster": own,
        "activity": found,
        "row": (row := get_object_or_404(registrations_of(found), pk=registration)),
        "answers": answers_in(row.answers),
        "may_change": access.may_change(seats_of(request), found),
    }
    return render(request, "activities/registration_detail.html", context)


@require_POST
def registration_approve(
    request: HttpRequest, cluster: str, activity: int, registration: int
) -> HttpResponse:
    """Let somebody come who is not known as a member."""
    return _act(request, (cluster, activity, registration), actions.approve_registration)


@require_POST
def registration_cancel(
    request: HttpRequest, cluster: str, activity: int, registration: int
) -> HttpResponse:
    return _act(request, (cluster, activity, registration), actions.cancel_registration)


@download
def _registration_file(
    request: HttpRequest,  # noqa: ARG001 - names who asks
    place: tuple[Cluster | Agency, Activity],
    listing: Listing[Registration],
    asked: Asked,
    kind: FileKind,
) -> HttpResponse:
    cluster, activity = place
    facts = ((_("Activity"), activity.name), (_("Day"), activity.day))
    about = About(_("Registrations"), facts)
    table = list_table(listing, asked, f"{cluster.key}-registrations", about)
    return table_response(table, kind, timezone.localdate())


def _panel(request: HttpRequest, activity: Activity, asked: Asked) -> dict[str, Any]:
    row = registrations_of(activity).filter(pk=asked.open).first() if asked.open else None
    return {
        "may_change": access.may_change(seats_of(request), activity),
        "row": row,
        "answers": answers_in(row.answers) if row else (),
        "panel": panel_of(asked, request.GET) if row else None,
    }


def _act(
    request: HttpRequest, place: tuple[str, int, int], act: Callable[..., Registration]
) -> HttpResponse:
    own = own_lead(request, place[0])
    found: Activity = own_activity(request, own, place[1])
    try:
        row = act(
            seats=seats_of(request), activity=found, registration=place[2], now=timezone.now()
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        _tell(request, row)
    return redirect("activities:registration_detail", own.key, found.pk, place[2])


def _tell(request: HttpRequest, row: Registration) -> None:
    told = _("%(name)s: %(state)s")
    messages.success(request, told % {"name": row, "state": row.get_state_display()})
