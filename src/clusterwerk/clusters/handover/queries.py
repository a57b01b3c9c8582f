"""Hand-overs as the screens read them."""

from django.db.models import Q, QuerySet

from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.platform.access.seats import Seats


def hand_overs(seats: Seats) -> QuerySet[HandOver]:
    """Those that the seats take part in, newest first."""
    own = Q(cluster__in=seats.managed_clusters) | Q(to_cluster__in=seats.managed_clusters)
    return HandOver.objects.filter(own | Q(agency__in=seats.agencies))
