"""A row of each table of the team, so that leakage shows."""

from datetime import date
from decimal import Decimal

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model

from clusterwerk.clusters.models import Cluster
from clusterwerk.measure.capacity import KindOfWork
from clusterwerk.members.models import TeamHours, TeamPost

TEAM_TABLES: list[type[Model]] = [TeamPost, TeamHours]


def keep_team(cluster: Cluster) -> TeamPost:
    """Somebody who works half time, and hours of one month."""
    post = TeamPost.objects.create(
        cluster=cluster,
        worker="Noor Sluis",
        full_time_share=Decimal("0.50"),
        period=DateRange(date(2019, 1, 1), None),
    )
    TeamHours.objects.create(
        cluster=cluster,
        post=post,
        month=date(2019, 12, 1),
        kind=KindOfWork.ADMINISTRATION,
        hours=Decimal(20),
    )
    return post
