"""What members can take part in: when, where, for whom, and what everybody may read of it."""

import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.functions import RandomUUID
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models.owners import Led, same_lead
from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Place
from clusterwerk.platform.access.classes import JOINT, JOINT_PART, JOINT_PUBLISHED, OPEN_PLACES
from clusterwerk.platform.history import tracked


class ActivityKind(models.TextChoices):
    NETWORK_EVENT = "network_event", _("network event")
    WORKING_GROUP = "working_group", _("working group")
    WORKSHOP = "workshop", _("workshop")
    TRAINING = "training", _("training")
    MISSION = "mission", _("mission or fair abroad")
    DEMONSTRATION = "demonstration", _("demonstration")
    MATCHMAKING = "matchmaking", _("matchmaking")
    STEERING_GROUP = "steering_group", _("steering group or governing body")
    LEARNING_NETWORK = "learning_network", _("learning network")
    OTHER = "other", _("other")


class ActivityState(models.TextChoices):
    """Full is no state: it follows from the places that are left."""

    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("cancelled")
    HELD = "held", _("held")


class Audience(models.TextChoices):
    """Who may register."""

    MEMBERS = "members", _("members only")
    EVERYBODY = "everybody", _("everybody")


def price(label: Any) -> "models.DecimalField[Any, Any]":  # noqa: ANN401 - words or a promise
    return models.DecimalField(
        label,
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )


