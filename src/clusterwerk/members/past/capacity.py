"""The past of posts and hours of a team in words."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.members import access
from clusterwerk.members.models import TeamHours, TeamPost
from clusterwerk.platform.history.records import Record

CAPACITY_RECORDS = (
    Record(
        TeamPost,
        _("Post"),
        {
            "worker": _("Name"),
            "full_time_share": _("Part of a full-time year"),
            "period": _("Period"),
        },
        called=lambda row: row.worker,
        may_undo=lambda seats, row: access.may_keep_team(seats, row.cluster_id),
    ),
    Record(
        TeamHours,
        _("Hours"),
        {
            "post": _("Post"),
            "month": _("Month"),
            "kind": _("Kind of work"),
            "hours": _("Hours"),
        },
        called=lambda row: f"{row.month:%Y-%m}, {row.get_kind_display()}",
        may_undo=lambda seats, row: access.may_write_hours(seats, row.cluster_id),
    ),
)
