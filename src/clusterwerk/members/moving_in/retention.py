"""Rows of a move go a month after it was last touched; what it wrote stays in the history."""

from datetime import datetime, timedelta

from django.utils import timezone

from clusterwerk.clusters.queries import clusters_by_agency
from clusterwerk.members.models import Move, MoveFile, MoveRow, MoveState
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.jobs.asking import app

KEPT = timedelta(days=30)
REASON = "rows of moves whose time is over"


@app.periodic(cron="23 3 * * *")
@app.task(queueing_lock="discard_old_rows")
def discard_old_rows(timestamp: int) -> None:  # noqa: ARG001
    """Agency by agency, a transaction each."""
    for agency, clusters in clusters_by_agency():
        seats = seats_of_command(agency=agency, clusters=frozenset(clusters))
        with acting(seats, reason=REASON):
            discard_rows(frozenset(clusters), timezone.now())


def discard_rows(clusters: frozenset[int], now: datetime) -> int:
    """Rows and files of old moves of these clusters; a draft among them is thrown away."""
    old = Move.objects.filter(cluster_id__in=clusters, touched_at__lt=now - KEPT)
    keys = list(old.values_list("pk", flat=True))
    rows = MoveRow.objects.filter(cluster_id__in=clusters, move_id__in=keys)
    number, _by_model = rows.delete()
    MoveFile.objects.filter(cluster_id__in=clusters, move_id__in=keys).delete()
    old.filter(state__in=[MoveState.DRAFT, MoveState.COMPARED]).update(state=MoveState.DROPPED)
    return number
