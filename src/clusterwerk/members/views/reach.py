"""Whom one cluster reaches."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.forms.reach import DayForm
from clusterwerk.members.queries.reach import ReachOfNetwork, reach_of_cluster
from clusterwerk.members.reach import COLUMNS, every_line, mean_age, municipality_table, tables
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.replica import download
from clusterwerk.platform.ui.export import KINDS, About, FileKind, Table, table_response

UNPROCESSABLE = 422


def own_reach(request: HttpRequest) -> HttpResponse:
    """The reach of the cluster that the person works in."""
    return redirect("members:reach", cluster=own_cluster(request, "").key)


def reach(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    form = DayForm(request.GET)
    is_valid = form.is_valid()
    found = reach_of_cluster(own.pk, form.day_asked(timezone.localdate()))
    kind = KINDS.get(request.GET.get("file", "")) if is_valid else None
    if kind:
        return _reach_table(request, own, found, kind)
    address = reverse("members:membership_list", args=[own.key])
    context = {
        "cluster": own,
        "list_address": f"{address}?day={found.reach.day:%Y-%m-%d}",
        "flows_address": address,
        "form": form,
        "found": found,
        "mean_age": mean_age(found.reach),
        "tables": tables(found.reach, knows_size=True, knows_others=False),
        "municipalities": municipality_table(found.reach),
    }
    return render(request, "members/reach.html", context, status=200 if is_valid else UNPROCESSABLE)


@download
def _reach_table(
    request: HttpRequest,  # noqa: ARG001 - names who asks
    cluster: Cluster,
    found: ReachOfNetwork,
    kind: FileKind,
) -> HttpResponse:
    lines = (
        (_("Cluster"), cluster.name),
        (_("Members on"), found.reach.day),
        (_("Members"), found.reach.total),
        (_("Source"), _("Counted from the memberships that the cluster keeps.")),
    )
    rows = every_line(found.reach, knows_size=True, knows_others=False)
    table = Table(f"{cluster.key}-reach", COLUMNS, rows, About(_("Reach"), lines))
    return table_response(table, kind, found.reach.day)
