"""What the desk of a team shows of what its members told lately."""

from datetime import timedelta
from typing import Any

from django import template
from django.utils import timezone

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.queries.offers import offers_of

register = template.Library()

LATELY = timedelta(days=14)
MOST = 4


@register.inclusion_tag("members/_new_offers.html")
def new_offers(cluster: Cluster) -> dict[str, Any]:
    """Open needs and offers told within fourteen days, the newest first; a few of them."""
    today = timezone.localdate()
    told = offers_of(cluster.pk).open_on(today).filter(told_on__gte=today - LATELY)
    found = list(told.order_by("-told_on", "-pk")[: MOST + 1])
    return {"cluster": cluster, "offers": found[:MOST], "has_more": len(found) > MOST}
