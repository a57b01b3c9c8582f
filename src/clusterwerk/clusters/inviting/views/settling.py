"""What becomes of one seat, one request, one invitation."""

from datetime import timedelta
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clusterwerk.clusters import access
from clusterwerk.clusters import actions as seat_actions
from clusterwerk.clusters.choosing import chosen_cluster
from clusterwerk.clusters.inviting import actions, asking, queries
from clusterwerk.clusters.inviting.forms import AnswerForm, ReasonForm, SeatForm
from clusterwerk.clusters.inviting.vouching import person_known
from clusterwerk.clusters.models import Invitation, Seat, SeatRequest
from clusterwerk.clusters.wording import role_name
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.seats import SeatKind, SeatRole, Seats
from clusterwerk.platform.errors import DomainError

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def seat_change(request: HttpRequest, seat: int) -> HttpResponse:
    """One seat: another role or last day, or the end of it."""
    seats = seats_of(request)
    held = get_object_or_404(Seat.objects.select_related("user"), pk=seat)
    access.may_end_seat(seats, held).require()
    may_change = access.may_give_seat(
        seats, SeatKind(held.kind), cluster=held.cluster_id, agency=held.agency_id
    )
    form = SeatForm(request.POST or None, kind=held.kind, initial=_facts(held))
    if request.method == "POST" and form.is_valid():
        try:
            done = _change(seats, held, form, request.POST.get("do", ""))
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect(_back(seats, held))
    context = {
        "seat": held,
        "role": role_name(held.role),
        "place": queries.place_names([held])[held.pk],
        "is_own": held.user_id == seats.actor,
        "is_over": held.until is not None and held.until <= timezone.localdate(),
        "may_change": bool(may_change),
        "back": _back(seats, held),
        "form": form,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "clusters/seat_change.html", context, status=status)


def _facts(seat: Seat) -> dict[str, object]:
    last_day = seat.until - timedelta(days=1) if seat.until else None
    return {"role": seat.role, "last_day": last_day}


def _change(seats: Seats, seat: Seat, form: SeatForm, what: str) -> str:
    reason = form.cleaned_data["reason"]
    if what == "end":
        seat_actions.end_seat(seats=seats, seat=seat, until=timezone.localdate(), reason=reason)
        return _("%(person)s has no access here any more.") % {"person": seat.user}
    seat_actions.change_seat(
        seats=seats,
        seat=seat,
        role=SeatRole(form.cleaned_data["role"]),
        until=form.until,
        reason=reason,
    )
    return _("The access of %(person)s was changed.") % {"person": seat.user}


def _back(seats: Seats, seat: Seat) -> str:
    """The page that the seat stands on, where the reader still sees it."""
    if seat.user_id == seats.actor and not seats.is_steward:
        return reverse("desk:home")
    if seats.is_steward and seat.kind in {SeatKind.STEWARD, SeatKind.CLUSTER}:
        return reverse("people:installation_people")
    if seat.kind == SeatKind.CLUSTER and seat.cluster:
        return reverse("people:cluster_people", args=[seat.cluster.key])
    if seat.kind == SeatKind.ORGANISATION:
        return reverse("people:organisation_people", args=[seat.organisation_id])
    if seat.agency:
        return reverse("people:agency_people", args=[seat.agency.key])
    return reverse("desk:home")


@require_http_methods(METHODS)
def seat_ask(request: HttpRequest, cluster: str, position: int) -> HttpResponse:
    """Ask a steward that somebody whom the cluster knows may act for a member."""
    seats = seats_of(request)
    own = chosen_cluster(request, cluster)
    if own is None:
        raise Http404
    person = person_known(own.pk, position)
    if person is None:
        raise Http404(_("Nobody with this position is known at a member of your cluster today."))
    may = access.may_ask_seat(seats, cluster=own.pk, organisation=person.organisation.pk)
    may.require()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            asking.ask_for_member(
                seats=seats, cluster=own, person=person, reason=form.cleaned_data["reason"]
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            told = _("A steward of the installation decides on it; you read the answer here.")
            messages.success(request, told)
            return redirect("people:cluster_people", own.key)
    opens = queries.what_an_organisation_reads()
    context = {"cluster": own, "person": person, "form": form, "opens": opens}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "clusters/seat_ask.html", context, status=status)


@require_http_methods(METHODS)
def request_settle(request: HttpRequest, request_key: int) -> HttpResponse:
    """A steward gives or refuses what was asked; whoever asked can take it back."""
    seats = seats_of(request)
    rows = SeatRequest.objects.select_related("organisation", "asked_by", "settled_by")
    asked = get_object_or_404(rows, pk=request_key)
    may_decide = access.may_decide_request(seats)
    may_take_back = access.may_take_request_back(seats, asked)
    if not may_decide:
        may_take_back.require()
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = _settle(seats, asked, request.POST.get("do", ""), form.cleaned_data["answer"])
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, told)
            return redirect(_place_of(seats, asked))
    context = {
        "asked": asked,
        "cluster_name": queries.cluster_names([asked]).get(asked.cluster_id or 0, ""),
        "opens": queries.what_an_organisation_reads(),
        "may_decide": bool(may_decide),
        "may_take_back": bool(may_take_back),
        "back": _place_of(seats, asked),
        "others": queries.accesses(seats, queries.seats_for_organisation(asked.organisation_id)),
        "form": form,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "clusters/request_settle.html", context, status=status)


def _settle(seats: Seats, asked: SeatRequest, what: str, answer: str) -> str:
    if what == "give":
        asking.give(seats=seats, request=asked, answer=answer)
        return _("%(email)s was invited.") % {"email": asked.email}
    if what == "refuse":
        asking.refuse(seats=seats, request=asked, answer=answer)
        return _("It was refused; whoever asked reads your answer.")
    if what == "take_back":
        asking.take_back(seats=seats, request=asked)
        return _("It was taken back.")
    raise DomainError(_("Choose one of the buttons."))


def _place_of(seats: Seats, asked: SeatRequest) -> str:
    if seats.is_steward:
        return reverse("people:installation_people")
    if asked.cluster is not None and asked.cluster_id in seats.clusters:
        return reverse("people:cluster_people", args=[asked.cluster.key])
    return reverse("people:organisation_people", args=[asked.organisation_id])


@require_POST
def invitation_settle(request: HttpRequest, invitation: int) -> HttpResponse:
    """Send it again, or withdraw it."""
    seats = seats_of(request)
    found = get_object_or_404(Invitation, pk=invitation)
    access.may_settle_invitation(seats, found).require()
    try:
        messages.success(request, _resolve(seats, found, request.POST.get("do", "")))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(_page_of(seats, found))


def _resolve(seats: Seats, invitation: Invitation, what: str) -> str:
    if what == "send":
        actions.send_again(seats=seats, invitation=invitation)
        return _("The invitation goes out again.")
    if what == "withdraw":
        actions.withdraw(seats=seats, invitation=invitation)
        return _("The invitation was withdrawn; its link opens nothing any more.")
    raise DomainError(_("Choose one of the buttons."))


def _page_of(seats: Seats, invitation: Invitation) -> str:
    if invitation.cluster_id in seats.clusters and invitation.cluster:
        return reverse("people:cluster_people", args=[invitation.cluster.key])
    if invitation.agency_id in seats.agencies and invitation.agency:
        return reverse("people:agency_people", args=[invitation.agency.key])
    return reverse("people:installation_people")
