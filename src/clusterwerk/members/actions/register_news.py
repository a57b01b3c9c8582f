"""Dealing with what the enterprise register changed."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access
from clusterwerk.members.models import HandledRegisterChange
from clusterwerk.members.queries.register_news import register_changes_for
from clusterwerk.platform.access.seats import Seats


@transaction.atomic
def handle_register_changes(
    *, seats: Seats, cluster: Cluster, changes: Sequence[int], day: date
) -> int:
    """Mark news of today's members as dealt with; how many were not yet. Others are left alone."""
    access.may_keep_members(seats, cluster.pk).require()
    found = register_changes_for(cluster.pk, day, is_handled=False).filter(pk__in=changes)
    rows = [
        HandledRegisterChange(cluster=cluster, change=change, handled_by_id=seats.actor)
        for change in found
    ]
    HandledRegisterChange.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
