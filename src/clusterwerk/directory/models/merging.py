"""What is known of duplicates: pairs that were found, pairs that differ, and merges step by step.

Rows without a cluster are about the shared directory and are the steward's; a row that names a
cluster is that cluster's alone. Subjects are told by model and number, because rooms above this one
merge their own rows the same way.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.classes import MERGE, MERGE_STEP, MERGING
from clusterwerk.platform.history import tracked


class DuplicateCandidate(models.Model):
    """Two rows that may be one, as the last search found them; a search replaces what it found.

    `low` and `high` are the numbers of the rows, `reasons` keys of `measure.duplicates.Reason`.
    """

    cluster_id = models.BigIntegerField(null=True, blank=True)
    subject = models.CharField(max_length=60)
    low = models.BigIntegerField()
    high = models.BigIntegerField()
    score = models.PositiveSmallIntegerField()
    reasons = ArrayField(models.CharField(max_length=30))
    found_at = models.DateTimeField(default=timezone.now)

    access = MERGING

    class Meta:
        ordering = ["-score", "id"]
        indexes = [
            models.Index(fields=["cluster_id", "subject", "-score"], name="candidate_by_cluster")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster_id", "subject", "low", "high"],
                name="candidate_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="candidate_in_order", condition=Q(low__lt=F("high"))),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.low} and {self.high}: {self.score}"


@tracked()
class DistinctPair(models.Model):
    """Somebody looked: these two are not the same, and nobody is asked again."""

    cluster_id = models.BigIntegerField(null=True, blank=True)
    subject = models.CharField(max_length=60)
    low = models.BigIntegerField()
    high = models.BigIntegerField()

    access = MERGING

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster_id", "subject", "low", "high"],
                name="distinct_pair_once",
                nulls_distinct=False,
                violation_error_message=_("This was said of these two already."),
            ),
            models.CheckConstraint(name="distinct_pair_in_order", condition=Q(low__lt=F("high"))),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.low} is not {self.high}"


@tracked()
class Merge(models.Model):
    """One row became part of another; undone where `undone_at` says when.

    `number` ties the steps to it. The steps of a cluster that followed a shared merge carry the
    cluster, and whoever reads the merge does not read them.
    """

    number = models.UUIDField(default=uuid.uuid4, editable=False)
    cluster_id = models.BigIntegerField(null=True, blank=True)
    subject = models.CharField(max_length=60)
    losing = models.BigIntegerField()
    keeping = models.BigIntegerField()
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    access = MERGE

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["cluster_id", "subject", "-id"], name="merge_by_cluster")]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="merge_number_once"),
            models.CheckConstraint(
                name="merge_of_two",
                condition=~Q(losing=F("keeping")),
                violation_error_message=_("Two different rows are merged, never one with itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.losing} into {self.keeping}"


class MergeStepKind(models.TextChoices):
    MOVED = "moved", _("moved")
    CHANGED = "changed", _("changed")
    ABSORBED = "absorbed", _("taken up in another row")
    LEFT = "left", _("left as it stands, for it changed since")


class MergeStep(models.Model):
    """What a merge did to one row; undoing goes through the steps backwards.

    `fields` were changed: from `before` to `after` where the row was moved. Else the values stand
    in its history, in the events `event_before` and `event_after`; nothing personal stands here.
    """

    merge = models.UUIDField()
    cluster_id = models.BigIntegerField(null=True, blank=True)
    model = models.CharField(max_length=60)
    row = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=MergeStepKind.choices)
    fields = ArrayField(models.CharField(max_length=60), default=list)
    before = models.BigIntegerField(null=True, blank=True)
    after = models.BigIntegerField(null=True, blank=True)
    event_before = models.BigIntegerField(null=True, blank=True)
    event_after = models.BigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    access = MERGE_STEP

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["cluster_id", "merge", "id"], name="merge_step_by_cluster"),
            models.Index(fields=["merge", "id"], name="merge_step_by_merge"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.row} {self.kind}"
