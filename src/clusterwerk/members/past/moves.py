"""The past of a move in words; what it wrote is taken back on its own page."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.members.models import Move
from clusterwerk.platform.history.records import Record

MOVE_RECORDS = (
    Record(
        Move,
        _("Move"),
        {
            "state": _("State"),
            "begun_at": _("Begun"),
            "begun_by": _("Begun by"),
            "imported_at": _("Imported"),
            "undone_at": _("Taken back"),
        },
    ),
)
