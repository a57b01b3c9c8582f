"""What seals consist of. All of it is written by functions of the database, as its owner.

No one of the application reads entries and keys: a digest of an amount could be matched by trying
amounts, and a key would undo an erasure.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.classes import OUT_OF_REACH, STEWARDS


class HistoryEntry(models.Model):
    """One link of the chain; `docs/operate/history.md` tells what its digests are taken of.

    An `event` seals the event `event_id` of `event_table`; an `erasure` the row of that id in the
    list of erasures; a `cut` says that no event of `event_table` up to `event_id` can still come.
    """

    class Kind(models.TextChoices):
        EVENT = "event", _("event")
        ERASURE = "erasure", _("erasure")
        CUT = "cut", _("cut")

    number = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind)
    event_table = models.CharField(max_length=63)
    event_id = models.BigIntegerField()
    layout = models.BigIntegerField(null=True)
    key = models.BigIntegerField(null=True)
    salt = models.UUIDField()
    personal = models.BinaryField(null=True)
    sealed_at = models.DateTimeField()
    entry_digest = models.BinaryField()
    chain_digest = models.BinaryField()

    access = OUT_OF_REACH

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["event_table", "kind", "event_id"], name="history_entry_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class HistoryLayout(models.Model):
    """Which columns of an event table are sealed, in which order.

    A column that a later version adds makes a new layout, so that the seals before it still hold.
    """

    event_table = models.CharField(max_length=63)
    columns = ArrayField(models.TextField())
    personal = ArrayField(models.TextField())
    digest = models.BinaryField()

    access = OUT_OF_REACH

    class Meta:
        indexes = [models.Index(fields=["event_table", "-id"], name="history_layout_newest")]

    def __str__(self) -> str:
        return f"{self.event_table} {self.pk}"


class HistoryKey(models.Model):
    """The key under which the personal values of one object are digested; erasure destroys it."""

    event_table = models.CharField(max_length=63)
    object_id = models.BigIntegerField()
    secret = models.BinaryField()

    access = OUT_OF_REACH

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event_table", "object_id"], name="history_key_once")
        ]

    def __str__(self) -> str:
        return f"{self.event_table} {self.object_id}"


class HistoryHorizon(models.Model):
    """How far a table was sealed, and the transaction that must end before this is final.

    Working memory of the sealing; a wrong value makes a cut come later, and no seal wrong.
    """

    event_table = models.CharField(max_length=63, primary_key=True)
    reached = models.BigIntegerField()
    boundary = models.BigIntegerField()

    access = OUT_OF_REACH

    def __str__(self) -> str:
        return self.event_table


class Erasure(models.Model):
    """The personal values of one subject were destroyed: who did it, when and why.

    `key` names it outside this database. `subject_model` and `subject_id` say whose values, by
    number. `taken` says what: for each event table the fields, objects, keys and events.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    erased_at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=500)
    subject_model = models.CharField(max_length=100)
    subject_id = models.BigIntegerField()
    taken = models.JSONField()

    access = STEWARDS

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-id"]
        indexes = [models.Index(fields=["subject_model", "subject_id"], name="erasure_subject")]

    def __str__(self) -> str:
        return f"{self.subject_model} {self.subject_id}"
