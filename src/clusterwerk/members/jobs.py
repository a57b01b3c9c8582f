"""What this room does in the background; what belongs together stands in a folder of its own."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access
from clusterwerk.members.actions import target_groups
from clusterwerk.members.duplicates.jobs import find_same_people
from clusterwerk.members.models import TargetGroup
from clusterwerk.members.moving_in.jobs import compare, import_all, rehearse, undo
from clusterwerk.members.moving_in.retention import discard_old_rows
from clusterwerk.members.privacy.jobs import export_person
from clusterwerk.platform.access.decision import Decision
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.jobs import Progress, job


def _may_see(seats: Seats, ids: Mapping[str, int]) -> Decision:
    return access.may_see_members(seats, ids["cluster"])


@job(title=gettext_lazy("Count of a target group"), may_fetch=_may_see)
def count_target_group(progress: Progress, *, cluster: int, target_group: int) -> str:
    """Counts the enterprises of the register that the group holds; a count is one step."""
    with progress.step(total=1) as seats:
        group = TargetGroup.objects.get(cluster_id=cluster, pk=target_group)
        day = timezone.localdate()
        target_groups.count_target_group(seats=seats, group=group, day=day)
        key = Cluster.objects.get(pk=cluster).key
    return reverse("members:target_group_detail", args=[key, target_group])


__all__ = [
    "compare",
    "count_target_group",
    "discard_old_rows",
    "export_person",
    "find_same_people",
    "import_all",
    "rehearse",
    "undo",
]
