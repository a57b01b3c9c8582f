"""A matchmaking day: its slots, what people say of themselves and wish, and who meets whom."""

from datetime import UTC, datetime, time, timedelta

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models.activities import Activity
from clusterwerk.activities.models.owners import Led, same_lead
from clusterwerk.activities.models.registrations import Registration
from clusterwerk.platform.access.classes import MATCHING
from clusterwerk.platform.history import tracked

MOST_SLOTS, MOST_TABLES = 60, 300
Span = tuple[datetime, datetime]


def _between(least: int, most: int) -> list[MinValueValidator | MaxValueValidator]:
    return [MinValueValidator(least), MaxValueValidator(most)]


def slot_times(begins: datetime, minutes: int, pause: int, slots: int, gaps: str) -> list[datetime]:
    """When each slot begins, in UTC: one that would run into a gap begins after it.

    Minutes are elapsed ones, also where the clocks change in between. `gaps` are hours of the local
    day on which it begins, such as `12:00-13:00, 15:00-15:20`; raises `ValueError` for others.
    """
    closed = [_span(begins, one) for one in gaps.split(",") if one.strip()]
    length, at = timedelta(minutes=minutes), begins.astimezone(UTC)
    times: list[datetime] = []
    while len(times) < slots:
        over = next((last for first, last in closed if first < at + length and at < last), None)
        if over is None:
            times.append(at)
        at = over or at + length + timedelta(minutes=pause)
    return times


def _span(begins: datetime, hours: str) -> Span:
    first, last = (
        datetime.combine(begins.date(), time.fromisoformat(hour.strip()), begins.tzinfo)
        for hour in hours.split("-")
    )
    if last <= first:
        raise ValueError(hours)
    return first.astimezone(UTC), last.astimezone(UTC)


