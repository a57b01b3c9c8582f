"""Pages of groups: the list, one of them on a day, its mandates, and its meetings."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clusterwerk.activities import access
from clusterwerk.activities.forms.participation import OnForm
from clusterwerk.activities.groups import actions, mails, queries
from clusterwerk.activities.groups.files import mandates_table
from clusterwerk.activities.groups.forms import (
    GroupForm,
    MandateForm,
    MeetingForm,
    PointForm,
    ToDoForm,
)
from clusterwerk.activities.models import (
    AgendaPoint,
    GroupMeeting,
    Mandate,
    StandingGroup,
)
from clusterwerk.activities.views.own import done, own_cluster, sent, status_of
from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.actions import organisation_chosen
from clusterwerk.directory.models import Organisation
from clusterwerk.members.queries.people import team_of
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.text import row_number
from clusterwerk.platform.ui.export import KINDS, table_response

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_safe
def own_groups(request: HttpRequest) -> HttpResponse:
    """Those of the cluster that the person works in."""
    return redirect("activities:group_list", cluster=own_cluster(request, "").key)


@require_safe
def group_list(request: HttpRequest, cluster: str) -> HttpResponse:
    """Every group, with who holds its votes today."""
    own = own_cluster(request, cluster)
    today = timezone.localdate()
    context = {
        "cluster": own,
        "groups": queries.groups_on(own.pk, today),
        "today": today,
        "may_keep": access.may_keep_activities(seats_of(request), own.pk),
    }
    return render(request, "activities/group_list.html", context)


@require_safe
def group_detail(request: HttpRequest, cluster: str, group: int) -> HttpResponse:
    """Who sits in it on a day, and its meetings; `file` for everybody who ever did."""
    own = own_cluster(request, cluster)
    found = _group(request, own, group)
    form = OnForm(request.GET)
    is_valid = form.is_valid()
    day = form.day_asked(timezone.localdate())
    rows = queries.mandates_of(found)
    if is_valid and (kind := KINDS.get(request.GET.get("file", ""))):
        return table_response(mandates_table(found, own, rows), kind, timezone.localdate())
    sitting = list(rows.on(day))
    context = {
        "cluster": own,
        "group": found,
        "form": form,
        "day": day,
        "sitting": sitting,
        "former": list(rows.filter(period__endswith__lte=day)),
        "coming": list(rows.filter(period__startswith__gt=day)),
        "share": queries.seat_share(sitting),
        "meetings": queries.meetings_of(found),
        "may_keep": access.may_keep_activities(seats_of(request), own.pk),
    }
    status = HTTPStatus.OK if is_valid else HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "activities/group_detail.html", context, status=status)


@require_http_methods(READ_OR_SEND)
def group_add(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    access.may_keep_activities(seats, own.pk).require()
    form = GroupForm(sent(request))
    made: list[StandingGroup] = []
    if request.method == "POST" and done(
        form,
        lambda: made.append(actions.found_group(seats=seats, cluster=own, facts=form.facts())),
    ):
        messages.success(request, _("The group is kept. Say who sits in it."))
        return redirect("activities:group_detail", own.key, made[0].pk)
    context = {"cluster": own, "form": form, "group": None}
    return render(request, "activities/group_form.html", context, status=status_of(form))


@require_http_methods(READ_OR_SEND)
def group_change(request: HttpRequest, cluster: str, group: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    found = _group(request, own, group)
    seats = seats_of(request)
    access.may_keep_activities(seats, own.pk).require()
    form = GroupForm(sent(request), group=found)
    if request.method == "POST" and done(
        form, lambda: actions.change_group(seats=seats, group=found, facts=form.facts())
    ):
        messages.success(request, _("The group was saved."))
        return redirect("activities:group_detail", own.key, found.pk)
    context = {"cluster": own, "form": form, "group": found}
    return render(request, "activities/group_form.html", context, status=status_of(form))


@require_http_methods(READ_OR_SEND)
def mandate_add(request: HttpRequest, cluster: str, group: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    found = _group(request, own, group)
    seats = seats_of(request)
    access.may_keep_activities(seats, own.pk).require()
    form = MandateForm(sent(request), cluster=own.pk, initial={"since": timezone.localdate()})

    def give() -> None:
        facts = form.facts(_organisation(request, form))
        actions.give_mandate(seats=seats, group=found, facts=facts)

    if request.method == "POST" and done(form, give):
        messages.success(request, _("The mandate is kept."))
        return redirect("activities:group_detail", own.key, found.pk)
    context = {"cluster": own, "group": found, "form": form, "mandate": None}
    return render(request, "activities/mandate_form.html", context, status=status_of(form))


@require_http_methods(READ_OR_SEND)
def mandate_change(request: HttpRequest, cluster: str, group: int, mandate: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    found = _group(request, own, group)
    held = _mandate(request, found, mandate)
    seats = seats_of(request)
    access.may_keep_activities(seats, own.pk).require()
    form = MandateForm(sent(request), cluster=own.pk, mandate=held)

    def change() -> None:
        facts = form.facts(_organisation(request, form))
        actions.change_mandate(seats=seats, mandate=held, facts=facts)

    if request.method == "POST" and done(form, change):
        messages.success(request, _("The mandate was saved."))
        return redirect("activities:group_detail", own.key, found.pk)
    context = {"cluster": own, "group": found, "form": form, "mandate": held}
    return render(request, "activities/mandate_form.html", context, status=status_of(form))


@require_POST
def mandate_drop(request: HttpRequest, cluster: str, group: int, mandate: int) -> HttpResponse:
    """Written down by mistake. Twice is once."""
    own = own_cluster(request, cluster)
    found = _group(request, own, group)
    access.may_keep_activities(seats_of(request), own.pk).require()
    held = Mandate.objects.filter(cluster=own, group=found, pk=mandate).first()
    if held is not None:
        _try(
            request,
            lambda: actions.drop_mandate(seats=seats_of(request), mandate=held),
            _("The mandate was taken away."),
        )
    return redirect("activities:group_detail", own.key, found.pk)


@require_http_methods(READ_OR_SEND)
def group_meet(request: HttpRequest, cluster: str, group: int) -> HttpResponse:
    """Call a meeting of the group."""
    own = own_cluster(request, cluster)
    found = _group(request, own, group)
    seats = seats_of(request)
    access.may_keep_activities(seats, own.pk).require()
    form = MeetingForm(sent(request), initial={"name": found.name, "language": get_language()})
    made: list[GroupMeeting] = []
    if request.method == "POST" and done(
        form,
        lambda: made.append(actions.call_meeting(seats=seats, group=found, plan=form.plan())),
    ):
        messages.success(request, _("The meeting is kept. Write its agenda, then invite."))
        return redirect("activities:group_meeting", own.key, made[0].activity_id)
    context = {"cluster": own, "group": found, "form": form}
    return render(request, "activities/group_meet.html", context, status=status_of(form))


@require_http_methods(READ_OR_SEND)
def group_meeting(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """Agenda before, minutes after; what is sent is something to be done."""
    own = own_cluster(request, cluster)
    meeting = _meeting(own, activity)
    seats = seats_of(request)
    may_keep = access.may_keep_activities(seats, own.pk)
    mandates = queries.mandates_of(meeting.group).on(meeting.activity.day)
    form = ToDoForm(sent(request), team=team_of(own.pk, timezone.localdate()), mandates=mandates)
    if request.method == "POST":
        may_keep.require()
        if done(
            form,
            lambda: actions.ask_to_do(seats=seats, meeting=meeting, **form.cleaned_data),
        ):
            messages.success(request, _("It stands among the tasks of the team."))
            return redirect("activities:group_meeting", own.key, activity)
    context = {**_shown(own, meeting), "form": form, "may_keep": may_keep}
    return render(request, "activities/group_meeting.html", context, status=status_of(form))


@require_safe
def group_minutes(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """To print, or to keep as PDF."""
    own = own_cluster(request, cluster)
    context = _shown(own, _meeting(own, activity))
    return render(request, "activities/group_minutes.html", context)


@require_http_methods(READ_OR_SEND)
def point_add(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    meeting = _meeting(own, activity)
    return _point(request, own, meeting, None)


@require_http_methods(READ_OR_SEND)
def point_change(request: HttpRequest, cluster: str, activity: int, point: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    meeting = _meeting(own, activity)
    rows = AgendaPoint.objects.filter(cluster=own, meeting=meeting)
    if request.method == "POST":
        access.may_keep_activities(seats_of(request), own.pk).require()
        rows = rows.select_for_update(of=("self",))
    return _point(request, own, meeting, get_object_or_404(rows, pk=point))


def _point(
    request: HttpRequest, own: Cluster, meeting: GroupMeeting, point: AgendaPoint | None
) -> HttpResponse:
    seats = seats_of(request)
    access.may_keep_activities(seats, own.pk).require()
    form = PointForm(sent(request), point=point)
    if request.method == "POST" and done(
        form,
        lambda: actions.put_point(
            seats=seats, meeting=meeting, facts=form.facts(), point=point, now=timezone.now()
        ),
    ):
        messages.success(request, _("The point is kept."))
        return redirect("activities:group_meeting", own.key, meeting.activity_id)
    context = {"cluster": own, "meeting": meeting, "form": form, "point": point}
    return render(request, "activities/point_form.html", context, status=status_of(form))


@require_POST
def point_move(request: HttpRequest, cluster: str, activity: int, point: int) -> HttpResponse:
    """One place up, or down."""

    def move(meeting: GroupMeeting) -> None:
        found = AgendaPoint.objects.filter(meeting=meeting, pk=point).first()
        if found is not None:
            up = request.POST.get("to") == "up"
            actions.move_point(seats=seats_of(request), point=found, up=up)

    return _press(request, cluster, activity, move, "")


@require_POST
def point_drop(request: HttpRequest, cluster: str, activity: int, point: int) -> HttpResponse:
    def drop(meeting: GroupMeeting) -> None:
        found = AgendaPoint.objects.filter(meeting=meeting, pk=point).first()
        if found is not None:
            actions.drop_point(seats=seats_of(request), point=found)

    return _press(request, cluster, activity, drop, _("The point was taken away."))


@require_POST
def group_present(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """Who of the group was there."""
    ticked = {row_number(each) for each in request.POST.getlist("here")}

    def note(meeting: GroupMeeting) -> None:
        actions.note_present(
            seats=seats_of(request), meeting=meeting, mandates=ticked, now=timezone.now()
        )

    return _press(request, cluster, activity, note, _("Who was there is kept."))


@require_POST
def group_invite(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    def invite(meeting: GroupMeeting) -> None:
        mails.invite_group(seats=seats_of(request), meeting=meeting, now=timezone.now())

    return _press(request, cluster, activity, invite, _("The agenda goes out by mail."))


@require_POST
def minutes_fix(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    def fix(meeting: GroupMeeting) -> None:
        actions.fix_minutes(seats=seats_of(request), meeting=meeting, now=timezone.now())

    return _press(request, cluster, activity, fix, _("The minutes stand."))


@require_POST
def minutes_send(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    def send(meeting: GroupMeeting) -> None:
        mails.send_minutes(seats=seats_of(request), meeting=meeting, now=timezone.now())

    return _press(request, cluster, activity, send, _("The minutes go out by mail."))


@require_POST
def group_meeting_drop(request: HttpRequest, cluster: str, activity: int) -> HttpResponse:
    """Throw a meeting away that did not take place."""
    own = own_cluster(request, cluster)
    meeting = _meeting(own, activity)
    group = meeting.group_id
    access.may_keep_activities(seats_of(request), own.pk).require()
    if _try(
        request,
        lambda: actions.drop_meeting(seats=seats_of(request), meeting=meeting),
        _("The meeting was thrown away."),
    ):
        return redirect("activities:group_detail", own.key, group)
    return redirect("activities:group_meeting", own.key, activity)


def _press(
    request: HttpRequest,
    cluster: str,
    activity: int,
    act: Callable[[GroupMeeting], object],
    told: str,
) -> HttpResponse:
    """One press of a button on the page of a meeting; says why it could not be done."""
    own = own_cluster(request, cluster)
    meeting = _meeting(own, activity)
    access.may_keep_activities(seats_of(request), own.pk).require()
    _try(request, lambda: act(meeting), told)
    return redirect("activities:group_meeting", own.key, activity)


def _try(request: HttpRequest, act: Callable[[], object], told: str) -> bool:
    try:
        act()
    except DomainError as error:
        messages.error(request, str(error))
        return False
    if told:
        messages.success(request, told)
    return True


def _shown(own: Cluster, meeting: GroupMeeting) -> dict[str, object]:
    now = timezone.now()
    sitting = queries.sitting_at(meeting)
    points = queries.points_of(meeting)
    activity = meeting.activity
    return {
        "cluster": own,
        "meeting": meeting,
        "activity": activity,
        "points": points,
        "planned": sum(point.minutes or 0 for point in points),
        "sitting": sitting,
        "present": actions.present_at(meeting, sitting),
        "todo": queries.actions_of(meeting),
        "before": queries.open_actions_before(meeting),
        "has_begun": activity.starts_at is None or activity.starts_at <= now,
        "is_past": activity.is_past(now),
    }


def _group(request: HttpRequest, own: Cluster, number: int) -> StandingGroup:
    rows = queries.groups_of(own.pk)
    if request.method == "POST":
        access.may_keep_activities(seats_of(request), own.pk).require()
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404(_("This group is not there."))
    return found


def _mandate(request: HttpRequest, group: StandingGroup, number: int) -> Mandate:
    rows = queries.mandates_of(group)
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    found = rows.filter(pk=number).first()
    if found is None:
        raise Http404(_("This mandate is not there."))
    return found


def _meeting(own: Cluster, activity: int) -> GroupMeeting:
    found = queries.meeting_of(activity)
    if found is None or found.cluster_id != own.pk:
        raise Http404(_("This meeting is not there."))
    return found


def _organisation(request: HttpRequest, form: MandateForm) -> Organisation | None:
    chosen = form.cleaned_data["organisation"]
    return organisation_chosen(seats=seats_of(request), chosen=chosen) if chosen else None
