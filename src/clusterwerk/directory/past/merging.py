"""The past of merges, and of pairs that differ, in words."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models import DistinctPair, Merge
from clusterwerk.platform.history.records import Record

# Neither is taken back from its past: a merge is undone as a whole, a pair on its page.
MERGE_RECORDS = (
    Record(
        Merge,
        _("Merge"),
        {
            "made_at": _("Made at"),
            "subject": _("Kind of row"),
            "losing": _("Number of the row that was taken up"),
            "keeping": _("Number of the row that stays"),
            "cluster_id": _("Private to the cluster"),
            "number": _("Number of the merge"),
            "undone_at": _("Undone at"),
        },
    ),
    Record(
        DistinctPair,
        _("Not the same"),
        {
            "subject": _("Kind of row"),
            "low": _("Number of the one"),
            "high": _("Number of the other"),
            "cluster_id": _("Private to the cluster"),
        },
    ),
)