@tracked()
class MatchRound(Led):
    """The slots and tables of a matchmaking activity, and how good its newest plan is.

    A plan is worth `served` people with a meeting that they asked for, and then `points`; the most
    of both is proven: no plan is worth more. `planned_from` is the digest of what the newest plan
    was made of. `version` rises with each publication, as calendars count it.
    """

    activity = models.OneToOneField(
        Activity,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="matching",
        db_constraint=False,
    )
    starts_at = models.DateTimeField(_("first meeting"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes of a meeting"), validators=_between(5, 240)
    )
    pause = models.PositiveSmallIntegerField(
        _("minutes between two"), default=0, validators=_between(0, 120)
    )
    slots = models.PositiveSmallIntegerField(
        _("meetings after each other"), validators=_between(1, MOST_SLOTS)
    )
    gaps = models.CharField(_("hours without meetings"), max_length=120, blank=True)
    tables = models.PositiveSmallIntegerField(_("tables"), validators=_between(1, MOST_TABLES))
    closes_at = models.DateTimeField(_("wishes until"))
    planned_at = models.DateTimeField(_("planned"), null=True, blank=True)
    planned_from = models.CharField(max_length=64, blank=True, editable=False)
    served = models.PositiveIntegerField(_("people with a wish fulfilled"), default=0)
    points = models.PositiveIntegerField(_("points of the plan"), default=0)
    most_served = models.PositiveIntegerField(_("people at most"), default=0)
    most_points = models.PositiveIntegerField(_("points at most"), default=0)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    noted_at = models.DateTimeField(_("on the timelines"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = MATCHING

    class Meta(Led.Meta):
        abstract = False
        indexes = [
            *Led.Meta.indexes,
            models.Index(fields=["cluster", "activity"], name="matchround_by_cluster"),
            models.Index(fields=["closes_at"], name="matchround_by_closing"),
        ]
        constraints = [
            *Led.Meta.constraints,
            *same_lead("matchround_activity", "activity", "activities.Activity"),
        ]

    def __str__(self) -> str:
        return f"{self.slots} x {self.minutes} min"

    def times(self) -> list[datetime]:
        begins = self.starts_at.astimezone(self.activity.zone)
        return slot_times(begins, self.minutes, self.pause, self.slots, self.gaps)

    def ends_at(self) -> datetime:
        return self.times()[-1] + timedelta(minutes=self.minutes)

    def fits_activity(self) -> bool:
        """Whether it lies within its activity, which may have moved since."""
        starts, ends = self.activity.starts_at, self.activity.ends_at
        if starts is None or ends is None:
            return False
        return starts <= self.starts_at and self.ends_at() <= ends

    @property
    def is_proven_best(self) -> bool:
        return (self.served, self.points) == (self.most_served, self.most_points)

    @property
    def share_reached(self) -> float:
        """Points of the plan, of those that no plan passes."""
        return min(self.points / self.most_points, 1.0) if self.most_points else 1.0


@tracked(personal=("looks_for", "offers"))
class MatchProfile(Led):
    """What somebody who registered says of themselves for a matchmaking day.

    Everybody who takes part reads the two texts. `away` are slots, from 0, in which the person is
    not there. `told` is the digest of the timetable that was mailed last.
    """

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    looks_for = models.TextField(_("looks for"), max_length=500, blank=True)
    offers = models.TextField(_("offers"), max_length=500, blank=True)
    away = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    told = models.CharField(max_length=64, blank=True, editable=False)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = MATCHING

    class Meta(Led.Meta):
        abstract = False
        ordering = ["id"]
        indexes = [
            *Led.Meta.indexes,
            models.Index(fields=["cluster", "activity"], name="matchprofile_by_cluster"),
        ]
        constraints = [
            *Led.Meta.constraints,
            *same_lead("matchprofile_activity", "activity", "activities.Activity"),
            *same_lead("matchprofile_registration", "registration", "activities.Registration"),
            models.UniqueConstraint(
                fields=["activity", "registration"], name="matchprofile_once_per_registration"
            ),
        ]

    def __str__(self) -> str:
        return str(self.registration)


class Mark(models.IntegerChoices):
    """How much somebody wants to meet another; nobody but the team reads it."""

    RATHER_NOT = 0, _("rather not")
    LIKE = 1, _("want to meet")
    KEEN = 2, _("want to meet very much")
    FIRST = 3, _("come for this")


class MatchWish(Led):
    """One person's mark for another; a changed mind leaves no trace."""

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    who = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    whom = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    mark = models.PositiveSmallIntegerField(_("mark"), choices=Mark.choices)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = MATCHING

    class Meta(Led.Meta):
        abstract = False
        ordering = ["id"]
        indexes = [
            *Led.Meta.indexes,
            models.Index(fields=["cluster", "activity"], name="matchwish_by_cluster"),
        ]
        constraints = [
            *Led.Meta.constraints,
            *same_lead("matchwish_activity", "activity", "activities.Activity"),
            *same_lead("matchwish_who", "who", "activities.Registration"),
            *same_lead("matchwish_whom", "whom", "activities.Registration"),
            models.UniqueConstraint(fields=["activity", "who", "whom"], name="matchwish_once"),
            models.CheckConstraint(
                name="matchwish_of_another",
                condition=~Q(who=F("whom")),
                violation_error_message=_("Nobody meets themselves."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}: {self.get_mark_display()}"


class MatchMeeting(Led):
    """Two people in a slot at a table, both numbered from 0.

    `is_planned`: in the newest plan; `is_published`: in the one that was mailed. A row of the old
    plan that the new one drops stands until the new one is published. `is_fixed` by the team: each
    new plan keeps it. `took_place` is what the team says; unknown: what the two and the door say.
    """

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    slot = models.PositiveSmallIntegerField(_("slot"))
    table = models.PositiveSmallIntegerField(_("table"))
    left = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    right = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    is_fixed = models.BooleanField(_("stays in each plan"), default=False)
    is_planned = models.BooleanField(default=True)
    is_published = models.BooleanField(default=False)
    took_place = models.BooleanField(_("took place"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = MATCHING

    class Meta(Led.Meta):
        abstract = False
        ordering = ["slot", "table", "id"]
        indexes = [
            *Led.Meta.indexes,
            models.Index(fields=["cluster", "activity"], name="matchmeeting_by_cluster"),
        ]
        constraints = [
            *Led.Meta.constraints,
            *same_lead("matchmeeting_activity", "activity", "activities.Activity"),
            *same_lead("matchmeeting_left", "left", "activities.Registration"),
            *same_lead("matchmeeting_right", "right", "activities.Registration"),
            models.UniqueConstraint(fields=["cluster", "id"], name="matchmeeting_of_cluster"),
            models.UniqueConstraint(fields=["agency", "id"], name="matchmeeting_of_agency"),
            *(
                models.UniqueConstraint(
                    fields=["activity", "slot", taken],
                    condition=Q(**{state: True}),
                    name=f"matchmeeting_{taken}_once_{state.removeprefix('is_')}",
                )
                for taken in ("table", "left", "right")
                for state in ("is_planned", "is_published")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left} \N{EN DASH} {self.right}"

    @property
    def ends(self) -> tuple[int, int]:
        """Numbers of the two registrations."""
        return self.left_id, self.right_id


class Useful(models.TextChoices):
    YES = "yes", _("yes")
    LITTLE = "little", _("a little")
    NO = "no", _("no")
    MISSED = "missed", _("it did not take place")


@tracked(personal=("note",))
class MatchResult(Led):
    """What one of the two says of a meeting afterwards."""

    meeting = models.ForeignKey(
        MatchMeeting, on_delete=models.PROTECT, related_name="results", db_constraint=False
    )
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    useful = models.CharField(_("useful"), max_length=10, choices=Useful.choices)
    goes_on = models.BooleanField(_("we go on"), default=False)
    note = models.TextField(_("note"), max_length=500, blank=True)
    said_at = models.DateTimeField(_("said"), default=timezone.now)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = MATCHING

    class Meta(Led.Meta):
        abstract = False
        ordering = ["id"]
        indexes = [
            *Led.Meta.indexes,
            models.Index(fields=["cluster", "meeting"], name="matchresult_by_cluster"),
        ]
        constraints = [
            *Led.Meta.constraints,
            *same_lead("matchresult_meeting", "meeting", "activities.MatchMeeting"),
            *same_lead("matchresult_registration", "registration", "activities.Registration"),
            models.UniqueConstraint(
                fields=["meeting", "registration"], name="matchresult_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.registration}: {self.get_useful_display()}"
