"""What a representative of a member tells its clusters; everything comes back to the desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from clusterwerk.directory.models import Organisation
from clusterwerk.members import access, actions
from clusterwerk.members.forms.telling import (
    PROFILE_FACTS,
    ClosingForm,
    OfferForm,
    OwnSizeForm,
    ProfileForm,
    Told,
)
from clusterwerk.members.models import MemberProfile, NeedOrOffer, OfferKind, SizeStatement
from clusterwerk.members.queries.promises import clusters_ever, clusters_now, held_memberships
from clusterwerk.members.views.about import GoneError, new_once, saved, say_saved, tells_gone
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.ui.templatetags.ui import euro

READ_OR_SEND = ["GET", "HEAD", "POST"]
YEAR_DIGITS = 4
LONGEST_NUMBER = 18


@dataclass(frozen=True, slots=True)
class Speaking:
    """For which organisation somebody speaks, and its clusters by name, today's and all."""

    organisation: Organisation
    now: Mapping[int, str]
    ever: Mapping[int, str]

    def back(self, part: str) -> str:
        return f"{reverse('desk:home')}?organisation={self.organisation.pk}#{part}"


def speaking_for(request: HttpRequest, organisation: int) -> Speaking:
    """404 for an organisation that the person does not represent, whether or not it exists."""
    if not access.may_speak_for(seats_of(request), organisation):
        raise Http404(_("You do not represent an organisation of this number."))
    own = get_object_or_404(Organisation, pk=organisation)
    held = held_memberships([own.pk], timezone.localdate())
    return Speaking(own, clusters_now(held), clusters_ever(held))


@require_http_methods(READ_OR_SEND)
def own_profile(request: HttpRequest, organisation: int) -> HttpResponse:
    """The profile for one or several clusters; `cluster` says whose text the form begins with."""
    own = speaking_for(request, organisation)
    rows = MemberProfile.objects.filter(organisation=own.organisation, cluster_id__in=own.now)
    told = {row.cluster_id: row for row in _held(rows.order_by("-pk"), request)}
    shown = told.get(_number(request.GET.get("cluster", ""))) or next(iter(told.values()), None)
    form = ProfileForm(request.POST or None, profile=shown, told=_told_profiles(own, told, shown))
    if request.method == "POST" and saved(form, lambda: _tell_profile(request, own, form)):
        say_saved(request, form, _("Your profile is told."))
        return redirect(own.back("h-profile"))
    return _page(request, own, form, title=_("Profile"), row=shown)


def _told_profiles(
    own: Speaking, told: Mapping[int, MemberProfile], shown: MemberProfile | None
) -> Told:
    """Ticked at first are those that read the shown text, and those that were told nothing."""
    reads = {pk: "; ".join(filter(None, _texts(row))) for pk, row in told.items()}
    ticked = [
        pk for pk in own.now if pk not in told or (shown and _texts(told[pk]) == _texts(shown))
    ]
    return Told(own.now, reads, shown.cluster_id if shown else None, ticked)


def _texts(row: MemberProfile) -> list[str]:
    return [getattr(row, name) for name in PROFILE_FACTS]


def _tell_profile(request: HttpRequest, own: Speaking, form: ProfileForm) -> None:
    actions.tell_profile(
        seats=seats_of(request),
        organisation=own.organisation,
        facts=form.facts(),
        clusters=form.cleaned_data["clusters"],
        on=timezone.localdate(),
    )


@require_POST
def own_profile_withdraw(request: HttpRequest, organisation: int) -> HttpResponse:
    """One cluster reads the profile no more."""
    own = speaking_for(request, organisation)
    cluster = _number(request.POST.get("cluster", ""))
    gone = actions.withdraw_profile(
        seats=seats_of(request), organisation=own.organisation, cluster=cluster
    )
    if gone:
        name = own.ever.get(cluster, _("a cluster"))
        messages.success(request, _("%(name)s reads your profile no more.") % {"name": name})
    return redirect(own.back("h-profile"))


@require_http_methods(READ_OR_SEND)
def own_size(request: HttpRequest, organisation: int) -> HttpResponse:
    """Headcount, turnover and balance total of a year, for one or several clusters."""
    own = speaking_for(request, organisation)
    asked = request.POST.get("size_year", "") or request.GET.get("year", "")
    is_year = asked.isdecimal() and len(asked) == YEAR_DIGITS
    year = int(asked) if is_year else timezone.localdate().year - 1
    rows = SizeStatement.objects.filter(organisation=own.organisation, cluster_id__in=own.now)
    told = {row.cluster_id: row for row in _held(rows.filter(year=year).order_by("pk"), request)}
    shown = next(iter(told.values()), None)
    reads = {pk: _size_in_words(row) for pk, row in told.items()}
    form = OwnSizeForm(
        request.POST or None,
        year=year,
        statement=shown,
        told=Told(own.now, reads, shown.cluster_id if shown else None, list(own.now)),
    )
    if request.method == "POST" and saved(form, lambda: _tell_size(request, own, form)):
        say_saved(request, form, _("Your size is told."))
        return redirect(own.back("h-size"))
    return _page(request, own, form, title=_("Size"), row=shown)


def _size_in_words(row: SizeStatement) -> str:
    headcount = "\N{EN DASH}" if row.headcount is None else str(row.headcount)
    figures = [
        headcount,
        euro(row.turnover) or "\N{EN DASH}",
        euro(row.balance_total) or "\N{EN DASH}",
    ]
    return "; ".join(figures)


