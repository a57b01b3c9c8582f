"""In which competences people of members were trained: counted, one by one, and as a file."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from clusterwerk.activities.queries.competences import Trained, by_competence, trained
from clusterwerk.activities.views.own import own_cluster
from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.replica import download
from clusterwerk.platform.ui.export import (
    KINDS,
    About,
    Column,
    FileKind,
    Format,
    Table,
    table_response,
)

COLUMNS: tuple[Column[Trained], ...] = (
    Column(_("Competence"), lambda row: row.competence, width=40),
    Column(_("Organisation"), lambda row: row.name, width=40),
    Column(_("People"), lambda row: row.people, Format.COUNT),
    Column(_("Last trained"), lambda row: row.last, Format.DAY),
)


@require_safe
def competences(request: HttpRequest, cluster: str) -> HttpResponse:
    own = own_cluster(request, cluster)
    rows = trained(own.pk)
    if kind := KINDS.get(request.GET.get("file", "")):
        return _file(request, own, rows, kind)
    context = {"cluster": own, "rows": rows, "counts": by_competence(rows)}
    context["has_demo"] = any(row.is_demo for row in rows)
    return render(request, "activities/competences.html", context)


@download
def _file(
    request: HttpRequest,  # noqa: ARG001 - names who asks
    cluster: Cluster,
    rows: Sequence[Trained],
    kind: FileKind,
) -> HttpResponse:
    about = About(
        _("Competences"),
        (
            (_("Cluster"), cluster.name),
            (_("Source"), _("Counted from who was at the trainings that were held.")),
        ),
    )
    table = Table(f"{cluster.key}-competences", COLUMNS, rows, about)
    return table_response(table, kind, timezone.localdate())
