"""Contacts that may be one person, two of them side by side, and merges that can be taken back."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.duplicates.access import may_judge, may_merge_own
from clusterwerk.directory.duplicates.holding import seen_of
from clusterwerk.directory.duplicates.searching import call_distinct
from clusterwerk.directory.models import Merge
from clusterwerk.members.duplicates import showing
from clusterwerk.members.duplicates.finding import SHOWN, SUBJECT, pairs
from clusterwerk.members.duplicates.jobs import find_same_people
from clusterwerk.members.duplicates.merging import (
    COMPARED,
    FACTS,
    merge_contacts,
    required,
    separate_contacts,
    survivor_of,
)
from clusterwerk.members.models import Contact
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.jobs import ask


@require_http_methods(["GET", "HEAD", "POST"])
def contact_duplicates(request: HttpRequest, cluster: str) -> HttpResponse:
    """Pairs that were found, and the last merges; POST looks for pairs anew."""
    own, seats = own_cluster(request, cluster), seats_of(request)
    decision = may_judge(seats, own.pk)
    if request.method == "POST":
        decision.require()
        reason = "members:contact_duplicates"
        run = ask(find_same_people, actor=seats.actor or 0, reason=reason, cluster=own.pk)
        return redirect("jobs:job_detail", run.pk)
    context = {
        "cluster": own,
        "pairs": pairs(own.pk),
        "merges": showing.merges(own.pk),
        "may_judge": decision,
        "may_undo": may_merge_own(seats, own.pk),
        "most": SHOWN,
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
    try:
        left = separate_contacts(seats=seats_of(request), merge=made)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _told(len(left)))
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
        "moving": showing.what_moves(losing),
        "decision": may_merge_own(seats_of(request), cluster.pk),
        "hindrance": _hindrance(losing, keeping),
        "back": reverse("members:contact_duplicates", args=[cluster.key]),
    }


def _hindrance(losing: Contact, keeping: Contact) -> str:
    try:
        required(losing, keeping)
    except DomainError as error:
        return str(error)
    return ""


def _told(left: int) -> str:
    if not left:
        return _("The merge was taken back; everything stands as before.")
    words = ngettext(
        "The merge was taken back; %(number)s row changed since and stays as it stands.",
        "The merge was taken back; %(number)s rows changed since and stay as they stand.",
        left,
    )
    return words % {"number": left}
