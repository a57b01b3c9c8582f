"""What an organisation is to a cluster, told by the rooms above: member, host, partner.

Each registers a provider from its `apps.py`; screens of the directory show what the providers say
of the organisations before them, asked all at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from clusterwerk.platform.access.seats import Seats

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Relation:
    """One thing that an organisation is to a cluster, and the page that tells more."""

    label: Words
    address: str = ""


@dataclass(frozen=True, slots=True)
class OwnCluster:
    """A cluster in which somebody has a seat, as the rooms above know it."""

    number: int
    key: str
    name: str


Provider = Callable[[int, Sequence[int]], Mapping[int, Sequence[Relation]]]
Clusters = Callable[[Seats], Sequence[OwnCluster]]

_providers: list[Provider] = []
_clusters: list[Clusters] = []


def register_relations(provider: Provider) -> None:
    """`provider(cluster, organisations)` tells relations by organisation."""
    if provider not in _providers:
        _providers.append(provider)


def register_clusters(clusters: Clusters) -> None:
    """How the own clusters are named; the room of clusters says it."""
    if clusters not in _clusters:
        _clusters.append(clusters)


def relations(cluster: int, organisations: Sequence[int]) -> dict[int, list[Relation]]:
    """Relations of each organisation to this cluster; those without any are left out."""
    found: dict[int, list[Relation]] = {}
    for provider in _providers if organisations else ():
        for organisation, told in provider(cluster, organisations).items():
            found.setdefault(organisation, []).extend(told)
    return found


def own_clusters(seats: Seats) -> list[OwnCluster]:
    return [cluster for clusters in _clusters for cluster in clusters(seats)]
