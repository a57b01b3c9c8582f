"""Clusters and what organisations are to them, as the directory below asks it."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import ClusterHost
from clusterwerk.clusters.queries import clusters_of
from clusterwerk.directory.relations import OwnCluster, Relation
from clusterwerk.platform.access.seats import Seats


def own_clusters(seats: Seats) -> list[OwnCluster]:
    return [OwnCluster(each.pk, each.key, each.name) for each in clusters_of(seats)]


def host_relations(cluster: int, organisations: Sequence[int]) -> dict[int, list[Relation]]:
    rows = ClusterHost.objects.filter(cluster_id=cluster, organisation__in=organisations)
    return {row.organisation_id: [Relation(_("carries the cluster"))] for row in rows}
