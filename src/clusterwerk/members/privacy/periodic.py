"""Periods of keeping that are in force are carried out at night."""

from django.utils import timezone

from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.members.models import RetentionRule
from clusterwerk.members.privacy.retaining import KINDS, carry_out
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.jobs.asking import app

REASON = "period of keeping"


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="keep_no_longer")
def keep_no_longer(timestamp: int) -> None:  # noqa: ARG001
    """Cluster by cluster and kind by kind, a transaction each."""
    with acting(seats_of_command()):
        agencies = list(Agency.objects.values_list("pk", flat=True))
    for agency in agencies:
        with acting(seats_of_command(agency=agency)):
            clusters = list(Cluster.objects.filter(agency_id=agency).values_list("pk", flat=True))
        for cluster in clusters:
            keep_cluster(agency, cluster)


def keep_cluster(agency: int, cluster: int) -> int:
    """Carry out the rules in force of one cluster; returns how many rows went."""
    seats = seats_of_command(agency=agency, clusters=frozenset({cluster}))
    with acting(seats, reason=REASON):
        rules = list(RetentionRule.objects.filter(cluster_id=cluster, is_on=True, kind__in=KINDS))
    taken = 0
    for rule in rules:
        with acting(seats, reason=REASON):
            today = timezone.localdate()
            kind, months = rule.kind, rule.months
            run = carry_out(seats=seats, cluster=cluster, kind=kind, months=months, today=today)
        taken += run.taken
    return taken
