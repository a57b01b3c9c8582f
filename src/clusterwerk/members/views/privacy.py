"""Persons' rights: erasing a contact, taking out what is known, and periods of keeping."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import jobs
from clusterwerk.members.forms.privacy import EraseContactForm, RetentionForm
from clusterwerk.members.models import Contact, RetentionRule, RetentionRun, Suppression
from clusterwerk.members.privacy.erasing import erase_contact, may_erase_people
from clusterwerk.members.privacy.naming import texts_about
from clusterwerk.members.privacy.retaining import (
    KINDS,
    Batch,
    carry_out,
    cut_of,
    number_of,
    proposals,
    rules_of,
    set_rule,
)
from clusterwerk.members.views.about import locked
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.session import because
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.jobs import ask
from clusterwerk.platform.kinds import kinds
from clusterwerk.platform.ui.templatetags.ui import count

SHOWN = 50  # runs shown on a page
SAMPLE = 20  # rows that would go
READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_SEND)
def contact_erase(request: HttpRequest, cluster: str, contact: int) -> HttpResponse:
    """Opening rehearses and shows what would go; the button does it."""
    own = own_cluster(request, cluster)
    seats, today = seats_of(request), timezone.localdate()
    may_erase_people(seats, own.pk).require()
    person = locked(Contact.objects.filter(cluster=own), request, contact)
    form = EraseContactForm(request.POST or None)
    emptied = set(request.POST.getlist("emptied"))
    texts = [text for text in texts_about(person) if text.stands]
    if request.method != "POST":
        emptied = {text.key for text in texts if text.names}
    facts = {"seats": seats, "contact": person, "on": today, "emptied": emptied}
    if request.method == "POST" and form.is_valid() and _erased(request, form, facts):
        return redirect("members:contact_list", own.key)
    context = {
        "cluster": own,
        "contact": person,
        "form": form,
        "texts": texts,
        "emptied": emptied,
        "names": {kind.model._meta.db_table: kind.name for kind in kinds()},
        **_rehearsed(facts),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "members/contact_erase.html", context, status=status)


def _erased(request: HttpRequest, form: EraseContactForm, facts: dict[str, Any]) -> bool:
    """Whether the person is gone; the form says why not."""
    because(seats_of(request).actor, "erasure of a contact")
    try:
        erase_contact(**facts, reason=form.cleaned_data["reason"])
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    messages.success(request, _("The person was erased, here and in the past."))
    return True


def _rehearsed(facts: dict[str, Any]) -> dict[str, Any]:
    """What would go, or why nothing can."""
    try:
        found = erase_contact(**facts, reason="rehearsal", rehearse=True)
    except DomainError as error:
        return {"rehearsed": None, "refusal": str(error)}
    return {"rehearsed": found, "refusal": ""}


@require_POST
def contact_data(request: HttpRequest, cluster: str, contact: int) -> HttpResponse:
    """Ask for everything the cluster holds of the person, as a file."""
    own = own_cluster(request, cluster)
    seats = seats_of(request)
    may_erase_people(seats, own.pk).require()
    person = get_object_or_404(Contact, cluster=own, pk=contact)
    assert seats.actor is not None, "signed in"
    run = ask(
        jobs.export_person,
        actor=seats.actor,
        reason="data on a person",
        cluster=own.pk,
        contact=person.pk,
    )
    return redirect("jobs:job_detail", run.pk)


@require_GET
def own_privacy(request: HttpRequest) -> HttpResponse:
    return redirect("members:privacy", cluster=own_cluster(request, "").key)


@require_http_methods(READ_OR_SEND)
def privacy(request: HttpRequest, cluster: str) -> HttpResponse:
    """Periods of keeping, with a preview of what would go under one of them."""
    own = own_cluster(request, cluster)
    today = timezone.localdate()
    may_erase_people(seats_of(request), own.pk).require()
    asked = request.POST if request.method == "POST" else request.GET
    form = RetentionForm(asked if "kind" in asked else None)
    if request.method == "POST" and form.is_valid():
        _apply(request, own, form.cleaned_data)
        return redirect("members:privacy", own.key)
    context = {
        "cluster": own,
        "form": form,
        "rules": [
            (rule, KINDS[rule.kind], proposals()[rule.kind], number_of(rule, today))
            for rule in _as_typed(rules_of(own.pk), form)
        ],
        "runs": [
            (run, KINDS[run.kind].name if run.kind in KINDS else run.kind)
            for run in RetentionRun.objects.filter(cluster=own, taken__gt=0)[:SHOWN]
        ],
        "suppressed": Suppression.objects.filter(cluster=own).count(),
    }
    if form.is_valid():
        context["preview"] = _preview(own, form.cleaned_data)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "members/privacy.html", context, status=status)


def _apply(request: HttpRequest, own: Cluster, typed: dict[str, Any]) -> None:
    """Let go once, or put the period in force, by the button that was pressed."""
    seats, today = seats_of(request), timezone.localdate()
    if "now" in request.POST:
        facts = {"kind": typed["kind"], "months": typed["months"], "today": today}
        _say_gone(request, carry_out(seats=seats, cluster=own.pk, **facts))
    else:
        rule = set_rule(seats=seats, cluster=own, **typed)
        _say_kept(request, rule, number_of(rule, today))


def _preview(own: Cluster, typed: dict[str, Any]) -> dict[str, Any]:
    kind, months = KINDS[typed["kind"]], typed["months"]
    before = cut_of(months, timezone.localdate())
    rows = kind.rows(own.pk, before).order_by("pk")
    return {
        "kind": kind,
        "months": months,
        "before": before,
        "number": rows.count(),
        "rows": [(row, kind.day_of(row)) for row in rows[:SAMPLE]],
    }


def _as_typed(rules: list[RetentionRule], form: RetentionForm) -> list[RetentionRule]:
    """With the months that a preview was asked for, so that nothing typed is lost."""
    if form.is_valid():
        for rule in rules:
            if rule.kind == form.cleaned_data["kind"]:
                rule.months = form.cleaned_data["months"]
    return rules


def _say_gone(request: HttpRequest, batch: Batch) -> None:
    taken = batch.run.taken
    message = ngettext("%(taken)s row went.", "%(taken)s rows went.", taken)
    messages.success(request, message % {"taken": count(taken)})
    if batch.last is not None:
        more = _("There is more. Look again, or put the period in force: the rest goes at night.")
        messages.info(request, more)


def _say_kept(request: HttpRequest, rule: RetentionRule, number: int) -> None:
    messages.success(request, _("The period of keeping was saved."))
    if rule.is_on and number:
        message = ngettext(
            "%(number)s row is older and goes tonight.",
            "%(number)s rows are older and begin to go tonight.",
            number,
        )
        messages.warning(request, message % {"number": count(number)})
