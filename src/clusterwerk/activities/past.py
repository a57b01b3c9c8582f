"""The past of activities and attendance in words."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.activities import access
from clusterwerk.activities.models import Activity, Attendance
from clusterwerk.platform.history.records import Record, register_records


def register_past() -> None:
    register_records(
        Record(
            Activity,
            _("Activity"),
            {"name": _("Name"), "kind": _("Kind"), "day": _("Day"), "source": _("Source")},
            parts=lambda row: [
                (Attendance, {"cluster_id": row.cluster_id, "activity_id": row.pgh_obj_id})
            ],
            may_undo=lambda seats, row: access.may_keep_activities(seats, row.cluster_id),
        ),
        Record(
            Attendance,
            _("Attendance"),
            {
                "activity": _("Activity"),
                "organisation": _("Organisation"),
                "contact": _("Contact"),
                "printed_name": _("Name on the list"),
                "email": _("E-mail address"),
                "printed_organisation": _("Organisation on the list"),
                "source": _("Source"),
            },
            may_undo=lambda seats, row: access.may_keep_activities(seats, row.cluster_id),
        ),
    )
