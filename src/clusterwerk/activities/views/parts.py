"""Holding an activity together: whom its lead asks, and what a cluster answers."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clusterwerk.activities import access, actions
from clusterwerk.activities.forms.parts import AcceptForm, AskForm
from clusterwerk.activities.models import Activity, ActivityPart
from clusterwerk.activities.queries import activities_of
from clusterwerk.activities.queries.parts import Part, may_be_asked, part_asked_of, parts_of
from clusterwerk.activities.views.own import done, holder_of, own_cluster, own_lead, sent, status_of
from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_SEND)
def parts(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """Who holds it; the lead asks one more here."""
    own, seats = own_lead(request, cluster), seats_of(request)
    found = _activity(own, activity)
    may_change = access.may_change(seats, found)
    form = AskForm(sent(request), may_be_asked(found, own)) if may_change.allowed else None
    if request.method == "POST":
        may_change.require()
        assert form is not None, "allowed above"
        if done(form, lambda: _ask(request, found, form)):
            messages.success(request, _("The cluster was asked; its managers get a mail."))
            return redirect("activities:parts", own.key, found.pk)
    context = {
        "cluster": own,
        "activity": found,
        "parts": parts_of(found),
        "may_change": may_change,
        "form": form,
    }
    status = status_of(form) if form else 200
    return render(request, "activities/parts.html", context, status=status)


def _ask(request: HttpRequest, found: Activity, form: AskForm) -> ActivityPart:
    return actions.ask_cluster(
        seats=seats_of(request),
        activity=found,
        asked=form.chosen,
        words=form.cleaned_data["words"],
        now=timezone.now(),
    )


@require_POST
def part_end(request: HttpRequest, cluster: str, activity: int, part: int) -> HttpResponse:
    """The lead takes it back."""
    own, seats = own_lead(request, cluster), seats_of(request)
    found = _activity(own, activity)
    access.may_change(seats, found).require()
    asked = get_object_or_404(ActivityPart, activity=found, pk=part)
    _act(
        request,
        lambda: actions.end_part(seats=seats, activity=found, part=asked, now=timezone.now()),
        _("You go on without this cluster; its managers get a mail."),
    )
    return redirect("activities:parts", own.key, found.pk)


@require_http_methods(READ_OR_SEND)
def part_detail(request: HttpRequest, cluster: str, part: int) -> HttpResponse:
    """What another asks of the own cluster, and the form to accept it."""
    own, seats = own_cluster(request, cluster), seats_of(request)
    asked = _asked(own, part)
    may_answer = access.may_keep_activities(seats, own.pk)
    form = AcceptForm(sent(request))
    if request.method == "POST":
        may_answer.require()
        if done(form, lambda: _accept(request, asked, form)):
            messages.success(request, _("Your cluster holds it too from now on."))
            return redirect("activities:activity_detail", own.key, asked.row.activity_id)
    context = {"cluster": own, "part": asked, "form": form, "may_answer": may_answer}
    return render(request, "activities/part_detail.html", context, status=status_of(form))


def _accept(request: HttpRequest, asked: Part, form: AcceptForm) -> bool:
    return actions.accept_part(
        seats=seats_of(request),
        part=asked.row,
        themes=form.cleaned_data["themes"],
        now=timezone.now(),
    )


@require_POST
def part_decline(request: HttpRequest, cluster: str, part: int) -> HttpResponse:
    own, seats = own_cluster(request, cluster), seats_of(request)
    asked = _asked(own, part)
    _act(
        request,
        lambda: actions.decline_part(seats=seats, part=asked.row, now=timezone.now()),
        _("You declined; who asked gets a mail."),
    )
    return redirect("activities:activity_list", own.key)


@require_POST
def part_leave(request: HttpRequest, cluster: str, part: int) -> HttpResponse:
    own, seats = own_cluster(request, cluster), seats_of(request)
    asked = _asked(own, part)
    _act(
        request,
        lambda: actions.leave_part(seats=seats, part=asked.row, now=timezone.now()),
        _("Your cluster no longer holds it; who leads gets a mail."),
    )
    return redirect("activities:activity_list", own.key)


def _activity(own: Cluster | Agency, number: int) -> Activity:
    """Without holding it: who answers holds the answer first, and the activity after it."""
    found = activities_of(holder_of(own)).filter(pk=number).first()
    if found is None:
        raise Http404(_("This activity is not there, or was thrown away."))
    return found


def _asked(own: Cluster, number: int) -> Part:
    found = part_asked_of(own.pk, number)
    if found is None:
        raise Http404(_("This is not asked of your cluster, or was taken back."))
    return found


def _act(request: HttpRequest, act: Callable[[], object], told: str) -> None:
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
