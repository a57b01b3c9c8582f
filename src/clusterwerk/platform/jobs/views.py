"""One's own jobs, the page of one, and the list of all for the steward."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.jobs import access, actions, queries
from clusterwerk.platform.jobs.models import JobRun, OutsideEffect
from clusterwerk.platform.jobs.registry import JOBS
from clusterwerk.platform.jobs.states import JobState

LONGEST = 19  # digits of a key


@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    assert request.user.pk is not None, "signed in"
    page = queries.own_runs(request.user.pk, _before(request))
    return render(request, "jobs/job_list.html", {"page": page})


@require_safe
def job_overview(request: HttpRequest) -> HttpResponse:
    """All jobs, without what they tell their askers; those that need attention first."""
    if not seats_of(request).is_steward:
        raise PermissionDenied(_("The list of all jobs is for the steward."))
    now = timezone.now()
    counts = queries.job_counts(now)
    chosen = request.GET.get("state", queries.ATTENTION if counts.attention else "")
    if chosen not in {"", queries.ATTENTION, *JobState.values}:
        chosen = ""
    page = queries.all_runs(chosen, now, _before(request))
    context = {
        "page": page,
        "rows": [{"run": run, "is_stalled": run.is_stalled(now)} for run in page.rows],
        "counts": counts,
        "chosen": chosen,
        "states": [(key, label, counts.by_state.get(key, 0)) for key, label in JobState.choices],
        "effects": queries.undecided_effects()[: queries.PAGE],
    }
    return render(request, "jobs/job_overview.html", context)


@require_safe
def job_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one run; its changing part comes alone when the page asks for it again.

    Whoever watches it is led to its result as soon as there is one.
    """
    run = _run(pk)
    if _leads_on(request, run):
        return HttpResponseClientRedirect(run.result) if request.htmx else redirect(run.result)  # type: ignore[attr-defined] # the same
    template = "jobs/_run.html" if request.htmx else "jobs/job_detail.html"  # type: ignore[attr-defined] # set by django_htmx
    return render(request, template, _detail(request, run))


def _leads_on(request: HttpRequest, run: JobRun) -> bool:
    """A file is fetched by hand; of an old run, looked up in the list, the page itself is shown."""
    is_watched = bool(request.htmx) or "watch" in request.GET  # type: ignore[attr-defined] # set by django_htmx
    is_own = run.asker_id == seats_of(request).actor
    is_ready = run.state == JobState.SUCCEEDED and run.result and not run.file_id
    return bool(is_watched and is_own and is_ready)


def _detail(request: HttpRequest, run: JobRun) -> dict[str, Any]:
    seats = seats_of(request)
    return {
        "run": run,
        "is_own": run.asker_id == seats.actor,
        "is_stalled": run.is_stalled(timezone.now()),
        "may_cancel": access.may_cancel(seats, run),
        "may_run_again": access.may_run_again(seats, run),
        "effects": run.effects.order_by("-pk"),
        "asked_at": _asked_at(run) if run.asker_id == seats.actor else "",
    }


def _asked_at(run: JobRun) -> str:
    """The page to go back to, when the run ended without a result."""
    wanted = JOBS.get(run.kind)
    if run.is_open or run.result or wanted is None or wanted.asked_at is None:
        return ""
    return wanted.asked_at(run.arguments)


@require_POST
def job_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    run = actions.cancel_run(seats=seats_of(request), run=_run(pk))
    if run.state == JobState.CANCELLED:
        messages.success(request, _("The job was cancelled."))
    elif run.is_open:
        messages.success(request, _("The job stops after the step it is in."))
    else:
        messages.info(request, _("The job had ended already."))
    return redirect("jobs:job_detail", pk=pk)


@require_POST
def job_again(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        new = actions.run_again(seats=seats_of(request), run=_run(pk))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("jobs:job_detail", pk=pk)
    return redirect("jobs:job_detail", pk=new.pk)


@require_POST
def effect_settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Repeat it or leave it, as the button says."""
    effect = OutsideEffect.objects.filter(pk=pk).first()
    if effect is None:
        raise Http404(_("There is nothing to decide here."))
    try:
        _decide(seats_of(request), effect, request.POST.get("choice", ""))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    if effect.run_id is not None and effect.asker_id == request.user.pk:
        return redirect("jobs:job_detail", pk=effect.run_id)
    return redirect("jobs:job_overview")


def _decide(seats: Seats, effect: OutsideEffect, choice: str) -> None:
    """Leaving it forgets it, so neither is done unless the button says so."""
    match choice:
        case "repeat":
            actions.repeat_effect(seats=seats, effect=effect)
        case "leave":
            actions.settle_effect(seats=seats, effect=effect)
        case _:
            raise DomainError(_("Choose one of the buttons."))


def _run(pk: int) -> JobRun:
    run = queries.run_of(pk)
    if run is None:
        raise Http404(_("There is no such job, or it is not yours."))
    return run


def _before(request: HttpRequest) -> int | None:
    text = request.GET.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST else None
