"""What the tables of this room hold, for "who can see what of us"."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models import Activity, Attendance
from clusterwerk.platform.kinds import DataKind

ACTIVITY_KINDS = (
    DataKind(
        Activity,
        50,
        _("Activities"),
        _("What you organise for members, and when."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        Attendance,
        51,
        _("Attendance"),
        _("Who was at which activity, and for which organisation."),
        lambda cluster: Q(cluster_id=cluster),
        str,
        ("contact",),
    ),
)
