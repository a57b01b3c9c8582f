"""Work that no person asked for meets every cluster with the seats of its agency."""

from clusterwerk.clusters.queries import clusters_by_agency
from factories.world import World


def test_each_agency_comes_once_with_its_own_clusters(world: World) -> None:
    assert dict(clusters_by_agency()) == {
        world.agency.pk: (world.alpha.pk, world.beta.pk),
        world.foreign_agency.pk: (world.gamma.pk,),
    }
