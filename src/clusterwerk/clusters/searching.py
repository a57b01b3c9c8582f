"""Clusters in the quick search: those of an agency's programme, and all by their public profile."""

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.clusters.queries import search_profiles
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.searching import Hit, SearchSource


def find_clusters(seats: Seats, words: tuple[str, ...], limit: int) -> list[Hit]:
    """The agency's own clusters open its oversight; everybody else reads the public page."""
    if seats.agencies:
        found = Cluster.objects.filter(agency__in=seats.agencies)
        for word in words:
            found = found.filter(name_sort__contains=word)
        return [
            Hit(cluster.name, reverse("reporting:cluster_detail", args=[cluster.key]))
            for cluster in found.order_by("name_sort", "pk")[:limit]
        ]
    hits = search_profiles(" ".join(words), (get_language() or "nl")[:2])
    return [
        Hit(hit.profile.name, reverse("portal:cluster_detail", args=[hit.profile.slug]))
        for hit in hits[:limit]
    ]


CLUSTER_SOURCE = SearchSource("clusters", _("Clusters"), find_clusters, "network", 60)
