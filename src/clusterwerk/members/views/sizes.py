"""How large members are, who owns them, and whose size is old."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access, actions
from clusterwerk.members.forms.sizes import RelatedChangeForm, RelatedForm, StatementForm
from clusterwerk.members.models import Membership, RelatedEnterprise, SizeStatement
from clusterwerk.members.queries.sizes import (
    OLD_AFTER_YEARS,
    old_sizes,
    related_of,
    size_of_member,
)
from clusterwerk.members.views.about import locked, saved, say_saved, tells_gone
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.members.views.keeping import form_page, kept_membership
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError


def _kept(request: HttpRequest, cluster: str, membership: int) -> tuple[Cluster, Membership]:
    own = own_cluster(request, cluster)
    kept = kept_membership(own, membership)
    access.may_state_size(seats_of(request), own.pk, kept.organisation_id).require()
    return own, kept


@require_http_methods(["GET", "HEAD", "POST"])
def size_state(request: HttpRequest, cluster: str, membership: int) -> HttpResponse:
    own, kept = _kept(request, cluster, membership)
    form = _statement_form(request, own, kept)
    if request.method == "POST" and form.is_valid():
        size = form.size(kept.organisation)
        if size is None:
            form.add_error(None, _("Nothing is filled in yet."))
        else:
            actions.state_size(seats=seats_of(request), cluster_id=own.pk, size=size)
            say_saved(request, form, _("The size is written down."))
            return redirect("members:size_state", own.key, kept.pk)
    return _page(request, own, kept, form=form)


def _statement_form(request: HttpRequest, own: Cluster, kept: Membership) -> StatementForm:
    """With what is stated of the year that is asked for; last year at first."""
    asked = request.POST.get("size_year", "") if request.method == "POST" else ""
    is_year = asked.isdecimal() and len(asked) == len("2020")
    year = int(asked) if is_year else timezone.localdate().year - 1
    rows = SizeStatement.objects.filter(cluster_id=own.pk, organisation=kept.organisation_id)
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    data = request.POST if request.method == "POST" and "stream" not in request.POST else None
    return StatementForm(data, year=year, statement=rows.filter(year=year).first())


@require_POST
def related_add(request: HttpRequest, cluster: str, membership: int) -> HttpResponse:
    own, kept = _kept(request, cluster, membership)
    form = RelatedForm(request.POST)
    if form.is_valid():
        try:
            actions.add_related(
                seats=seats_of(request),
                cluster_id=own.pk,
                organisation=kept.organisation,
                facts=form.facts(),
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The enterprise is written down."))
            return redirect("members:size_state", own.key, kept.pk)
    return _page(request, own, kept, related_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@tells_gone
def related_change(
    request: HttpRequest, cluster: str, membership: int, related: int
) -> HttpResponse:
    own, kept = _kept(request, cluster, membership)
    rows = RelatedEnterprise.objects.filter(cluster=own, organisation=kept.organisation_id)
    found = locked(rows, request, related)
    form = RelatedChangeForm(request.POST or None, related=found)
    if request.method == "POST" and saved(
        form,
        lambda: actions.change_related(seats=seats_of(request), related=found, facts=form.facts()),
    ):
        say_saved(request, form, _("The enterprise is written down."))
        return redirect("members:size_state", own.key, kept.pk)
    context = {"cluster": own, "member": kept, "form": form, "related": found}
    return form_page(request, "members/related_change.html", context, form)


@require_POST
def related_drop(request: HttpRequest, cluster: str, membership: int, related: int) -> HttpResponse:
    """A second click finds it gone, which is what was asked."""
    own, kept = _kept(request, cluster, membership)
    rows = related_of(own.pk, kept.organisation_id)
    found = next((each for each in rows if each.pk == related), None)
    if found:
        actions.drop_related(seats=seats_of(request), related=found)
        messages.success(request, _("%(name)s is taken off.") % {"name": found.name})
    return redirect("members:size_state", own.key, kept.pk)


def size_reminders(request: HttpRequest, cluster: str) -> HttpResponse:
    """Members to ask again how large they are."""
    own = own_cluster(request, cluster)
    context = {
        "cluster": own,
        "rows": old_sizes(own.pk, timezone.localdate()),
        "years": OLD_AFTER_YEARS,
    }
    return render(request, "members/size_reminders.html", context)


def _page(
    request: HttpRequest,
    own: Cluster,
    kept: Membership,
    *,
    form: StatementForm | None = None,
    related_form: RelatedForm | None = None,
) -> HttpResponse:
    last_year = timezone.localdate().year - 1
    shown = form or _statement_form(request, own, kept)
    other = related_form or RelatedForm(initial={"year": last_year})
    rows = SizeStatement.objects.filter(cluster_id=own.pk, organisation=kept.organisation_id)
    related = related_of(own.pk, kept.organisation_id)
    context: dict[str, Any] = {
        "cluster": own,
        "member": kept,
        "form": shown,
        "related_form": other,
        "size": size_of_member(rows, related),
        "related": related,
        "statement": rows.filter(year=shown.present["size_year"]).first(),
    }
    return form_page(request, "members/size_state.html", context, shown, other)
