"""What is kept of duplicates and merges, for "who can see what of us"."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models import DistinctPair, DuplicateCandidate, Merge, MergeStep
from clusterwerk.platform.kinds import DataKind


def _own(cluster: int) -> Q:
    return Q(cluster_id=cluster)


MERGING_KINDS = (
    DataKind(
        DuplicateCandidate,
        81,
        _("Possible duplicates"),
        _("Which of your organisations or contacts may be one and the same, and why."),
        _own,
        str,
    ),
    DataKind(
        DistinctPair,
        82,
        _("What is not a duplicate"),
        _("Two organisations or contacts of which somebody of you said that they differ."),
        _own,
        str,
    ),
    DataKind(
        Merge,
        83,
        _("Merges"),
        _("Which of your rows became part of which other, and whether that was undone."),
        _own,
        str,
    ),
    DataKind(
        MergeStep,
        84,
        _("Steps of merges"),
        _("Which of your rows moved with a merge, so that it can be undone."),
        _own,
        str,
    ),
)
