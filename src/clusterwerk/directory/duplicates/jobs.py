"""Looking for duplicates in the background."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.duplicates import access
from clusterwerk.directory.duplicates.searching import duplicates_among, keep_candidates
from clusterwerk.platform.jobs import Progress, job


@job(title=_("Search for duplicates"))
def find_duplicates(progress: Progress, *, cluster: int | None) -> str:
    """Of a cluster, or of the shared directory; in one step, for what was found is kept at once."""
    with progress.step(total=1) as seats:
        access.may_judge(seats, cluster).require()
        keep_candidates(seats=seats, cluster=cluster, found=duplicates_among(cluster))
    return reverse("directory:duplicate_list")
