"""What the tables of moving in hold, for "who can see what of us"."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.members.models import KnownColumn, Move, MoveFile, MoveRow
from clusterwerk.platform.kinds import DataKind

MOVE_KINDS = (
    DataKind(
        Move,
        60,
        _("Moves"),
        _("When files of an earlier system were brought in, by whom, and what came of it."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        MoveFile,
        61,
        _("Files of a move"),
        _("Names and columns of the files that were brought in; the files go after some days."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        MoveRow,
        62,
        _("Rows of a move"),
        _("Rows of these files while they are compared and imported; they go after a month."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        KnownColumn,
        63,
        _("Columns known from earlier files"),
        _("What the headers of your files mean, so that it need not be told twice."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
)
