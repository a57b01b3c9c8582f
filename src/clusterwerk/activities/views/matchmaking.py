"""A matchmaking day for its team: hours, who said what, the plan, the tables, and what became."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clusterwerk.activities import access, jobs
from clusterwerk.activities.actions import meetings, rounds
from clusterwerk.activities.forms.matchmaking import RoundForm
from clusterwerk.activities.models import Activity, MatchRound
from clusterwerk.activities.queries.matchmaking import (
    board_of,
    digest_of,
    everybody,
    participants,
    planned_of,
    published_of,
    round_of,
    said_by,
    timetable,
    told_of,
)
from clusterwerk.activities.views.own import done, own_activity, own_lead, sent, status_of
from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.jobs import ask

ANSWERS = {"yes": True, "no": False, "unknown": None}


@require_safe
def matchmaking(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """Who said what, and the newest plan by slot and table."""
    own, found = _place(request, cluster, activity)
    matching = round_of(found.pk)
    if matching is None:
        return redirect("activities:matchmaking_hours", own.key, found.pk)
    now = timezone.now()
    said, planned = said_by(found.pk), planned_of(found.pk)
    context = {
        **_context(own, found, matching),
        "said": said,
        "answered": sum(each.person.has_answered for each in said),
        "board": board_of(matching, planned),
        "planned": len(planned),
        "without": sum(not each.meetings for each in said) if planned else 0,
        "is_outdated": _is_outdated(matching),
        "is_open": now < matching.closes_at,
        "is_over": matching.ends_at() <= now,
        "is_unpublished": any(not row.is_published for row in planned)
        or len(published_of(found.pk)) != len(planned),
    }
    return render(request, "activities/matchmaking.html", context)


def _is_outdated(matching: MatchRound) -> bool:
    if matching.planned_at is None:
        return False
    return digest_of(matching, told_of(matching)) != matching.planned_from


@require_http_methods(["GET", "HEAD", "POST"])
def matchmaking_hours(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """Opens the round, and changes its hours later."""
    own, found = _place(request, cluster, activity)
    matching = round_of(found.pk)
    form = RoundForm(sent(request), activity=found, matching=matching)
    act = rounds.open_round if matching is None else rounds.change_round
    if request.method == "POST" and done(
        form,
        lambda: act(
            seats=seats_of(request), activity=found, hours=form.hours(), now=timezone.now()
        ),
    ):
        told = (
            _("The round is open. Everybody with a place is mailed the link of their page.")
            if matching is None
            else _("The hours were saved.")
        )
        messages.success(request, told)
        return redirect("activities:matchmaking", own.key, found.pk)
    context = {**_context(own, found, matching), "form": form}
    return render(request, "activities/matchmaking_hours.html", context, status=status_of(form))


@require_POST
def matchmaking_plan(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """A job plans, or mends: then every meeting that can stand does. Pressed twice it is one."""
    own, found = _place(request, cluster, activity)
    seats = seats_of(request)
    if round_of(found.pk) is None or seats.actor is None:
        return redirect("activities:matchmaking", own.key, found.pk)
    run = ask(
        jobs.plan_meetings,
        actor=seats.actor,
        reason="plan of meetings",
        activity=found.pk,
        mends=request.POST.get("do") == "mend",
    )
    return redirect("jobs:job_detail", pk=run.pk)


@require_POST
def matchmaking_publish(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    def act(found: Activity) -> str:
        told = rounds.publish_timetables(
            seats=seats_of(request), activity=found, now=timezone.now()
        )
        words = ngettext(
            "Published. One person is mailed a timetable.",
            "Published. %(number)s people are mailed their timetable.",
            told,
        )
        return words % {"number": told}

    return _press(request, (cluster, activity), act)


@require_POST
def matchmaking_fix(
    request: HttpRequest, cluster: str, activity: int, meeting: int
) -> HttpResponse:
    """The next plan keeps this meeting, or may drop it again."""

    def act(found: Activity) -> str:
        is_fixed = request.POST.get("fixed") == "yes"
        rounds.fix_meeting(
            seats=seats_of(request), activity=found, meeting=meeting, is_fixed=is_fixed
        )
        return _("Each new plan keeps this meeting.") if is_fixed else _("It may move again.")

    return _press(request, (cluster, activity), act)


@require_safe
def matchmaking_paper(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """To print: a list for each slot with its tables, and a timetable for each person."""
    own, found = _place(request, cluster, activity)
    matching = _round(found)
    planned, everyone = planned_of(found.pk), everybody(found.pk)
    context = {
        **_context(own, found, matching),
        "board": board_of(matching, planned),
        "people": [
            (person, timetable(matching, person.number, planned, everyone))
            for person in participants(found.pk)
        ],
    }
    return render(request, "activities/matchmaking_paper.html", context)


@require_safe
def matchmaking_results(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """What the two of each meeting said, and what goes onto the timelines."""
    own, found = _place(request, cluster, activity)
    matching = _round(found)
    published = published_of(found.pk)
    now = timezone.now()
    board = [slot for slot in board_of(matching, published) if slot.starts_at <= now]
    sat = [sitting for slot in board for sitting in slot.sittings]
    context = {
        **_context(own, found, matching),
        "board": board,
        "noted": meetings.noted_of(matching, published),
        "took_place": sum(sitting.took_place is True for sitting in sat),
        "unknown": sum(sitting.took_place is None for sitting in sat),
        "goes_on": sum(any(row.goes_on for row in sitting.results) for sitting in sat),
        "begun": len(sat),
    }
    return render(request, "activities/matchmaking_results.html", context)


@require_POST
def matchmaking_took_place(
    request: HttpRequest, cluster: str, activity: int, meeting: int
) -> HttpResponse:
    def act(found: Activity) -> str:
        meetings.say_took_place(
            seats=seats_of(request),
            activity=found,
            meeting=meeting,
            took_place=ANSWERS.get(request.POST.get("took_place", "")),
            now=timezone.now(),
        )
        return _("It is written down.")

    return _press(request, (cluster, activity), act, "activities:matchmaking_results")


@require_POST
def matchmaking_note(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """What took place, onto the timelines of both members."""

    def act(found: Activity) -> str:
        noted = meetings.note_meetings(seats=seats_of(request), activity=found, now=timezone.now())
        words = ngettext(
            "One meeting was put on the timelines.",
            "%(number)s meetings were put on the timelines.",
            noted,
        )
        return words % {"number": noted}

    return _press(request, (cluster, activity), act, "activities:matchmaking_results")


def _place(request: HttpRequest, cluster: str, activity: int) -> tuple[Cluster | Agency, Activity]:
    own = own_lead(request, cluster)
    found = own_activity(request, own, activity)
    access.may_change(seats_of(request), found).require()
    return own, found


def _round(found: Activity) -> MatchRound:
    matching = round_of(found.pk)
    if matching is None:
        raise Http404(_("This activity has no round of meetings yet."))
    return matching


def _context(own: Cluster | Agency, found: Activity, matching: MatchRound | None) -> dict[str, Any]:
    return {"cluster": own, "activity": found, "matching": matching}


def _press(
    request: HttpRequest,
    place: tuple[str, int],
    act: Callable[[Activity], str],
    back: str = "activities:matchmaking",
) -> HttpResponse:
    own, found = _place(request, *place)
    try:
        messages.success(request, act(found))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(back, own.key, found.pk)
