"""Renewing, changing and ending one membership."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import actions
from clusterwerk.members.actions import Renewal
from clusterwerk.members.forms.changing import (
    ChangeForm,
    LeaveForm,
    RenewForm,
)
from clusterwerk.members.models import Departure, Membership, MembershipCategory
from clusterwerk.members.queries.renewing import going_on
from clusterwerk.members.views.about import locked, say_saved, tells_gone
from clusterwerk.members.views.keeping import form_page, kept_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.programme.queries import term_of_cluster


@dataclass(frozen=True, slots=True)
class Step:
    """A form about one membership, what it does when it fits, and the sentence after that."""

    name: str
    form: Form
    do: Callable[[], Membership | None]
    done: str
    context: dict[str, Any] = field(default_factory=dict)


def _held(request: HttpRequest, own: Cluster, pk: int) -> Membership:
    """The membership, held until the answer when it is to be changed."""
    rows = Membership.objects.filter(cluster=own).select_related("organisation", "category")
    held: Membership = locked(rows, request, pk)
    return held


@require_http_methods(["GET", "HEAD", "POST"])
@tells_gone
def membership_renew(request: HttpRequest, cluster: str, membership: int) -> HttpResponse:
    own = kept_cluster(request, cluster)
    kept = _held(request, own, membership)
    ends = kept.period.upper
    proposal = going_on(own.pk, [kept], term_of_cluster(own.pk))[0] if ends else None
    initial = (
        {"seen_end": ends, "until": proposal.until, "amount": proposal.proposed.amount}
        if proposal
        else {}
    )
    form = RenewForm(request.POST or None, initial=initial)

    def do() -> None:
        year = proposal.proposed.working_year if proposal else None
        asked = form.cleaned_data
        renewal = Renewal(kept.pk, asked["seen_end"], asked["until"], year, asked["amount"])
        actions.renew(seats=seats_of(request), cluster=own, renewal=renewal)

    step = Step("renew", form, do, _("The membership goes on."), {"proposal": proposal})
    return _step(request, own, kept, step)


@require_http_methods(["GET", "HEAD", "POST"])
@tells_gone
def membership_change(request: HttpRequest, cluster: str, membership: int) -> HttpResponse:
    own = kept_cluster(request, cluster)
    kept = _held(request, own, membership)
    others = MembershipCategory.objects.filter(cluster=own, is_offered=True)
    form = ChangeForm(
        request.POST or None,
        present={"category": kept.category_id, "is_paying": kept.is_paying},
        initial={"day": timezone.localdate(), "category": None},
        categories=others | MembershipCategory.objects.filter(pk=kept.category_id),
    )

    def do() -> Membership:
        asked = form.cleaned_data
        return actions.change_category(
            seats=seats_of(request),
            membership=kept,
            category=asked["category"],
            day=asked["day"],
            is_paying=asked["is_paying"],
        )

    done = _("The category changed. Promises already made stay as they are.")
    return _step(request, own, kept, Step("change", form, do, done))


@require_http_methods(["GET", "HEAD", "POST"])
@tells_gone
def membership_leave(request: HttpRequest, cluster: str, membership: int) -> HttpResponse:
    own = kept_cluster(request, cluster)
    kept = _held(request, own, membership)
    left = Departure.objects.filter(cluster_id=own.pk, membership=kept).first()
    names = ("reason", "note", "lesson")
    notice = {name: getattr(left, name) if left else "" for name in names}
    form = LeaveForm(
        request.POST or None,
        present={"day": kept.period.upper, **notice},
        initial={"day": kept.period.upper or timezone.localdate()},
    )

    def do() -> None:
        actions.leave(seats=seats_of(request), membership=kept, leaving=form.leaving())

    context = {"promises": kept.contributions.count(), "departure": left}
    step = Step("leave", form, do, _("The membership ends."), context)
    return _step(request, own, kept, step)


def _step(request: HttpRequest, own: Cluster, kept: Membership, step: Step) -> HttpResponse:
    form = step.form
    if request.method == "POST" and form.is_valid():
        try:
            shown = step.do() or kept
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            say_saved(request, form, step.done)
            return redirect("members:membership_detail", own.key, shown.pk)
    page = {"cluster": own, "member": kept, "form": form, **step.context}
    if isinstance(form, RenewForm) and form.is_bound and kept.period.upper:
        form.now_ends(kept.period.upper)
    return form_page(request, f"members/membership_{step.name}.html", page, form)