def _tell_size(request: HttpRequest, own: Speaking, form: OwnSizeForm) -> None:
    size = form.size(own.organisation)
    if size is None:
        raise DomainError(_("Nothing is filled in yet."))
    actions.tell_size(
        seats=seats_of(request),
        size=size,
        clusters=form.cleaned_data["clusters"],
        on=timezone.localdate(),
    )


@require_http_methods(READ_OR_SEND)
def own_offer_add(request: HttpRequest, organisation: int) -> HttpResponse:
    own = speaking_for(request, organisation)
    kind = request.GET.get("kind", "")
    initial = {"kind": kind if kind in OfferKind.values else OfferKind.NEED}
    form = OfferForm(request.POST or None, clusters=own.now, initial=initial)
    if request.method == "POST" and saved(form, lambda: _tell_offer(request, own, form)):
        number = len(form.cleaned_data["clusters"])
        told = ngettext(
            "It is told to %(number)s cluster.", "It is told to %(number)s clusters.", number
        )
        messages.success(request, told % {"number": number})
        return redirect(own.back("h-offers"))
    return _page(request, own, form, title=_("Tell a need or an offer"))


def _tell_offer(request: HttpRequest, own: Speaking, form: OfferForm) -> None:
    actions.tell_offer(
        seats=seats_of(request),
        organisation=own.organisation,
        facts=form.facts(),
        clusters=form.cleaned_data["clusters"],
        on=timezone.localdate(),
    )


@require_http_methods(READ_OR_SEND)
@tells_gone
def own_offer_change(request: HttpRequest, organisation: int, entry: UUID) -> HttpResponse:
    own = speaking_for(request, organisation)
    rows = _entry(request, own, entry)
    present = [row for row in rows if row.cluster_id in own.now]
    shown = (present or rows)[0]
    told = [row.cluster_id for row in present]
    form = OfferForm(request.POST or None, clusters=own.now, offer=shown, told=told)
    if request.method == "POST" and saved(form, lambda: _change_offer(request, own, entry, form)):
        say_saved(request, form, _("What you changed is told."))
        return redirect(own.back("h-offers"))
    more = {
        "offer": shown,
        "is_open": bool(present) and shown.is_open_on(timezone.localdate()),
        "is_former": not present,
        "former": [
            own.ever.get(row.cluster_id, "\N{EN DASH}") for row in rows if row not in present
        ],
        "closing": ClosingForm(),
    }
    return _page(request, own, form, title=shown.get_kind_display().capitalize(), row=shown, **more)


def _entry(request: HttpRequest, own: Speaking, entry: UUID) -> list[NeedOrOffer]:
    rows = NeedOrOffer.objects.filter(organisation=own.organisation, entry=entry)
    found = _held(rows.order_by("cluster_id"), request)
    if not found:
        raise GoneError if request.method == "POST" else Http404
    return found


def _change_offer(request: HttpRequest, own: Speaking, entry: UUID, form: OfferForm) -> None:
    actions.change_offer(
        seats=seats_of(request),
        organisation=own.organisation,
        entry=entry,
        facts=form.facts(),
        clusters=form.cleaned_data["clusters"],
        on=timezone.localdate(),
    )


@require_POST
def own_offer_close(request: HttpRequest, organisation: int, entry: UUID) -> HttpResponse:
    """Closed, with what became of it; with `reopen` open again."""
    own = speaking_for(request, organisation)
    facts: dict[str, Any] = {
        "seats": seats_of(request),
        "organisation": own.organisation,
        "entry": entry,
        "on": timezone.localdate(),
    }
    form = ClosingForm(request.POST)
    try:
        if "reopen" in request.POST:
            actions.reopen_offer(**facts)
            messages.success(request, _("It is open again."))
        elif form.is_valid():
            actions.close_offer(**facts, outcome=form.cleaned_data["outcome"])
            messages.success(request, _("It is closed."))
        else:
            messages.error(request, _("Choose what became of it from the list."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(own.back("h-offers"))


@require_POST
def own_offer_withdraw(request: HttpRequest, organisation: int, entry: UUID) -> HttpResponse:
    own = speaking_for(request, organisation)
    gone = actions.withdraw_offer(
        seats=seats_of(request), organisation=own.organisation, entry=entry
    )
    if gone:
        messages.success(request, _("It is withdrawn: no cluster reads it any more."))
    return redirect(own.back("h-offers"))


def _held(rows: Any, request: HttpRequest) -> list[Any]:  # noqa: ANN401 - rows of any model
    """Held until the answer when they are to be changed, so that what is compared stays."""
    return list(rows.select_for_update(of=("self",)) if request.method == "POST" else rows)


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 0


def _page(
    request: HttpRequest,
    own: Speaking,
    form: forms.Form,
    *,
    title: str,
    row: Model | None = None,
    **more: Any,
) -> HttpResponse:
    """The page named as the view; what does not fit comes back with everything that was typed."""
    assert request.resolver_match
    context = {
        "own": own,
        "organisation": own.organisation,
        "form": form,
        "title": title,
        "row": row,
        "once": "" if row else request.POST.get("once") or new_once(),
        **more,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    name = f"members/{request.resolver_match.url_name}.html"
    return render(request, name, context, status=status)
