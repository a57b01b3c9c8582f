"""A row of each table of duplicates and merges, so that leakage shows."""

from django.db.models import Model

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import (
    DistinctPair,
    DuplicateCandidate,
    Merge,
    MergeStep,
    MergeStepKind,
)

MERGING_TABLES: list[type[Model]] = [DistinctPair, DuplicateCandidate, Merge, MergeStep]
SUBJECT = "directory.organisation"


def keep_merge(cluster: Cluster) -> Merge:
    """Numbers of no row: what stands here only shows who sees it."""
    pair = {"cluster_id": cluster.pk, "subject": SUBJECT, "low": 10_000_001, "high": 10_000_002}
    DuplicateCandidate.objects.create(**pair, score=70, reasons=["same_name"])
    DistinctPair.objects.create(**pair)
    merge = Merge.objects.create(
        cluster_id=cluster.pk, subject=SUBJECT, losing=10_000_003, keeping=10_000_004
    )
    MergeStep.objects.create(
        merge=merge.number,
        cluster_id=cluster.pk,
        model="members.membership",
        row=1,
        kind=MergeStepKind.MOVED,
        fields=["organisation"],
    )
    return merge
