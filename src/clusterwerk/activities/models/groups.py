"""Governing bodies and standing groups of a cluster: who sits in them, and what they decide."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models.activities import Activity
from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import Contact, Task
from clusterwerk.platform.access.classes import CLUSTER
from clusterwerk.platform.access.keys import same_cluster
from clusterwerk.platform.history import tracked

LONGEST_MINUTES = 10_000


class GroupKind(models.TextChoices):
    """The first four govern the cluster."""

    BOARD = "board", _("board")
    GENERAL_MEETING = "general_meeting", _("general meeting")
    STEERING_GROUP = "steering_group", _("steering group")
    ADVISORY_BOARD = "advisory_board", _("advisory board")
    WORKING_GROUP = "working_group", _("working group")
    LEARNING_NETWORK = "learning_network", _("learning network")


GOVERNING = (
    GroupKind.BOARD,
    GroupKind.GENERAL_MEETING,
    GroupKind.STEERING_GROUP,
    GroupKind.ADVISORY_BOARD,
)


@tracked()
class StandingGroup(models.Model):
    """A body or group that meets more than once, from a day on until another, if any."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=150)
    kind = models.CharField(_("kind"), max_length=20, choices=GroupKind.choices)
    purpose = models.TextField(_("what it is for"), max_length=2000, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("first day without"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="group_of_cluster"),
            models.UniqueConstraint(
                F("cluster"),
                Lower("name"),
                name="group_name_once",
                violation_error_message=_("Another group of the cluster has this name."),
            ),
            models.CheckConstraint(
                name="group_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gt=F("since")),
                violation_error_message=_("A group has a first day before its last."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_governing(self) -> bool:
        return self.kind in GOVERNING


class MandateRole(models.TextChoices):
    CHAIR = "chair", _("chair")
    MEMBER = "member", _("member")
    SECRETARY = "secretary", _("secretary")
    OBSERVER = "observer", _("observer")


VOTING = (MandateRole.CHAIR, MandateRole.MEMBER)


class MandateQuery(models.QuerySet["Mandate"]):
    def on(self, day: date) -> Self:
        """Those whose period holds this day; the last day of a period is excluded."""
        return self.filter(period__contains=day)


@tracked(personal=("name",))
class Mandate(models.Model):
    """Who sits in a group for which organisation, from a day up to another.

    A contact, or a name where the person is none; neither: the organisation named nobody yet.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        StandingGroup, on_delete=models.PROTECT, related_name="mandates", db_constraint=False
    )
    contact = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(
        _("role"), max_length=10, choices=MandateRole.choices, default=MandateRole.MEMBER
    )
    period = DateRangeField(_("period"))
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER
    objects = MandateQuery.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["cluster", "group"], name="mandate_by_group"),
            models.Index(fields=["cluster", "contact"], name="mandate_by_contact"),
            models.Index(fields=["cluster", "organisation"], name="mandate_by_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="mandate_of_cluster"),
            same_cluster("mandate_group_of_cluster", "group", "activities.StandingGroup"),
            same_cluster("mandate_contact_of_cluster", "contact", "members.Contact"),
            models.CheckConstraint(
                name="mandate_period_holds_a_day",
                condition=Q(period__isempty=False, period__startswith__isnull=False),
                violation_error_message=_("A mandate has a first day before its last."),
            ),
            models.CheckConstraint(
                name="mandate_is_somebodys",
                condition=Q(contact__isnull=False) | ~Q(name="") | Q(organisation__isnull=False),
                violation_error_message=_("Say who sits there, or for which organisation."),
            ),
            ExclusionConstraint(
                name="mandate_once_at_a_time",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("contact", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(contact__isnull=False),
                violation_error_message=_("This person sits in the group in this period already."),
            ),
            ExclusionConstraint(
                name="mandate_name_once_at_a_time",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    (Lower("name"), RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(contact=None) & ~Q(name=""),
                violation_error_message=_("This name sits in the group in this period already."),
            ),
        ]

    def __str__(self) -> str:
        if self.contact is not None:
            return str(self.contact)
        return self.name or str(self.organisation or "")


@tracked()
class GroupMeeting(models.Model):
    """An activity that is a meeting of a group, with its minutes; `fixed_at`: they stand."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(
        StandingGroup, on_delete=models.PROTECT, related_name="meetings", db_constraint=False
    )
    activity = models.OneToOneField(
        Activity, on_delete=models.PROTECT, related_name="group_meeting", db_constraint=False
    )
    fixed_at = models.DateTimeField(_("minutes fixed"), null=True, blank=True)
    invited_at = models.DateTimeField(_("invited"), null=True, blank=True)
    sent_at = models.DateTimeField(_("minutes sent"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["-activity__day", "-id"]
        indexes = [models.Index(fields=["cluster", "group"], name="meeting_by_group")]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="groupmeeting_of_cluster"),
            same_cluster("groupmeeting_group_of_cluster", "group", "activities.StandingGroup"),
            same_cluster("groupmeeting_activity_of_cluster", "activity", "activities.Activity"),
        ]

    def __str__(self) -> str:
        return str(self.activity)


@tracked(personal=("title", "presenter", "text", "notes", "decision"))
class AgendaPoint(models.Model):
    """What a meeting speaks of: announced in `text`, told afterwards in `notes`; minutes of time.

    A text that is mended after the minutes were fixed says so by `corrected_at`.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(
        GroupMeeting, on_delete=models.PROTECT, related_name="points", db_constraint=False
    )
    position = models.PositiveSmallIntegerField(_("place"))
    title = models.CharField(_("title"), max_length=200)
    presenter = models.CharField(_("who presents it"), max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes planned"), null=True, blank=True, validators=[MaxValueValidator(600)]
    )
    text = models.TextField(_("text"), max_length=LONGEST_MINUTES, blank=True)
    notes = models.TextField(_("minutes"), max_length=LONGEST_MINUTES, blank=True)
    decision = models.TextField(_("decision"), max_length=LONGEST_MINUTES, blank=True)
    corrected_at = models.DateTimeField(_("corrected"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["cluster", "meeting"], name="point_by_meeting")]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="point_of_cluster"),
            same_cluster("point_meeting_of_cluster", "meeting", "activities.GroupMeeting"),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class ActionPoint(models.Model):
    """What a meeting asked somebody to do: a task of the team, which later meetings come back to.

    `mandate` is who does it, where that is nobody of the team.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(
        GroupMeeting, on_delete=models.PROTECT, related_name="actions", db_constraint=False
    )
    task = models.OneToOneField(
        Task, on_delete=models.CASCADE, related_name="action_point", db_constraint=False
    )
    mandate = models.ForeignKey(
        Mandate,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["cluster", "meeting"], name="action_by_meeting")]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="action_of_cluster"),
            same_cluster("action_meeting_of_cluster", "meeting", "activities.GroupMeeting"),
            same_cluster("action_task_of_cluster", "task", "members.Task"),
            same_cluster("action_mandate_of_cluster", "mandate", "activities.Mandate"),
        ]

    def __str__(self) -> str:
        return str(self.task)
