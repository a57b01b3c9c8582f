"""What is done for a cluster in the background."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.clusters import access
from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.decision import Decision
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import acting_person
from clusterwerk.platform.jobs import Progress, job
from clusterwerk.platform.takeout.archive import write_archive
from clusterwerk.platform.takeout.snapshot import snapshot
from clusterwerk.platform.ui.templatetags.ui import count


def _may_fetch(seats: Seats, ids: Mapping[str, int]) -> Decision:
    return access.may_take_out(seats, ids["cluster"])


@job(title=gettext_lazy("All data of my cluster"), may_fetch=_may_fetch)
def take_out(progress: Progress, *, cluster: int) -> None:
    """One ZIP with every table, read in one snapshot with the seats of the asker."""
    day = timezone.localdate()
    with progress.step() as seats:
        found = Cluster.objects.get(pk=cluster)
        access.may_take_out(seats, cluster).require()
    name = f"{found.key}-{day.isoformat()}.zip"
    progress.tell(note=_("Reading all tables"))
    with progress.prepare(name=name, media_type="application/zip") as file, snapshot():
        with acting_person(progress.actor, reason=progress.reason) as seats:
            access.may_take_out(seats, cluster).require()
            counts = write_archive(file, cluster=cluster, name=found.name, day=day)
        rows = sum(counts.values())
    progress.tell(note=_("%(rows)s rows and documents") % {"rows": count(rows)})
