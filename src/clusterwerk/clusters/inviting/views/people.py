"""Who has access to a cluster, an agency, an organisation, and to the installation."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from clusterwerk.clusters import access
from clusterwerk.clusters.choosing import chosen_cluster
from clusterwerk.clusters.inviting import actions, asking, queries
from clusterwerk.clusters.inviting.forms import ColleagueForm, InviteForm, StewardInviteForm
from clusterwerk.clusters.inviting.places import Place, in_agency, in_cluster
from clusterwerk.clusters.inviting.vouching import people_found
from clusterwerk.clusters.models import Agency, Cluster, Invitation, Seat, SeatRequest
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.seats import ROLES_OF_KIND, SeatKind, SeatRole, Seats
from clusterwerk.platform.errors import DomainError

METHODS = ["GET", "HEAD", "POST"]
PEOPLE = 20  # found by what was typed
LONGEST = 100


@require_safe
def own_people(request: HttpRequest) -> HttpResponse:
    """The page of the place in which the person works."""
    seats = seats_of(request)
    cluster = chosen_cluster(request)
    if cluster is not None:
        return redirect("people:cluster_people", cluster.key)
    if seats.is_steward:
        return redirect("people:installation_people")
    place = next(iter(queries.own_places(seats)), None)
    if place is None:
        raise PermissionDenied(_("You have no access to a cluster, agency or organisation yet."))
    return redirect(f"people:{place.kind}_people", place.key)


@require_http_methods(METHODS)
def cluster_people(request: HttpRequest, cluster: str) -> HttpResponse:
    """The team; the manager invites, and asks that somebody may act for a member."""
    own = _own_cluster(request, cluster)
    seats = seats_of(request)
    may = access.may_give_seat(seats, SeatKind.CLUSTER, cluster=own.pk, agency=own.agency_id)
    form = InviteForm(
        request.POST or None,
        roles=ROLES_OF_KIND[SeatKind.CLUSTER],
        initial={"role": SeatRole.STAFF},
    )
    if request.method == "POST":
        may.require()
        if _done(request, form, lambda: _invite(seats, in_cluster(own), form)):
            return redirect("people:cluster_people", own.key)
    return _page(
        request, "clusters/cluster_people.html", form, _of_cluster(request, own, bool(may))
    )


def _own_cluster(request: HttpRequest, key: str) -> Cluster:
    if not seats_of(request).clusters:
        access.may_see_sharing(seats_of(request), 0).require()
    own = chosen_cluster(request, key)
    if own is None:
        raise Http404
    return own


def _of_cluster(request: HttpRequest, own: Cluster, may: bool) -> dict[str, Any]:  # noqa: FBT001 - whether the reader manages it
    seats = seats_of(request)
    typed = _typed(request, "q")
    invitations = Invitation.objects.filter(cluster=own.pk)
    waiting, answered = queries.requests_of(SeatRequest.objects.filter(cluster=own.pk))
    return {
        "cluster": own,
        "may_invite": may,
        "team": queries.accesses(seats, queries.seats_in_cluster(own.pk)),
        "invited": queries.invited(seats, invitations, timezone.now()),
        "settled": queries.settled(invitations),
        "requests": waiting,
        "answered": answered,
        "typed": typed,
        "found": people_found(own.pk, typed, PEOPLE) if may and typed else (),
    }


@require_http_methods(METHODS)
def agency_people(request: HttpRequest, agency: str) -> HttpResponse:
    """Who works for the agency and who evaluates it; its programme manager invites."""
    own = get_object_or_404(Agency, key=agency)
    seats = seats_of(request)
    access.may_see_people(seats, agency=own.pk).require()
    may = access.may_give_seat(seats, SeatKind.AGENCY, cluster=None, agency=own.pk)
    roles = (*ROLES_OF_KIND[SeatKind.AGENCY], *ROLES_OF_KIND[SeatKind.EVALUATION])
    form = InviteForm(request.POST or None, roles=roles, initial={"role": SeatRole.ACCOUNT_MANAGER})
    if request.method == "POST":
        may.require()
        if _done(request, form, lambda: _invite(seats, _in_agency(own, form.role_asked), form)):
            return redirect("people:agency_people", own.key)
    invitations = Invitation.objects.filter(agency=own.pk, cluster=None)
    context = {
        "agency": own,
        "may_invite": bool(may),
        "team": queries.accesses(seats, queries.seats_in_agency(own.pk)),
        "invited": queries.invited(seats, invitations, timezone.now()),
        "settled": queries.settled(invitations),
    }
    return _page(request, "clusters/agency_people.html", form, context)


def _in_agency(agency: Agency, role: SeatRole) -> Place:
    kind = SeatKind.EVALUATION if role == SeatRole.EVALUATOR else SeatKind.AGENCY
    return in_agency(agency, kind)


@require_http_methods(METHODS)
def organisation_people(request: HttpRequest, organisation: int) -> HttpResponse:
    """Who acts for a member organisation; it asks for a colleague, and ends what it likes."""
    seats = seats_of(request)
    access.may_see_people(seats, organisation=organisation).require()
    own = get_object_or_404(Organisation, pk=organisation)
    may = access.may_ask_seat(seats, cluster=None, organisation=own.pk)
    form = ColleagueForm(request.POST or None)
    if request.method == "POST":
        may.require()
        if _done(request, form, lambda: _ask(seats, own, form)):
            return redirect("people:organisation_people", own.pk)
    invitations = Invitation.objects.filter(organisation=own.pk)
    waiting, answered = queries.requests_of(SeatRequest.objects.filter(organisation=own.pk))
    context = {
        "organisation": own,
        "may_ask": bool(may),
        "team": queries.accesses(seats, queries.seats_for_organisation(own.pk)),
        "invited": queries.invited(seats, invitations, timezone.now()),
        "requests": waiting,
        "answered": answered,
        "names": queries.cluster_names([*waiting, *answered]),
        "opens": queries.what_an_organisation_reads(),
    }
    return _page(request, "clusters/organisation_people.html", form, context)


@require_http_methods(METHODS)
def installation_people(request: HttpRequest) -> HttpResponse:
    """What a steward decides on, and everybody who has access."""
    seats = seats_of(request)
    access.may_keep_installation(seats).require()
    asked = request.GET.get("place", "")
    role = SeatRole.MANAGER if asked.startswith("cluster-") else SeatRole.STEWARD
    name = _typed(request, "cluster")
    clusters, is_more = queries.clusters_named(name)
    form = StewardInviteForm(
        request.POST or None, initial={"place": asked, "role": role}, clusters=clusters
    )
    if request.method == "POST" and _done(
        request, form, lambda: _invite(seats, form.place_asked, form)
    ):
        return redirect("people:installation_people")
    waiting, answered = queries.requests_of(SeatRequest.objects.all())
    invitations = Invitation.objects.filter(Q(cluster=None) | Q(invited_by=seats.actor))
    context = {
        "requests": waiting,
        "answered": answered,
        "names": queries.cluster_names([*waiting, *answered]),
        "invited": queries.invited(seats, invitations, timezone.now()),
        "agencies": Agency.objects.order_by("name"),
        "cluster_typed": name,
        "finds_clusters": bool(name) or is_more,
        "unmanaged": queries.clusters_without_manager(timezone.localdate()),
        **_everybody(request, seats),
    }
    return _page(request, "clusters/installation_people.html", form, context)


def _typed(request: HttpRequest, field: str) -> str:
    return request.GET.get(field, "").replace("\0", "")[:LONGEST].strip()


def _everybody(request: HttpRequest, seats: Seats) -> dict[str, Any]:
    """People by what was typed; without it, those who keep the installation."""
    typed = _typed(request, "q")
    rows = queries.seats_found(typed) if typed else Seat.objects.filter(kind=SeatKind.STEWARD)
    found = queries.accesses(seats, rows, limit=queries.MOST + 1)
    names = queries.place_names([each.seat for each in found])
    return {
        "typed": typed,
        "team": found[: queries.MOST],
        "is_more": len(found) > queries.MOST,
        "places": names,
    }


def _invite(seats: Seats, place: Place, form: InviteForm) -> str:
    invitation = actions.invite(
        seats=seats,
        place=place,
        role=form.role_asked,
        guest=form.guest,
        reason=form.cleaned_data["reason"],
        until=form.until,
    )
    return _("%(email)s was invited.") % {"email": invitation.email}


def _ask(seats: Seats, organisation: Organisation, form: ColleagueForm) -> str:
    reason = form.cleaned_data["reason"]
    asking.ask_for_colleague(
        seats=seats, organisation=organisation, guest=form.guest, reason=reason
    )
    return _("A steward of the installation decides on it; you read the answer here.")


def _done(request: HttpRequest, form: Form, act: Callable[[], str]) -> bool:
    """Whether it was done; otherwise the form says why not."""
    if not form.is_valid():
        return False
    try:
        told = act()
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, told)
    return True


def _page(request: HttpRequest, template: str, form: Form, context: dict[str, Any]) -> HttpResponse:
    seats = seats_of(request)
    places = queries.own_places(seats)
    shown = {"form": form, "own_places": places if len(places) > 1 else (), **context}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, template, shown, status=status)
