"""Changes to the loaded demo, made with the seats of who may make them."""

from datetime import date

from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.config.demo.people import MANAGED
from clusterwerk.members.models import Membership
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import acting

BEFORE_THE_AGREEMENT = date(2016, 10, 1)


def one_member_stops_paying() -> None:
    """A member from before the agreement, so that one indicator counts one less."""
    with acting(seats_of_command()):
        agency = Agency.objects.get().pk
    with acting(seats_of_command(agency=agency)):
        cluster = Cluster.objects.get(key=MANAGED).pk
    with acting(seats_of_command(agency=agency, clusters=frozenset({cluster}))):
        members = Membership.objects.filter(cluster=cluster, is_paying=True)
        older = members.filter(period__startswith__lt=BEFORE_THE_AGREEMENT).order_by("pk")[0]
        assert Membership.objects.filter(pk=older.pk).update(is_paying=False) == 1
