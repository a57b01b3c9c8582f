"""The past of target groups in words."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.members import access
from clusterwerk.members.models import TargetGroup
from clusterwerk.platform.history.records import Record

TARGET_GROUP_RECORDS = (
    Record(
        TargetGroup,
        _("Target group"),
        {
            "name": _("Name"),
            "description": _("Description"),
            "sectors": _("Sectors"),
            "municipalities": _("Municipalities"),
            "provinces": _("Provinces"),
            "regions": _("Regions"),
            "sizes": _("Headcount classes"),
            "keywords": _("Words in the name"),
            "legal_forms": _("Legal forms"),
            "natural_persons": _("Natural persons too"),
        },
        may_undo=lambda seats, row: access.may_keep_members(seats, row.cluster_id),
    ),
)
