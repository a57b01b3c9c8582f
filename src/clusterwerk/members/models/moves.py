"""Moving in: files of an earlier system on their way into a cluster's rows.

A move is working material until it is imported. What an import wrote, and what stood there before,
is not kept here but in the history of the tables, under the reason of the move.
"""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.classes import CLUSTER
from clusterwerk.platform.access.keys import same_cluster
from clusterwerk.platform.history import tracked
from clusterwerk.platform.models import User
from clusterwerk.platform.ui.templatetags.ui import moment


class MoveState(models.TextChoices):
    DRAFT = "draft", _("being prepared")
    COMPARED = "compared", _("compared, not imported")
    IMPORTED = "imported", _("imported")
    UNDONE = "undone", _("taken back")
    DROPPED = "dropped", _("thrown away")


@tracked(never=("touched_at", "counted"))
class Move(models.Model):
    """One run of moving in; `outcome` counts what it did, `counted` the indicators before it."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=MoveState.choices, default="draft")
    begun_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(_("begun"), default=timezone.now)
    touched_at = models.DateTimeField(default=timezone.now)
    imported_at = models.DateTimeField(_("imported"), null=True, blank=True)
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    counted = models.JSONField(default=dict, blank=True)

    access = CLUSTER

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="move_of_cluster"),
        ]

    def __str__(self) -> str:
        return moment(timezone.localtime(self.begun_at))

    @property
    def is_open(self) -> bool:
        """Whether files, columns and choices may still change."""
        return self.state in {MoveState.DRAFT, MoveState.COMPARED}

    @property
    def reason(self) -> str:
        """What history is told of every row that this import writes."""
        return f"move {self.pk}"


class MoveFile(models.Model):
    """One sheet of an uploaded file: what it was taken for, and which column means what.

    `stored_as` is the name of the bytes in the file store, which are thrown away after some days;
    `columns` are lists of header, field (empty: left out) and confidence from 0 to 100.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    move = models.ForeignKey(
        Move, on_delete=models.CASCADE, related_name="files", db_constraint=False
    )
    name = models.CharField(_("file"), max_length=200)
    sheet = models.CharField(_("sheet"), max_length=200, blank=True)
    stored_as = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    kind = models.CharField(_("kind of file"), max_length=40, blank=True)
    columns = models.JSONField(_("columns"), default=list, blank=True)
    options = models.JSONField(default=dict, blank=True)
    notes = models.JSONField(default=list, blank=True)
    header_row = models.PositiveIntegerField(default=1)
    row_count = models.PositiveIntegerField(default=0)
    is_confirmed = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    access = CLUSTER

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="move_file_of_cluster"),
            same_cluster("move_file_move_of_cluster", "move", "members.Move"),
        ]
        indexes = [models.Index(fields=["cluster", "move"], name="move_file_by_move")]

    def __str__(self) -> str:
        return f"{self.name}: {self.sheet}" if self.sheet else self.name


class RowState(models.TextChoices):
    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    SAME = "same", _("known already")
    DOUBTFUL = "doubtful", _("doubtful")
    WRONG = "wrong", _("wrong")
    SKIPPED = "skipped", _("left out")


class MoveRow(models.Model):
    """A row of a sheet: its cells as read or corrected, and what the import would do with it.

    `number` is its row in the sheet, counted from 1. `plan` holds what was found and would be
    written; `choice` is what a person chose among the candidates of a doubtful row.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    move = models.ForeignKey(
        Move, on_delete=models.CASCADE, related_name="rows", db_constraint=False
    )
    file = models.ForeignKey(
        MoveFile, on_delete=models.CASCADE, related_name="rows", db_constraint=False
    )
    number = models.PositiveIntegerField(_("row"))
    cells = models.JSONField(default=list)
    edited = models.JSONField(default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RowState.choices, default="new")
    title = models.CharField(max_length=200, blank=True)
    plan = models.JSONField(default=dict, blank=True)
    choice = models.CharField(max_length=1000, blank=True)

    access = CLUSTER

    class Meta:
        ordering = ["file", "number"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "file", "number"], name="move_row_once"),
            same_cluster("move_row_move_of_cluster", "move", "members.Move"),
            same_cluster("move_row_file_of_cluster", "file", "members.MoveFile"),
            models.CheckConstraint(
                name="move_row_counts_from_one",
                condition=Q(number__gte=1),
                violation_error_message=_("Rows of a sheet are counted from 1."),
            ),
        ]
        indexes = [
            models.Index(fields=["cluster", "move", "state", "id"], name="move_row_by_state")
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"


class KnownColumn(models.Model):
    """What a header meant in this cluster's files before; it is guessed first the next time."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    header = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True)

    access = CLUSTER

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "kind", "header"], name="column_meaning_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.header}: {self.field}"
