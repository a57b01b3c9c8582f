"""Periods of keeping that are in force are carried out at night."""

import logging
import time

from django.utils import timezone

from clusterwerk.clusters.queries import clusters_by_agency
from clusterwerk.members.models import RetentionRule, RetentionRun
from clusterwerk.members.privacy.noticing import tell_managers
from clusterwerk.members.privacy.retaining import KINDS, Batch, carry_out
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.jobs.asking import app

REASON = "period of keeping"
SECONDS = 600.0  # of work for one cluster in a night; the rest goes on the next

logger = logging.getLogger(__name__)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="keep_no_longer")
def keep_no_longer(timestamp: int) -> None:  # noqa: ARG001
    """Cluster by cluster; one that fails keeps no other waiting."""
    for agency, clusters in clusters_by_agency():
        for cluster in clusters:
            try:
                keep_cluster(agency, cluster)
            except Exception:
                logger.exception("Periods of keeping of cluster %s were not carried out.", cluster)


def keep_cluster(agency: int, cluster: int, seconds: float = SECONDS) -> int:
    """Carry out the rules in force of one cluster; returns how many rows went.

    Batch by batch, a transaction each, until nothing is left or the time is over. Managers are
    told what went.
    """
    until = time.monotonic() + seconds
    seats = seats_of_command(agency=agency, clusters=frozenset({cluster}))
    with acting(seats, reason=REASON):
        rules = list(RetentionRule.objects.filter(cluster_id=cluster, is_on=True, kind__in=KINDS))
    runs = [run for rule in rules if (run := _kept(agency, rule, until)).taken]
    if runs:
        with acting(seats, reason=REASON):
            tell_managers(cluster, runs, timezone.localdate())
    return sum(run.taken for run in runs)


def _kept(agency: int, rule: RetentionRule, until: float) -> RetentionRun:
    """At least one batch of each kind, so that none is kept waiting by the kinds before it."""
    seats = seats_of_command(agency=agency, clusters=frozenset({rule.cluster_id}))
    batch: Batch | None = None
    while batch is None or (batch.last is not None and time.monotonic() < until):
        with acting(seats, reason=REASON):
            batch = carry_out(
                seats=seats,
                cluster=rule.cluster_id,
                kind=rule.kind,
                months=rule.months,
                today=timezone.localdate(),
                going_on=batch,
            )
    return batch.run
