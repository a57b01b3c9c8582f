"""Jobs as their askers see them, and what they do outside the database."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.classes import JOB
from clusterwerk.platform.files.models import PreparedFile
from clusterwerk.platform.jobs.registry import title_of_effect, title_of_job
from clusterwerk.platform.jobs.states import OPEN_STATES, EffectState, JobState

UNSTARTED_FOR = timedelta(minutes=5)  # a worker that runs takes a job up within seconds
UNMOVED_FOR = timedelta(minutes=15)  # a step that takes longer is too long


class JobRunQuery(models.QuerySet["JobRun"]):
    def of(self, actor: int) -> "JobRunQuery":
        return self.filter(asker_id=actor)

    def open(self) -> "JobRunQuery":
        return self.filter(state__in=OPEN_STATES)

    def stalled(self, now: datetime) -> "JobRunQuery":
        """Due and not taken up, or running without a step: a worker is missing or hangs."""
        return self.filter(is_stalled(now))

    def needing_attention(self, now: datetime) -> "JobRunQuery":
        return self.filter(Q(state=JobState.FAILED) | is_stalled(now))


def is_stalled(now: datetime) -> Q:
    """The condition of `stalled`, for counting beside others."""
    due = now - UNSTARTED_FOR
    return (
        Q(state=JobState.WAITING, moved_at__lt=due)
        | Q(state=JobState.RETRYING, retry_at__lt=due)
        | Q(state=JobState.RUNNING, moved_at__lt=now - UNMOVED_FOR)
    )


class JobRun(models.Model):
    """One row for each job that a person asked for.

    `arguments` are ids only. `attempt` counts starts and fences: a worker whose attempt is not the
    row's was overtaken and commits nothing more. `failures` counts attempts that ended by a fault.
    `cursor` is where long work goes on. `note` and `error` are in the language of the asker, and
    for the asker alone; the steward works with `reference`, which stands in the log.
    """

    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=128)
    arguments = models.JSONField(default=dict)
    reason = models.CharField(max_length=200)
    key = models.CharField(max_length=64)
    language = models.CharField(max_length=8, blank=True)
    state = models.CharField(max_length=16, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    cursor = models.JSONField(null=True)
    error = models.CharField(max_length=500, blank=True)
    reference = models.CharField(max_length=12, blank=True)
    result = models.CharField(max_length=300, blank=True)
    file = models.ForeignKey(PreparedFile, models.SET_NULL, null=True, related_name="+")
    attempt = models.PositiveIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    queue_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    moved_at = models.DateTimeField(default=timezone.now)
    retry_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    access = JOB
    objects: ClassVar[models.Manager["JobRun"]] = JobRunQuery.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [
            models.Index(fields=["asker", "-id"], name="jobrun_by_asker"),
            models.Index(fields=["state", "-id"], name="jobrun_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["asker", "kind", "key"],
                condition=Q(state__in=OPEN_STATES),
                name="jobrun_open_once",
            ),
            models.CheckConstraint(
                condition=Q(state__in=JobState.values), name="jobrun_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def title(self) -> str | Promise:
        return title_of_job(self.kind)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_cancelling(self) -> bool:
        return self.is_open and self.cancel_asked_at is not None

    @property
    def share(self) -> float | None:
        """Part that is done, 0 to 1; None while nobody knows how much there is to do."""
        return min(self.done / self.total, 1.0) if self.total else None

    def is_stalled(self, now: datetime) -> bool:
        """The same as the query verb `stalled`, for one row."""
        if self.state == JobState.RUNNING:
            return self.moved_at < now - UNMOVED_FOR
        since = self.retry_at if self.state == JobState.RETRYING else self.moved_at
        return self.is_open and since is not None and since < now - UNSTARTED_FOR


class OutsideEffect(models.Model):
    """Something done outside the database, noted before it is done so that no one repeats it.

    `key` is the same for the same effect, and goes along to the other side where that can use it.
    `subject` is the id of what it works with (a mail), `label` says for whom in a few words. After
    `expires_at` it is tried no more: it `lapses`, or a person decides what to do.
    """

    kind = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    run = models.ForeignKey(JobRun, models.SET_NULL, null=True, related_name="effects")
    subject = models.BigIntegerField(null=True)
    label = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=16, choices=EffectState, default=EffectState.ASKED)
    attempts = models.PositiveIntegerField(default=0)
    queue_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    begun_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    lapses = models.BooleanField(default=False)

    access = JOB

    class Meta:
        verbose_name = _("outside effect")
        verbose_name_plural = _("outside effects")
        indexes = [
            models.Index(fields=["state", "-id"], name="effect_by_state"),
            models.Index(fields=["asker", "-id"], name="effect_by_asker"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="effect_once"),
            models.CheckConstraint(
                condition=Q(state__in=EffectState.values), name="effect_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def title(self) -> str | Promise:
        return title_of_effect(self.kind)

    @property
    def needs_decision(self) -> bool:
        return self.state in (EffectState.UNCERTAIN, EffectState.GIVEN_UP)
