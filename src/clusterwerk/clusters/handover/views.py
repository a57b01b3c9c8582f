"""Proposing a hand-over, and the page on which those concerned agree to it."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clusterwerk.clusters import access
from clusterwerk.clusters.handover import actions
from clusterwerk.clusters.handover.forms import ProposalForm
from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.clusters.handover.queries import hand_overs
from clusterwerk.clusters.handover.steps import Done
from clusterwerk.clusters.models import Cluster, PublicProfile
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.records import known_people


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_propose(request: HttpRequest, cluster: str) -> HttpResponse:
    seats = seats_of(request)
    own = get_object_or_404(Cluster, key=cluster)
    access.may_propose_hand_over(seats, own.pk, own.agency_id).require()
    form = ProposalForm(request.POST or None, cluster=own)
    if request.method == "POST" and form.is_valid():
        try:
            over = actions.propose(seats=seats, cluster=own, proposal=form.proposal())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The hand-over was proposed."))
            return redirect("clusters:hand_over_detail", over.pk)
    earlier = hand_overs(seats).filter(cluster=own)
    context = {"cluster": own, "form": form, "earlier": earlier}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "clusters/hand_over_propose.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was agreed by whom; the buttons are those of the person."""
    seats = seats_of(request)
    over = get_object_or_404(hand_overs(seats).select_related(*_NAMED), pk=pk)
    rehearsed: list[Done] | None = None
    status = HTTPStatus.OK
    if request.method == "POST":
        try:
            rehearsed = _do(seats, over, request.POST.get("do", ""))
        except DomainError as error:
            messages.error(request, str(error))
            status = HTTPStatus.CONFLICT
        else:
            if rehearsed is None:
                return redirect("clusters:hand_over_detail", over.pk)
    context = {**_context(seats, over), "rehearsed": rehearsed}
    return render(request, "clusters/hand_over_detail.html", context, status=status)


_NAMED = (
    "to_host",
    "new_manager",
    "proposed_by",
    "agreed_by",
    "accepted_by",
    "carried_out_by",
    "withdrawn_by",
)


def _do(seats: Seats, over: HandOver, what: str) -> list[Done] | None:
    """What the button asks; a rehearsal tells what would be done."""
    match what:
        case "agree":
            actions.agree(seats=seats, over=over)
        case "accept":
            actions.accept(seats=seats, over=over)
        case "withdraw":
            actions.withdraw(seats=seats, over=over)
        case "rehearse":
            return actions.rehearse(seats=seats, over=over)
        case "carry_out":
            actions.carry_out(seats=seats, over=over)
        case _:
            raise DomainError(_("Choose one of the buttons."))
    return None


def _context(seats: Seats, over: HandOver) -> dict[str, object]:
    """Names come from what the reader may see; a cluster of the programme has a public page."""
    names = {
        profile.cluster_id: profile.name
        for profile in PublicProfile.objects.filter(
            cluster__in=[over.cluster_id, over.to_cluster_id]
        )
    }
    seen = Cluster.objects.filter(pk__in=[over.cluster_id, over.to_cluster_id])
    names.update({cluster.pk: cluster.name for cluster in seen})
    may_carry_out = access.may_carry_out_hand_over(seats, over)
    can_come = over.day <= timezone.localdate()
    return {
        "over": over,
        "name": names.get(over.cluster_id) or _("a cluster that you do not see"),
        "to_name": names.get(over.to_cluster_id or 0, ""),
        "can_come": can_come,
        "may_agree": over.needs_agreement and access.may_agree_to_hand_over(seats, over),
        "may_propose": access.may_propose_hand_over(seats, over.cluster_id, over.agency_id),
        "may_accept": over.needs_acceptance and access.may_accept_hand_over(seats, over),
        "may_withdraw": access.may_withdraw_hand_over(seats, over),
        "may_rehearse": access.may_rehearse_hand_over(seats, over),
        "may_carry_out": may_carry_out,
        "can_carry_out": may_carry_out and can_come and not over.needs_acceptance,
        "knows_new_manager": over.new_manager_id in known_people({over.new_manager_id or 0}),
        "outcome": [Done(_(words), number) for words, number in _outcome(over)],
    }


def _outcome(over: HandOver) -> list[tuple[str, int]]:
    return [(each["words"], each["number"]) for each in over.outcome or ()]
