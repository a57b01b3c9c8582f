"""An activity with somebody who was there, for the small world."""

from datetime import date

from clusterwerk.activities.models import Activity, Attendance
from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.reporting.models import StatedReading


def keep_activities(cluster: Cluster, organisation: Organisation) -> Activity:
    activity = Activity.objects.create(
        cluster=cluster, name="Network evening", day=date(2020, 3, 5), source="test"
    )
    Attendance.objects.create(
        cluster=cluster,
        activity=activity,
        organisation=organisation,
        printed_name="An Aerts",
        source="test",
    )
    StatedReading.objects.create(cluster=cluster, name="Reach", year=2020, source="test")
    return activity
