"""Looking for contacts that may be one person, in the background."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.duplicates.finding import find_pairs
from clusterwerk.platform.jobs import Progress, job


@job(title=_("Search for contacts that may be one person"))
def find_same_people(progress: Progress, *, cluster: int) -> str:
    """In one step, for what was found is kept at once."""
    with progress.step(total=1) as seats:
        find_pairs(seats=seats, cluster=cluster)
        key = Cluster.objects.get(pk=cluster).key
    return reverse("members:contact_duplicates", args=[key])
