"""Adding a member: find the organisation, choose a category, done."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.actions import organisation_chosen
from clusterwerk.directory.forms.picking import chosen_result, typed_name
from clusterwerk.directory.models import Organisation
from clusterwerk.directory.queries import Found
from clusterwerk.members import actions
from clusterwerk.members.actions import NewMember, Size
from clusterwerk.members.forms.joining import JoiningForm, PickForm
from clusterwerk.members.models import Membership, MembershipCategory
from clusterwerk.members.queries.proposals import (
    Asked,
    Proposed,
    earlier_members,
    newest_headcounts,
    propose,
    rules_on,
)
from clusterwerk.members.views.keeping import form_page, kept_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.programme.queries import term_of_cluster


@require_http_methods(["GET", "HEAD", "POST"])
def member_add(request: HttpRequest, cluster: str) -> HttpResponse:
    """Step one finds the organisation, step two takes a category, the third is the click.

    A number that is known to one organisation alone chooses it at once.
    """
    own = kept_cluster(request, cluster)
    asked = _asked(request)
    pick = PickForm(asked if PickForm.is_asked(asked) else None, cluster=own.pk)
    chosen = chosen_result(pick.cleaned_data["chosen"]) if pick.is_bound and pick.is_valid() else []
    if not chosen:
        context = {"cluster": own, "pick": pick, "by_hand": _by_hand(own, asked)}
        return form_page(request, "members/member_add.html", context, pick)
    return _second_step(request, own, chosen[0])


def _asked(request: HttpRequest) -> QueryDict:
    """What was sent; an organisation just typed in comes back as chosen."""
    if request.method == "POST":
        return request.POST
    asked = request.GET.copy()
    if "organisation" in asked:
        asked["chosen"] = asked.get("organisation", "")
    return asked


def _by_hand(own: Cluster, asked: QueryDict) -> str:
    """Where an organisation is typed in that no search finds, and from where it comes back."""
    back = reverse("members:member_add", args=[own.key])
    named = {"name": asked.get(typed_name("chosen"), "")[:200], "next": back}
    return f"{reverse('directory:organisation_add')}?{urlencode(named)}"


def _second_step(request: HttpRequest, own: Cluster, chosen: Found) -> HttpResponse:
    """With `preview` in the form nothing is saved: it says what would be promised."""
    today = timezone.localdate()
    categories = MembershipCategory.objects.filter(cluster=own, is_offered=True)
    initial = {
        "first_day": today,
        "size_year": today.year - 1,
        "category": next(iter(categories), None) if len(categories) == 1 else None,
    }
    form = JoiningForm(
        request.POST if request.method == "POST" else None, initial=initial, categories=categories
    )
    is_preview = "preview" in request.POST
    if request.method == "POST" and form.is_valid() and not is_preview:
        membership = _joined(request, own, chosen, form)
        if membership:
            return redirect("members:membership_detail", own.key, membership.pk)
    proposals = _proposals(own, chosen, categories, form)
    context = {
        "cluster": own,
        "chosen": chosen,
        "form": form,
        "proposals": proposals,
        "promised": _promised(form, proposals),
        "member": _member_already(own, chosen),
    }
    if is_preview and request.htmx:  # type: ignore[attr-defined] # set by its middleware
        return render(request, "members/_member_asked.html", context)
    return form_page(request, "members/member_add.html", context, form)


def _joined(
    request: HttpRequest, own: Cluster, chosen: Found, form: JoiningForm
) -> Membership | None:
    """The membership; where it is refused, the form says why."""
    try:
        membership = _add(request, own, chosen, form)
    except DomainError as error:
        form.add_error(None, str(error))
        return None
    messages.success(
        request, _("%(name)s is a member now.") % {"name": membership.organisation.name}
    )
    return membership


def _promised(
    form: JoiningForm, proposals: list[tuple[MembershipCategory, Proposed]]
) -> Proposed | None:
    """What the chosen category would promise; None while nothing is chosen or another amount is."""
    asked: dict[str, Any] = form.cleaned_data if form.is_bound else {}
    chosen = asked.get("category") or (None if form.is_bound else form.initial["category"])
    if asked.get("amount") is not None or (form.is_bound and not asked.get("is_paying")):
        return None
    return next((found for category, found in proposals if category == chosen), None)


@transaction.atomic
def _add(request: HttpRequest, own: Cluster, chosen: Found, form: JoiningForm) -> Membership:
    seats = seats_of(request)
    organisation = organisation_chosen(seats=seats, chosen=chosen.value)
    new, size = form.new_member(organisation), form.size(organisation)
    found = _proposed(own, new, size)
    amount = form.cleaned_data["amount"]
    if amount is None and new.is_paying:
        amount = found.amount
    return actions.add_member(
        seats=seats,
        cluster=own,
        new=new,
        size=size,
        working_year=found.working_year,
        amount=amount,
    )


def _proposed(own: Cluster, new: NewMember, size: Size | None) -> Proposed:
    headcount = size.headcount if size else None
    return _proposal(own, new.organisation, new.category, new.first_day, headcount)


def _proposal(
    own: Cluster,
    organisation: Organisation,
    category: MembershipCategory,
    day: date,
    headcount: int | None,
) -> Proposed:
    known = newest_headcounts(own.pk, [organisation.pk], day) if organisation.pk else {}
    before = earlier_members(own.pk, [organisation.pk], day) if organisation.pk else set()
    asked = Asked(
        category=category.pk,
        organisation=organisation,
        day=day,
        headcount=known.get(organisation.pk) if headcount is None else headcount,
        is_first_year=organisation.pk not in before,
    )
    return propose(rules_on(own.pk, day), term_of_cluster(own.pk), asked)


def _proposals(
    own: Cluster,
    chosen: Found,
    categories: Iterable[MembershipCategory],
    form: JoiningForm,
) -> list[tuple[MembershipCategory, Proposed]]:
    """What each category would cost this organisation, with what was typed so far."""
    asked: dict[str, Any] = form.cleaned_data if form.is_bound else {}
    day = asked.get("first_day") or timezone.localdate()
    organisation = Organisation(pk=chosen.organisation, name=chosen.name, kind=chosen.kind)
    return [
        (category, _proposal(own, organisation, category, day, asked.get("headcount")))
        for category in categories
    ]


def _member_already(own: Cluster, chosen: Found) -> Membership | None:
    """Its membership that stands or begins later, to be told before anything is typed."""
    if chosen.organisation is None:
        return None
    today = timezone.localdate()
    rows = Membership.objects.filter(cluster=own, organisation=chosen.organisation)
    standing = rows.exclude(period__endswith__lte=today)
    return standing.order_by("period").first()
