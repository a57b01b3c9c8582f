"""What a move brought: its figures with their records, and what could not be placed."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import Contribution, Membership, Move
from clusterwerk.members.queries.moves import (
    PAGE_SIZE,
    LeftOver,
    erased_rows,
    headers_of,
    left_over,
)
from clusterwerk.members.views.moves.own import own_move
from clusterwerk.platform.evidence import indicators
from clusterwerk.platform.text import row_number
from clusterwerk.platform.ui.export import KINDS, About, Column, Table, table_response


@require_safe
def move_figure(request: HttpRequest, cluster: str, move: int, indicator: str) -> HttpResponse:
    """The records that a figure of the result counts, as they are today."""
    own, found = own_move(request, cluster, move)
    wanted = indicators().get(indicator)
    if wanted is None:
        raise Http404(_("There is no such figure."))
    records = list(wanted.records(own.pk, timezone.localdate()))
    first = row_number(request.GET.get("after", ""))
    shown = records[first : first + PAGE_SIZE]
    context = {
        "cluster": own,
        "move": found,
        "indicator": wanted,
        "number": wanted.value(records),
        "record_count": len(records),
        "lines": [(wanted.line(record), _file_of(own, record)) for record in shown],
        "first": first + 1,
        "next_key": str(first + PAGE_SIZE) if first + PAGE_SIZE < len(records) else "",
    }
    return render(request, "members/move_figure.html", context)


def _file_of(cluster: Cluster, record: object) -> str:
    """Where a counted record stands: the file of its member; empty for records of upper rooms."""
    if isinstance(record, Contribution):
        return reverse("members:membership_detail", args=[cluster.key, record.membership_id])
    if isinstance(record, Membership):
        return reverse("members:membership_detail", args=[cluster.key, record.pk])
    return ""


@require_safe
def move_left_over(request: HttpRequest, cluster: str, move: int) -> HttpResponse:
    """What could not be placed, with its original columns and the reason."""
    own, found = own_move(request, cluster, move)
    kind = KINDS.get(request.GET.get("file", "xlsx"))
    if kind is None:
        raise BadRequest(_("There is no such kind of file."))
    headers = headers_of(found)
    columns: list[Column[LeftOver]] = [
        Column(_("Reason"), lambda each: each.why, width=50),
        Column(_("File"), lambda each: each.file, width=24),
        Column(_("Sheet"), lambda each: each.sheet),
        Column(_("Row"), lambda each: str(each.number)),
        *(_cell(header, at) for at, header in enumerate(headers)),
    ]
    about = About(
        _("What could not be placed"),
        ((_("Cluster"), own.name), (_("Move"), str(found)), *_erased(found)),
    )
    table = Table("left-over", columns, left_over(found), about)
    return table_response(table, kind, timezone.localdate())


def _erased(move: Move) -> list[tuple[str, str]]:
    """How many rows are not among them, because they were emptied."""
    number = erased_rows(move)
    return [(_("Rows emptied because their person was erased"), str(number))] if number else []


def _cell(header: str, at: int) -> Column[LeftOver]:
    return Column(header, lambda each: each.cells[at] if at < len(each.cells) else "", width=20)
