"""What the tables of the team hold, for "who can see what of us"."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.members.models import TeamHours, TeamPost
from clusterwerk.platform.kinds import DataKind
from clusterwerk.platform.ui.templatetags.ui import month

CAPACITY_KINDS = (
    DataKind(
        TeamPost,
        60,
        _("Posts of the team"),
        _("Who works for the cluster, from when until when, and for what part of a full year."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        TeamHours,
        61,
        _("Hours of the team"),
        _("What kind of work the hours of each month went to."),
        lambda cluster: Q(cluster_id=cluster),
        lambda hours: f"{hours.post}, {month(hours.month)}",
        ("post",),
    ),
)
