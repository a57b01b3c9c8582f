"""What people see of a matchmaking day by the link of their registration, without an account."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from clusterwerk.activities.actions import UnknownLinkError, wishes
from clusterwerk.activities.calendars.files import CONTENT_TYPE
from clusterwerk.activities.forms.matchmaking import ResultForm, WishesForm
from clusterwerk.activities.matchmaking.calendar import timetable_file
from clusterwerk.activities.queries.matchmaking import Line
from clusterwerk.activities.views.own import done, sent, status_of
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.text import row_number

READ_OR_SEND = ["GET", "HEAD", "POST"]


@login_not_required
@never_cache
@require_http_methods(READ_OR_SEND)
def match_wishes(request: HttpRequest, token: str) -> HttpResponse:
    """The own texts, the others, and whom to meet; until wishes close."""
    seats, now = seats_of(request), timezone.now()
    try:
        own = wishes.matching_by_link(seats=seats, token=token, day=now)
    except UnknownLinkError as error:
        raise Http404(str(error)) from error
    form = WishesForm(sent(request), own=own)
    if request.method == "POST" and done(
        form,
        lambda: wishes.say_wishes(seats=seats, token=token, answer=form.answer(), now=now),
    ):
        messages.success(request, _("Your answer was kept. You can change it until wishes close."))
        return redirect("agenda:match_wishes", token)
    context = {
        "own": own,
        "registration": own.registration,
        "activity": own.activity,
        "matching": own.round,
        "form": form,
        "may_say": own.may_say(now),
    }
    return render(request, "activities/match_wishes.html", context, status=status_of(form))


@login_not_required
@never_cache
@require_http_methods(READ_OR_SEND)
def match_timetable(request: HttpRequest, token: str) -> HttpResponse:
    """Whom the person meets when and where, and afterwards how each meeting was."""
    seats, now = seats_of(request), timezone.now()
    own, lines = _timetable(request, token)
    meeting = row_number(request.POST.get("meeting", "")) if request.method == "POST" else None
    form = ResultForm(request.POST) if meeting else None
    if form is not None and done(
        form,
        lambda: wishes.say_result(
            seats=seats, token=token, meeting=meeting or 0, result=form.result(), now=now
        ),
    ):
        messages.success(request, _("Thank you, it was kept."))
        return redirect("agenda:match_timetable", token)
    context = {
        "registration": own.registration,
        "activity": own.activity,
        "matching": own.round,
        "rows": [(line, _form(line, form, meeting), line.starts_at <= now) for line in lines],
        "has_meetings": any(line.meeting for line in lines),
    }
    status = status_of(form) if form is not None else 200
    return render(request, "activities/match_timetable.html", context, status=status)


@login_not_required
@never_cache
@require_safe
def match_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The timetable as a file for a calendar programme."""
    own, lines = _timetable(request, token)
    file = timetable_file(
        own.registration.pk, own.round, own.activity, lines, now=timezone.now(), was_told=False
    )
    named = {"Content-Disposition": 'attachment; filename="timetable.ics"'}
    return HttpResponse(file, content_type=CONTENT_TYPE, headers=named)


def _timetable(request: HttpRequest, token: str) -> tuple[wishes.Own, list[Line]]:
    try:
        return wishes.timetable_by_link(seats=seats_of(request), token=token)
    except UnknownLinkError as error:
        raise Http404(str(error)) from error


def _form(line: Line, tried: ResultForm | None, meeting: int | None) -> ResultForm | None:
    """What was typed for this meeting, or what was said of it before."""
    if line.meeting is None:
        return None
    prefix = f"m{line.meeting.pk}"
    if tried is not None and line.meeting.pk == meeting:
        tried.auto_id = f"{prefix}-%s"
        return tried
    said = line.result
    facts = {"useful": said.useful, "goes_on": said.goes_on, "note": said.note} if said else {}
    return ResultForm(initial=facts, auto_id=f"{prefix}-%s")
