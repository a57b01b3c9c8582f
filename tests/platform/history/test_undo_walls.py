"""Taking a change back opens nothing that the change had closed."""

from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.history.actions import undo_of
from clusterwerk.platform.history.records import record_of
from clusterwerk.platform.rows import changed
from factories.world import World, agency_seats, cluster_seats


def test_a_cluster_that_went_to_another_agency_is_not_taken_back_by_its_manager(
    world: World,
) -> None:
    both = agency_seats(world.agency).held + agency_seats(world.foreign_agency).held
    enter(Seats(held=both))
    delta = Cluster.objects.create(agency=world.agency, key="delta", name="Delta")
    changed(delta, agency_id=world.foreign_agency.pk)
    record = record_of(Cluster)
    assert record is not None
    seats = cluster_seats(delta)
    enter(seats)
    assert not undo_of(seats, record, delta.pk).decision
    changed(delta, name="Delta of Elsewhere")
    plan = undo_of(seats, record, delta.pk)
    assert plan.decision
    assert plan.back_to is not None
