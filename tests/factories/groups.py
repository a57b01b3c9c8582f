"""A steering group with a mandate and a meeting, for the small world."""

from datetime import UTC, date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from clusterwerk.activities.models import (
    ActionPoint,
    Activity,
    AgendaPoint,
    GroupMeeting,
    Mandate,
    StandingGroup,
)
from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import Task

GROUP_TABLES = [StandingGroup, Mandate, GroupMeeting, AgendaPoint, ActionPoint]


def keep_group(cluster: Cluster, organisation: Organisation) -> StandingGroup:
    group = StandingGroup.objects.create(
        cluster=cluster, name="Steering group", kind="steering_group", since=date(2018, 1, 1)
    )
    Mandate.objects.create(
        cluster=cluster,
        group=group,
        name="Dirk Daems",
        organisation=organisation,
        role="chair",
        period=DateRange(date(2018, 1, 1), None),
    )
    activity = Activity.objects.create(
        cluster=cluster,
        name="First steering group",
        source="test",
        kind="steering_group",
        state="held",
        day=date(2019, 3, 5),
        starts_at=datetime(2019, 3, 5, 14, tzinfo=UTC),
        ends_at=datetime(2019, 3, 5, 17, tzinfo=UTC),
    )
    meeting = GroupMeeting.objects.create(cluster=cluster, group=group, activity=activity)
    AgendaPoint.objects.create(cluster=cluster, meeting=meeting, position=1, title="Budget")
    return group


def keep_action_point(cluster: Cluster) -> ActionPoint:
    """The task of the small world was asked by the meeting."""
    return ActionPoint.objects.create(
        cluster=cluster,
        meeting=GroupMeeting.objects.get(cluster=cluster),
        task=Task.objects.get(cluster=cluster),
        mandate=Mandate.objects.get(cluster=cluster),
    )
