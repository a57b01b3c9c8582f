"""A cluster's list of members, and the file of one of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.clusters.choosing import chosen_cluster
from clusterwerk.clusters.models import Cluster
from clusterwerk.clusters.queries import clusters_of
from clusterwerk.directory.queries import enterprise_numbers
from clusterwerk.members import access
from clusterwerk.members.exports import member_table
from clusterwerk.members.forms.listing import MemberFilter, page_key, written
from clusterwerk.members.queries import (
    Selection,
    categories_of,
    every_member,
    member_file,
    member_page,
    member_totals,
)
from clusterwerk.members.wording import SHORT_SIZE_NAMES
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.access.replica import download
from clusterwerk.platform.ui.export import KINDS, FileKind, table_response
from clusterwerk.programme.queries import Term, term_of_cluster

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks of a cluster's list."""

    cluster: Cluster
    term: Term | None
    day: date
    selection: Selection

    @property
    def working_year(self) -> int | None:
        return self.term.working_year(self.day) if self.term else None


def own_members(request: HttpRequest) -> HttpResponse:
    """The list of the cluster that the person works in."""
    return redirect("members:membership_list", cluster=_own_cluster(request, "").key)


def membership_list(request: HttpRequest, cluster: str) -> HttpResponse:
    own = _own_cluster(request, cluster)
    form = MemberFilter(request.GET, categories=categories_of(own.pk))
    is_valid = form.is_valid()
    asked = _asked(form, own)
    kind = KINDS.get(request.GET.get("file", "")) if is_valid else None
    if kind:
        return _member_table(request, asked, kind)
    context = _list_context(request, asked)
    return render(
        request,
        "members/_member_rows.html" if _swaps(request) else "members/membership_list.html",
        {"form": form, **context},
        status=200 if is_valid else UNPROCESSABLE,
    )


@download
def _member_table(request: HttpRequest, asked: Asked, kind: FileKind) -> HttpResponse:  # noqa: ARG001 - names who asks
    rows = every_member(asked.cluster.pk, asked.day, asked.selection, asked.term)
    table = member_table(asked.cluster, asked.day, asked.working_year, rows)
    return table_response(table, kind, asked.day)


def membership_detail(request: HttpRequest, cluster: str, membership: int) -> HttpResponse:
    own = _own_cluster(request, cluster)
    file = member_file(own.pk, membership)
    if file is None:
        raise Http404(_("This cluster has no such member."))
    context = {
        "cluster": own,
        "file": file,
        "numbers": enterprise_numbers(file.membership.organisation),
        "term": term_of_cluster(own.pk),
        "today": timezone.localdate(),
    }
    return render(request, "members/membership_detail.html", context)


def _own_cluster(request: HttpRequest, key: str) -> Cluster:
    """The cluster of the address; who holds no seat in any is told whose list this is."""
    seats = seats_of(request)
    if not seats.clusters:
        access.may_see_members(seats, 0).require()
    cluster = chosen_cluster(request, key)
    if cluster is None:
        raise PermissionDenied
    access.may_see_members(seats, cluster.pk).require()
    return cluster


def _asked(form: MemberFilter, cluster: Cluster) -> Asked:
    day = form.day_asked(timezone.localdate())
    return Asked(cluster, term_of_cluster(cluster.pk), day, form.selection(day))


def _list_context(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    cluster, selection, seats = asked.cluster, asked.selection, seats_of(request)
    after = page_key(request.GET.get("after", ""), selection.order)
    page = member_page(cluster.pk, asked.day, selection=selection, after=after, term=asked.term)
    return {
        "cluster": cluster,
        "clusters": clusters_of(seats) if len(seats.clusters) > 1 else [],
        "asked": asked,
        "page": page,
        "totals": member_totals(cluster.pk, asked.day, selection, asked.term),
        "next_key": written(page.next) if page.next else "",
        "is_filtered": selection.is_narrow,
        "size_names": SHORT_SIZE_NAMES,
        "has_demo": any(row.membership.is_demo for row in page.rows),
    }


def _swaps(request: HttpRequest) -> bool:
    """Whether only the part that changes is asked for."""
    htmx = request.htmx  # type: ignore[attr-defined] # set by its middleware
    return bool(htmx) and not htmx.history_restore_request
