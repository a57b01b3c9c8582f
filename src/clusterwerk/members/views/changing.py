"""Renewing, changing and ending a membership; and renewing many with a preview."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import actions
from clusterwerk.members.actions import Renewal
from clusterwerk.members.forms.changing import (
    ChangeForm,
    LeaveForm,
    RenewalChoice,
    RenewForm,
    next_end,
)
from clusterwerk.members.models import Departure, Membership, MembershipCategory
from clusterwerk.members.queries.proposals import (
    Asked,
    Proposed,
    newest_headcounts,
    propose,
    rules_on,
)
from clusterwerk.members.views.keeping import form_page, kept_cluster, kept_membership
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.programme.queries import term_of_cluster

SOON = timedelta(days=90)
MOST = 500  # memberships on one preview


@dataclass(frozen=True, slots=True)
class Proposal:
    """A membership that ends, until when it would go on, and what the rule asks for it."""

    membership: Membership
    until: date
    proposed: Proposed


@dataclass(frozen=True, slots=True)
class Step:
    """A form about one membership, what it does when it fits, and the sentence after that."""

    name: str
    form: Form
    do: Callable[[], Membership | None]
    done: str
    context: dict[str, Any] = field(default_factory=dict)


@require_http_methods(["GET", "HEAD", "POST"])
def membership_renew(request: HttpRequest, cluster: str, membership: int) -> HttpResponse:
    own = kept_cluster(request, cluster)
    kept = kept_membership(own, membership)
    ends = kept.period.upper
    proposal = _proposals(own, [kept])[0] if ends else None
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
def membership_change(request: HttpRequest, cluster: str, membership: int) -> HttpResponse:
    own = kept_cluster(request, cluster)
    kept = kept_membership(own, membership)
    others = MembershipCategory.objects.filter(cluster=own, is_offered=True)
    initial = {"day": timezone.localdate(), "is_paying": kept.is_paying}
    form = ChangeForm(
        request.POST or None, initial=initial, categories=others.exclude(pk=kept.category_id)
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
def membership_leave(request: HttpRequest, cluster: str, membership: int) -> HttpResponse:
    own = kept_cluster(request, cluster)
    kept = kept_membership(own, membership)
    left = Departure.objects.filter(cluster_id=own.pk, membership=kept).first()
    initial: dict[str, Any] = {"day": kept.period.upper or timezone.localdate()}
    if left:
        initial |= {"reason": left.reason, "note": left.note, "lesson": left.lesson}
    form = LeaveForm(request.POST or None, initial=initial)

    def do() -> None:
        actions.leave(seats=seats_of(request), membership=kept, leaving=form.leaving())

    context = {"promises": kept.contributions.count()}
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
            messages.success(request, step.done)
            return redirect("members:membership_detail", own.key, shown.pk)
    page = {"cluster": own, "member": kept, "form": form, **step.context}
    return form_page(request, f"members/membership_{step.name}.html", page, form)


@require_http_methods(["GET", "HEAD", "POST"])
def renewals(request: HttpRequest, cluster: str) -> HttpResponse:
    """Memberships that end soon, each with its new end and amount; posting renews the ticked."""
    own = kept_cluster(request, cluster)
    if request.method == "POST":
        return _renew_ticked(request, own)
    categories = MembershipCategory.objects.filter(cluster=own)
    asked = request.GET if "ends_by" in request.GET else None
    form = RenewalChoice(
        asked, initial={"ends_by": timezone.localdate() + SOON}, categories=categories
    )
    category, ends_by = None, timezone.localdate() + SOON
    if form.is_bound and form.is_valid():
        category, ends_by = form.cleaned_data["category"], form.cleaned_data["ends_by"]
    return _preview(request, own, form, _ending(own, category, ends_by))


def _ending(own: Cluster, category: MembershipCategory | None, last: date) -> list[Membership]:
    """Memberships that end from a month ago up to the day and that nobody gave notice of."""
    today = timezone.localdate()
    rows = Membership.objects.filter(
        cluster=own,
        period__endswith__gt=today - timedelta(days=31),
        period__endswith__lte=last,
        departures__isnull=True,
    )
    if category:
        rows = rows.filter(category=category)
    found = rows.select_related("organisation", "category")
    return list(found.order_by("period__endswith", "organisation__name_sort")[:MOST])


def _proposals(own: Cluster, members: list[Membership]) -> list[Proposal]:
    """What each would cost from its end on; a handful of queries for all of them."""
    term = term_of_cluster(own.pk)
    today = timezone.localdate()
    headcounts = newest_headcounts(own.pk, [each.organisation_id for each in members], today)
    rules = {day: rules_on(own.pk, day) for day in {each.period.upper for each in members}}
    return [
        Proposal(
            each,
            next_end(each.period.upper),
            propose(
                rules[each.period.upper],
                term,
                Asked(
                    category=each.category_id,
                    organisation=each.organisation,
                    day=each.period.upper,
                    headcount=headcounts.get(each.organisation_id),
                    is_first_year=False,
                ),
            ),
        )
        for each in members
    ]


def _renew_ticked(request: HttpRequest, own: Cluster) -> HttpResponse:
    found = [_ticked(request, pk) for pk in request.POST.getlist("renew")]
    if not found:
        messages.error(request, _("Nobody is ticked."))
        return redirect("members:renewals", own.key)
    try:
        done = actions.renew_many(seats=seats_of(request), cluster=own, renewals=found)
    except DomainError as error:
        messages.error(request, _("Nothing was renewed. %(why)s") % {"why": error})
        return redirect("members:renewals", own.key)
    told = ngettext("%(number)s membership goes on.", "%(number)s memberships go on.", len(done))
    messages.success(request, told % {"number": len(done)})
    return redirect("members:renewals", own.key)


def _ticked(request: HttpRequest, pk: str) -> Renewal:
    """One row of the preview; raises `BadRequest` for what the page does not send."""
    fields = RenewForm(
        {name: request.POST.get(f"{name}_{pk}") for name in ("seen_end", "until", "amount")}
    )
    year = request.POST.get(f"year_{pk}", "")
    if not pk.isdecimal() or len(pk) > 18 or not fields.is_valid():  # noqa: PLR2004 - digits
        raise BadRequest(
            _("An amount or a day of the list could not be read. Go back and mend it.")
        )
    asked = fields.cleaned_data
    amount: Decimal | None = asked["amount"]
    working_year = int(year) if year.isdecimal() and len(year) < 4 else None  # noqa: PLR2004 - digits
    return Renewal(int(pk), asked["seen_end"], asked["until"], working_year, amount)


def _preview(
    request: HttpRequest, own: Cluster, form: RenewalChoice, members: list[Membership]
) -> HttpResponse:
    rows = _proposals(own, members)
    total = sum((row.proposed.amount or Decimal(0) for row in rows), Decimal(0))
    context = {"cluster": own, "form": form, "rows": rows, "total": total, "most": MOST}
    return form_page(request, "members/renewals.html", context, form)
