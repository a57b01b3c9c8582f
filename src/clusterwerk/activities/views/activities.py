"""Activities of a cluster: the list, one of them, and what becomes of it."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clusterwerk.activities import access, actions
from clusterwerk.activities.forms import ActivityForm, CancelForm
from clusterwerk.activities.models import Activity, ActivityState
from clusterwerk.activities.queries import (
    PAGE_SIZE,
    Key,
    Shelf,
    activity_page,
    attendances_of,
)
from clusterwerk.activities.queries.feedback import feedback_of
from clusterwerk.activities.queries.parts import asked_of, parts_of
from clusterwerk.activities.views.own import (
    done,
    holder_of,
    own_activity,
    own_lead,
    sent,
    status_of,
)
from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_safe
def own_activities(request: HttpRequest) -> HttpResponse:
    """The activities of the cluster or agency that the person works in."""
    return redirect("activities:activity_list", cluster=own_lead(request, "").key)


@require_safe
def activity_list(request: HttpRequest, cluster: str) -> HttpResponse:
    """Those to come, nearest first; with `show=past` those that were, latest first."""
    own = own_lead(request, cluster)
    shelf = Shelf.PAST if request.GET.get("show") == Shelf.PAST else Shelf.COMING
    rows = activity_page(
        holder_of(own), shelf, timezone.localdate(), _key(request.GET.get("after", ""))
    )
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    context = {
        "cluster": own,
        "shelf": shelf,
        "activities": rows[:PAGE_SIZE],
        "asked": asked_of(own.pk) if isinstance(own, Cluster) else [],
        "next_key": f"{last.day.isoformat()}~{last.pk}" if last else "",
        "has_demo": any(row.is_demo for row in rows),
        "may_keep": access.may_lead(seats_of(request), own),
    }
    return render(request, "activities/activity_list.html", context)


@require_safe
def activity_detail(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    rows = list(attendances_of(found))
    is_past = found.is_past(timezone.now())
    may_change = access.may_change(seats_of(request), found)
    held = parts_of(found)
    answered = held if isinstance(own, Cluster) else []
    context = {
        "cluster": own,
        "activity": found,
        "attendances": rows,
        "people": sum(row.people for row in rows),
        "organisations": len({row.organisation_id for row in rows if row.organisation_id}),
        "may_change": may_change,
        "is_past": is_past,
        "parts": held,
        "own_part": next((part for part in answered if part.row.asked_id == own.pk), None),
        "feedback": feedback_of(found) if is_past else None,
        "cancelling": CancelForm() if found.state == ActivityState.PUBLISHED else None,
    }
    return render(request, "activities/activity_detail.html", context)


@require_http_methods(READ_OR_SEND)
def activity_add(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_lead(request, cluster)
    seats = seats_of(request)
    access.may_lead(seats, own).require()
    form = ActivityForm(sent(request), initial={"language": get_language()})
    made: list[Activity] = []
    if request.method == "POST" and done(
        form,
        lambda: made.append(actions.plan_activity(seats=seats, lead=own, plan=form.plan())),
    ):
        messages.success(request, _("The draft is kept. Publish it when it is ready."))
        return redirect("activities:activity_detail", own.key, made[0].pk)
    context = {"cluster": own, "form": form, "activity": None}
    return render(request, "activities/activity_form.html", context, status=status_of(form))


@require_http_methods(READ_OR_SEND)
def activity_change(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    seats = seats_of(request)
    access.may_change(seats, found).require()
    form = ActivityForm(sent(request), activity=found)
    if request.method == "POST" and done(
        form,
        lambda: actions.change_activity(seats=seats, activity=found, plan=form.plan()),
    ):
        messages.success(request, _("The activity was saved."))
        return redirect("activities:activity_detail", own.key, found.pk)
    context = {"cluster": own, "form": form, "activity": found}
    return render(request, "activities/activity_form.html", context, status=status_of(form))


@require_POST
def activity_publish(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    return _move(
        request,
        (cluster, activity),
        lambda found: actions.publish_activity(
            seats=seats_of(request), activity=found, now=timezone.now()
        ),
        _("It is published."),
    )


@require_POST
def activity_held(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    return _move(
        request,
        (cluster, activity),
        lambda found: actions.note_held(
            seats=seats_of(request), activity=found, now=timezone.now()
        ),
        _("It is noted as held."),
    )


@require_POST
def activity_drop(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """Throw a draft away."""
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    try:
        actions.drop_draft(seats=seats_of(request), activity=found)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("activities:activity_detail", own.key, found.pk)
    messages.success(request, _("The draft was thrown away."))
    return redirect("activities:activity_list", own.key)


@require_http_methods(READ_OR_SEND)
def activity_cancel(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """Asks why, because everybody reads it."""
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    seats = seats_of(request)
    access.may_change(seats, found).require()
    form = CancelForm(sent(request))
    if request.method == "POST" and done(
        form,
        lambda: actions.cancel_activity(
            seats=seats, activity=found, because=form.cleaned_data["because"]
        ),
    ):
        messages.success(request, _("It is cancelled."))
        return redirect("activities:activity_detail", own.key, found.pk)
    context = {"cluster": own, "activity": found, "form": form}
    return render(request, "activities/activity_cancel.html", context, status=status_of(form))


def _move(
    request: HttpRequest, place: tuple[str, int], act: Callable[[Activity], object], told: str
) -> HttpResponse:
    """One press of a button on the page of an activity; says why it could not be done."""
    own = own_lead(request, place[0])
    found = own_activity(request, own, place[1])
    try:
        act(found)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
    return redirect("activities:activity_detail", own.key, found.pk)


def _key(text: str) -> Key | None:
    """Where a page of the list begins; raises `BadRequest` for what this list did not write."""
    if not text:
        return None
    try:
        day, number = text.split("~")
        return date.fromisoformat(day), int(number)
    except ValueError as error:
        raise BadRequest(_("This page of the list does not exist. Begin at its first.")) from error