class Announced(Led):
    """What is told of an activity: the same fields for its team and for everybody.

    `day` is the local day on which it begins; hours are unknown (null) in lists of former years.
    `sequence` rises with each change that a calendar must know (RFC 5545, 3.8.7.4). Prices in euro;
    none: free.
    """

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=20, choices=ActivityKind.choices, default=ActivityKind.OTHER
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ActivityState.choices, default=ActivityState.HELD
    )
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    description = models.TextField(_("description"), max_length=10_000, blank=True)

    day = models.DateField(_("day"))
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, default=settings.TIME_ZONE)

    venue = models.CharField(_("venue"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    place = models.ForeignKey(
        Place,
        verbose_name=_("municipality"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_online = models.BooleanField(_("online"), default=False)

    takes_registrations = models.BooleanField(_("people register"), default=False)
    audience = models.CharField(
        _("for whom"), max_length=10, choices=Audience.choices, default=Audience.MEMBERS
    )
    opens_at = models.DateTimeField(_("registration opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("registration closes"), null=True, blank=True)
    has_waiting_list = models.BooleanField(_("waiting list when full"), default=True)
    price_member = price(_("price for members"))
    price_other = price(_("price for others"))
    # What the form asks besides, as `activities.questions` writes it.
    questions = models.JSONField(_("questions"), default=list, blank=True)

    # What a training teaches, in the cluster's own words.
    competences = ArrayField(
        models.CharField(max_length=100), verbose_name=_("competences"), default=list, blank=True
    )

    # In its public address and in calendars. The default of the database is for older rows.
    uid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    sequence = models.PositiveIntegerField(_("version in calendars"), default=0, editable=False)
    cancelled_because = models.CharField(_("why it is cancelled"), max_length=300, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    class Meta(Led.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def starts_on(self) -> date:
        """The local day, in the time of the place."""
        return self.starts_at.astimezone(self.zone).date() if self.starts_at else self.day

    def is_past(self, now: datetime) -> bool:
        """Whether it has ended; one of which only the day is known ends with that day."""
        if self.ends_at is not None:
            return self.ends_at <= now
        return self.day < now.astimezone(self.zone).date()

    def registers(self, now: datetime) -> bool:
        """Whether somebody may register at this moment, places aside."""
        if self.state != ActivityState.PUBLISHED or not self.takes_registrations:
            return False
        ends = self.closes_at or self.starts_at
        return (self.opens_at is None or self.opens_at <= now) and ends is not None and now < ends


@tracked()
class Activity(Announced):
    """Something members can take part in, as its team keeps it."""

    online_url = models.URLField(_("address of the online meeting"), max_length=500, blank=True)
    capacity = models.PositiveIntegerField(
        _("places"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100_000)],
    )
    source = models.CharField(_("source"), max_length=200, blank=True)

    access = JOINT

    class Meta(Announced.Meta):
        abstract = False
        ordering = ["-day", "-id"]
        verbose_name_plural = _("activities")
        indexes = [
            *Led.Meta.indexes,
            models.Index(fields=["cluster", "day", "id"], name="activity_by_day"),
            models.Index(fields=["agency", "day", "id"], name="activity_by_agency"),
        ]
        constraints = [
            *Led.Meta.constraints,
            models.UniqueConstraint(fields=["cluster", "id"], name="activity_of_cluster"),
            models.UniqueConstraint(fields=["agency", "id"], name="activity_of_agency"),
            models.UniqueConstraint(fields=["uid"], name="activity_uid_once"),
            models.UniqueConstraint(
                fields=["cluster", "day", "name"],
                name="activity_once_a_day",
                violation_error_message=_("This activity on this day is written down already."),
            ),
            models.CheckConstraint(
                name="activity_ends_after_start",
                condition=Q(starts_at__isnull=True, ends_at__isnull=True)
                | Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("It must end after it starts."),
            ),
            models.CheckConstraint(
                name="activity_hours_when_published",
                condition=~Q(state="published") | Q(starts_at__isnull=False, ends_at__isnull=False),
                violation_error_message=_("Say when it starts and ends before you publish it."),
            ),
        ]


@tracked()
class PublishedActivity(Announced):
    """What everybody may read and find of an activity, from its publication on.

    A table of its own, so that the portal reads no row of a cluster, and searches one narrow text
    whose read policy is the constant true. Written by the actions that change an activity.
    """

    activity = models.OneToOneField(
        Activity,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="published",
        db_constraint=False,
    )
    search_text = models.TextField()
    # Of its documents those for everybody, as `activities.handouts` writes them.
    handouts = models.JSONField(_("documents"), default=list, blank=True)

    access = JOINT_PUBLISHED

    class Meta(Announced.Meta):
        abstract = False
        ordering = ["starts_at", "activity_id"]
        indexes = [
            *Led.Meta.indexes,
            GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), name="activity_search"),
            models.Index(fields=["starts_at", "activity"], name="activity_by_start"),
            models.Index(fields=["cluster", "starts_at"], name="published_by_cluster"),
        ]
        constraints = [
            *Led.Meta.constraints,
            *same_lead("published_activity", "activity", "activities.Activity"),
            models.UniqueConstraint(fields=["uid"], name="published_activity_uid_once"),
        ]


class PartState(models.TextChoices):
    INVITED = "invited", _("invited")
    ACCEPTED = "accepted", _("takes part")
    DECLINED = "declined", _("declined")
    LEFT = "left", _("left")


@tracked()
class ActivityPart(Led):
    """A cluster that was asked to hold an activity with its lead, and what it answered.

    Name and day are those of the activity, because the cluster that is asked does not read it
    before it accepts. A trigger brings `shared_with` of every row of the activity in line, and
    lets nobody accept but the cluster that was asked.
    """

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="parts", db_constraint=False
    )
    asked = models.ForeignKey(
        Cluster, verbose_name=_("cluster"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("answer"), max_length=10, choices=PartState.choices, default=PartState.INVITED
    )
    name = models.CharField(_("activity"), max_length=200, blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    words = models.CharField(_("what is asked"), max_length=500, blank=True)
    themes = models.CharField(_("themes"), max_length=500, blank=True)
    asked_on = models.DateField(_("asked on"))
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    access = JOINT_PART

    class Meta(Led.Meta):
        abstract = False
        ordering = ["asked_on", "id"]
        indexes = [
            *Led.Meta.indexes,
            models.Index(fields=["asked", "state"], name="activitypart_by_asked"),
            models.Index(fields=["cluster", "activity"], name="activitypart_by_activity"),
        ]
        constraints = [
            *Led.Meta.constraints,
            *same_lead("activitypart_activity", "activity", "activities.Activity"),
            models.UniqueConstraint(
                fields=["activity", "asked"],
                name="activitypart_once",
                violation_error_message=_("This cluster was asked already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.day)


class ActivityPlaces(Led):
    """How many places there are and how many are taken; a row exists once it is published.

    Apart from the activity, so that people who register at once wait for each other here and
    nowhere else, and that the constraint refuses one too many whoever asks. A trigger on
    registrations counts. No capacity: no limit.
    """

    activity = models.OneToOneField(
        Activity,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="places",
        db_constraint=False,
    )
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    taken = models.PositiveIntegerField(_("taken"), default=0)

    access = OPEN_PLACES

    class Meta(Led.Meta):
        abstract = False
        indexes = [
            *Led.Meta.indexes,
            models.Index(fields=["cluster", "activity"], name="places_by_cluster"),
        ]
        constraints = [
            *Led.Meta.constraints,
            *same_lead("places_activity", "activity", "activities.Activity"),
            models.CheckConstraint(
                name="places_are_not_given_twice",
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                violation_error_message=_("There are not that many places."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.taken} / {self.capacity if self.capacity is not None else '∞'}"

    @property
    def left(self) -> int | None:
        """None: no limit."""
        return None if self.capacity is None else max(self.capacity - self.taken, 0)
