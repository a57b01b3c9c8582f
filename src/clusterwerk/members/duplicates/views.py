"""Contacts that may be one person, two of them side by side, and merges that can be taken back."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.duplicates.access import may_judge, may_merge_own
from clusterwerk.directory.duplicates.holding import seen_of
from clusterwerk.directory.duplicates.pages import (
    SHOWN,
    hindrance,
    look_again,
    take_back,
    what_moves,
)
from clusterwerk.directory.duplicates.searching import call_distinct
from clusterwerk.directory.duplicates.tabs import tabs
from clusterwerk.directory.models import Merge
from clusterwerk.members.duplicates import showing
from clusterwerk.members.duplicates.finding import SUBJECT, pairs
from clusterwerk.members.duplicates.jobs import find_same_people
from clusterwerk.members.duplicates.merging import (
    COMPARED,
    FACTS,
    merge_contacts,
    required,
    separate_contacts,
    survivor_of,
)
from clusterwerk.members.models import Consent, Contact, Position
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
def contact_duplicates(request: HttpRequest, cluster: str) -> HttpResponse:
    """Pairs that were found, and the last merges; POST looks for pairs anew."""
    own, seats = own_cluster(request, cluster), seats_of(request)
    decision = may_judge(seats, own.pk)
    if request.method == "POST":
        decision.require()
        reason = "members:contact_duplicates"
        return look_again(request, find_same_people, reason=reason, cluster=own.pk)
    context = {
        "cluster": own,
        "tabs": tabs(own.key, "contacts"),
        "pairs": pairs(own),
        "merges": showing.merges(own),
        "may_judge": decision,
        "may_undo": may_merge_own(seats, own.pk),
        "most": SHOWN,
        "mark": "members/_duplicate_mark.html",
    }
    return render(request, "members/contact_duplicates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contact_compare(request: HttpRequest, cluster: str, contact: int, other: int) -> HttpResponse:
    """Both side by side; POST merges them, or says that they are not the same person."""
    own, seats = own_cluster(request, cluster), seats_of(request)
    may_judge(seats, own.pk).require()
    losing, keeping = _contact(own, contact), _contact(own, other)
    if losing is None or keeping is None:
        return _gone(request, own, contact, other)
    refusal = ""
    if request.method == "POST":
        try:
            return _decided(request, own, losing, keeping)
        except DomainError as error:
            refusal = str(error)
            losing, keeping = _contact(own, contact), _contact(own, other)
            if losing is None or keeping is None:
                return _gone(request, own, contact, other)
    context = {**_compared(request, own, losing, keeping), "refusal": refusal}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "members/contact_compare.html", context, status=status)


@require_POST
def contact_separate(request: HttpRequest, cluster: str, merge: int) -> HttpResponse:
    own = own_cluster(request, cluster)
    made = get_object_or_404(Merge, pk=merge, cluster_id=own.pk, subject=SUBJECT)
    take_back(request, separate_contacts, made)
    return redirect("members:contact_duplicates", own.key)


def _contact(cluster: Cluster, pk: int) -> Contact | None:
    return Contact.objects.filter(cluster=cluster, pk=pk).first()


def _gone(request: HttpRequest, cluster: Cluster, one: int, other: int) -> HttpResponse:
    """Who opens a pair that somebody merged is led to the contact that stayed."""
    for gone in (one, other):
        kept = survivor_of(cluster.pk, gone)
        if kept:
            messages.info(request, _("These two were merged already."))
            return redirect("members:contact_detail", cluster.key, kept)
    raise Http404(_("This contact does not exist for you."))


def _decided(
    request: HttpRequest, cluster: Cluster, losing: Contact, keeping: Contact
) -> HttpResponse:
    seats = seats_of(request)
    if request.POST.get("answer") == "different":
        call_distinct(
            seats=seats, cluster=cluster.pk, one=losing.pk, other=keeping.pk, subject=SUBJECT
        )
        messages.success(request, _("Remembered: these two are not the same person."))
        return redirect("members:contact_duplicates", cluster.key)
    name = str(losing)
    chosen = {fact: request.POST.get(fact, "") for fact in FACTS}
    merge_contacts(
        seats=seats,
        losing=losing,
        keeping=keeping,
        chosen=chosen,
        seen=request.POST.get("seen", ""),
    )
    told = _("%(losing)s is now part of %(keeping)s. It can be taken back below.")
    keeping.refresh_from_db()
    messages.success(request, told % {"losing": name, "keeping": keeping})
    return redirect("members:contact_duplicates", cluster.key)


def _compared(
    request: HttpRequest, cluster: Cluster, losing: Contact, keeping: Contact
) -> dict[str, Any]:
    places_losing, places_keeping = showing.places(losing, keeping)
    return {
        "cluster": cluster,
        "losing": losing,
        "keeping": keeping,
        "seen": seen_of((losing, keeping), COMPARED),
        "facts": showing.facts(losing, keeping),
        "places_losing": places_losing,
        "places_keeping": places_keeping,
        "said": showing.said(losing, keeping),
        "moving": what_moves(losing, besides=(Position, Consent)),
        "decision": may_merge_own(seats_of(request), cluster.pk),
        "hindrance": hindrance(required, losing, keeping),
        "back": reverse("members:contact_duplicates", args=[cluster.key]),
        "other_way": reverse("members:contact_compare", args=[cluster.key, keeping.pk, losing.pk]),
    }
