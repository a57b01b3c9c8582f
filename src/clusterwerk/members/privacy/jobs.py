"""What is done for persons' rights in the background."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.members.models import Contact
from clusterwerk.members.privacy.collecting import write_person
from clusterwerk.members.privacy.erasing import may_erase_people
from clusterwerk.platform.access.decision import Decision
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.jobs import Progress, job


def _may_fetch(seats: Seats, ids: Mapping[str, int]) -> Decision:
    return may_erase_people(seats, ids["cluster"])


@job(title=_("All data on a person"), may_fetch=_may_fetch)
def export_person(progress: Progress, *, cluster: int, contact: int) -> None:
    """One ZIP with all that the cluster holds of a contact, for who asks what is known of them."""
    day = timezone.localdate()
    name = f"person-{contact}-{day.isoformat()}.zip"
    with (
        progress.prepare(name=name, media_type="application/zip") as file,
        progress.step() as seats,
    ):
        may_erase_people(seats, cluster).require()
        found = Contact.objects.select_related("cluster").get(pk=contact, cluster_id=cluster)
        write_person(file, contact=found, cluster=found.cluster.name, day=day)
