"""Target groups of a cluster: described, counted over the register, and who is not reached."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.identifiers import shown
from clusterwerk.directory.models import RegisteredEnterprise
from clusterwerk.directory.queries import sector_names
from clusterwerk.directory.queries.register import edition_in_use
from clusterwerk.members import access, jobs
from clusterwerk.members.actions import target_groups as actions
from clusterwerk.members.forms.target_groups import TargetGroupForm, written
from clusterwerk.members.models import TargetGroup
from clusterwerk.members.queries import target_groups as queries
from clusterwerk.members.queries.prospects import prospect_numbers
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.replica import download
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.jobs import ask
from clusterwerk.platform.ui.export import (
    KINDS,
    About,
    Column,
    FileKind,
    Format,
    Table,
    table_response,
)

MOST_IN_FILE = 50_000
WHO = {
    queries.PROSPECTS: gettext_lazy("Prospects only"),
    queries.OTHERS: gettext_lazy("Without prospects"),
}
COLUMNS: tuple[Column[RegisteredEnterprise], ...] = (
    Column(gettext_lazy("Enterprise number"), lambda row: shown(row.number), width=18),
    Column(gettext_lazy("Name"), lambda row: row.name, width=40),
    Column(gettext_lazy("Postcode"), lambda row: row.postcode, width=10),
    Column(gettext_lazy("Municipality"), lambda row: row.municipality, width=24),
    Column(gettext_lazy("Started on"), lambda row: row.started_on, Format.DAY),
    Column(gettext_lazy("Activities of 2025"), lambda row: ", ".join(row.nace_2025), width=24),
    Column(gettext_lazy("Activities of 2008"), lambda row: ", ".join(row.nace_2008), width=24),
    Column(gettext_lazy("Website"), lambda row: row.website, width=30),
)


def own_target_groups(request: HttpRequest) -> HttpResponse:
    """The target groups of the cluster that the person works in."""
    return redirect("members:target_group_list", cluster=own_cluster(request, "").key)


def target_group_list(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    groups = [
        (group, next(iter(queries.counts_of(group)), None))
        for group in queries.target_groups_of(own.pk)
    ]
    context = {"cluster": own, "groups": groups, "edition": edition_in_use(), **_may(request, own)}
    return render(request, "members/target_group_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def target_group_add(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    access.may_keep_members(seats_of(request), own.pk).require()
    form = TargetGroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            group = actions.add_target_group(
                seats=seats_of(request), cluster=own, facts=form.facts()
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return _counting(request, own, group)
    return _form_page(request, own, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def target_group_change(request: HttpRequest, cluster: str, target_group: int) -> HttpResponse:
    own, group = _group(request, cluster, target_group)
    access.may_keep_members(seats_of(request), own.pk).require()
    form = TargetGroupForm(request.POST or None, initial=written(group))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_target_group(seats=seats_of(request), group=group, facts=form.facts())
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return _counting(request, own, group)
    return _form_page(request, own, form, group)


@require_POST
def target_group_count(request: HttpRequest, cluster: str, target_group: int) -> HttpResponse:
    own, group = _group(request, cluster, target_group)
    access.may_keep_members(seats_of(request), own.pk).require()
    return _counting(request, own, group)


@require_POST
def target_group_remove(request: HttpRequest, cluster: str, target_group: int) -> HttpResponse:
    own, group = _group(request, cluster, target_group)
    actions.remove_target_group(seats=seats_of(request), group=group)
    messages.success(request, _("The target group is gone."))
    return redirect("members:target_group_list", own.key)


def target_group_detail(request: HttpRequest, cluster: str, target_group: int) -> HttpResponse:
    own, group = _group(request, cluster, target_group)
    counts = queries.counts_of(group)
    context = {
        "cluster": own,
        "group": group,
        "counts": counts,
        "newest": queries.figures_of(counts[0]) if counts else None,
        "names": sector_names(_pair(each) for each in group.sectors).values(),
        "places": queries.municipality_names(group),
        "without_number": queries.own_members(own.pk, timezone.localdate()).without_number,
        "edition": edition_in_use(),
        **_may(request, own),
    }
    return render(request, "members/target_group_detail.html", context)


def target_group_missing(request: HttpRequest, cluster: str, target_group: int) -> HttpResponse:
    """The enterprises that are not reached, page by page or as a file."""
    own, group = _group(request, cluster, target_group)
    find, today = _asked_words(request), timezone.localdate()
    kind = KINDS.get(request.GET.get("file", ""))
    if kind:
        return _missing_table(request, own, group, kind)
    who, after = request.GET.get("who", ""), _key(request.GET.get("after", ""))
    page = queries.not_reached(group, today, find=find, who=who, after=after)
    noted = prospect_numbers(own.pk)
    context = {
        "cluster": own,
        "group": group,
        "find": find,
        "page": page,
        "who": who if who in WHO else "",
        "whose": WHO.items(),
        "rows": [
            (row, shown(row.number), noted.get(row.number), queries.matched_name(row, group, find))
            for row in page.rows
        ],
        "next_key": f"{page.next[1]}~{page.next[0]}" if page.next else "",
        **_may(request, own),
    }
    return render(request, "members/target_group_missing.html", context)


@download
def _missing_table(
    request: HttpRequest, cluster: Cluster, group: TargetGroup, kind: FileKind
) -> HttpResponse:
    find, day = _asked_words(request), timezone.localdate()
    who = request.GET.get("who", "")
    rows = list(queries.missing(group, day, find=find, who=who)[: MOST_IN_FILE + 1])
    noted = prospect_numbers(cluster.pk)
    columns = (
        *COLUMNS,
        Column[RegisteredEnterprise](
            gettext_lazy("Matched name"),
            lambda row: queries.matched_name(row, group, find),
            width=40,
        ),
        Column[RegisteredEnterprise](gettext_lazy("Prospect"), lambda row: row.number in noted),
    )
    lines = (
        (gettext_lazy("Target group"), group.name),
        (gettext_lazy("Members on"), day),
        (gettext_lazy("Source"), gettext_lazy("Enterprise register, without your members.")),
        (gettext_lazy("Complete"), len(rows) <= MOST_IN_FILE),
    )
    about = About(gettext_lazy("Not reached"), lines)
    table = Table(f"{cluster.key}-not-reached", columns, rows[:MOST_IN_FILE], about)
    return table_response(table, kind, day)


def _asked_words(request: HttpRequest) -> str:
    return request.GET.get("find", "").replace("\0", "")[:200]


def _group(request: HttpRequest, cluster: str, target_group: int) -> tuple[Cluster, TargetGroup]:
    own = own_cluster(request, cluster)
    groups = TargetGroup.objects.filter(cluster_id=own.pk)
    return own, get_object_or_404(groups, pk=target_group)


def _counting(request: HttpRequest, own: Cluster, group: TargetGroup) -> HttpResponse:
    """To the job that counts; without a register the group is kept and nothing is asked for."""
    actor = seats_of(request).actor
    assert actor is not None, "signed in"
    if edition_in_use() is None:
        return redirect("members:target_group_detail", own.key, group.pk)
    reason = "members:target_group_count"
    run = ask(
        jobs.count_target_group, actor=actor, reason=reason, cluster=own.pk, target_group=group.pk
    )
    return redirect("jobs:job_detail", run.pk)


def _form_page(
    request: HttpRequest, own: Cluster, form: TargetGroupForm, group: TargetGroup | None
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"cluster": own, "form": form, "group": group}
    return render(request, "members/target_group_form.html", context, status=status)


def _may(request: HttpRequest, own: Cluster) -> dict[str, Any]:
    return {"may_keep": bool(access.may_keep_members(seats_of(request), own.pk))}


def _pair(entry: str) -> tuple[str, str]:
    nomenclature, code = entry.split(":", 1)
    return nomenclature, code


def _key(text: str) -> tuple[str, str] | None:
    """The key of a page; refused when this list did not write it."""
    if not text:
        return None
    number, found, name = text.partition("~")
    if not found or not number.isdigit():
        raise BadRequest(_("This page of the list does not exist. Begin at its first."))
    return name, number
