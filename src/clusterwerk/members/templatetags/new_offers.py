"""What the desk of a team shows of what its members told lately."""

from datetime import date, timedelta
from typing import Any

from django import template
from django.db.models import QuerySet
from django.utils import timezone

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import NeedOrOffer
from clusterwerk.platform.prepared import prepared

register = template.Library()

LATELY = timedelta(days=14)
MOST = 4


@register.inclusion_tag("members/_new_offers.html")
def new_offers(cluster: Cluster) -> dict[str, Any]:
    """Open needs and offers told within fourteen days, the newest first; a few of them."""
    today = timezone.localdate()
    found = _told(cluster.pk, today, today - LATELY)
    return {"cluster": cluster, "offers": found[:MOST], "has_more": len(found) > MOST}


@prepared
def _told(cluster: int, day: date, first: date) -> QuerySet[NeedOrOffer]:
    """Open on the day and told since the first; one more than is shown."""
    told = NeedOrOffer.objects.filter(cluster_id=cluster, told_on__gte=first).open_on(day)
    return told.select_related("organisation").order_by("-told_on", "-pk")[: MOST + 1]
