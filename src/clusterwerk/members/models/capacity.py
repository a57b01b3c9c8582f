"""Who works for the cluster organisation, and what the hours go to."""

from django.contrib.postgres.fields import DateRangeField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.measure.capacity import KindOfWork
from clusterwerk.members.models.categories import KIND_OF_WORK_NAMES
from clusterwerk.platform.access.classes import CLUSTER
from clusterwerk.platform.access.keys import same_cluster
from clusterwerk.platform.history import tracked

MOST_HOURS = 744  # hours of the longest month: nobody writes down more
WORK_CHOICES = [(kind.value, KIND_OF_WORK_NAMES[kind]) for kind in KindOfWork]


@tracked(personal=("worker",))
class TeamPost(models.Model):
    """Somebody who works for the cluster, and for how much of a full-time year.

    The last day of the period is excluded. A person whose part changes gets a second post.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    worker = models.CharField(_("name"), max_length=100)
    full_time_share = models.DecimalField(
        _("part of a full-time year"),
        max_digits=3,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    period = DateRangeField(_("period"))
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["worker", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="team_post_of_cluster"),
            models.CheckConstraint(
                name="team_post_part_of_full_time",
                condition=Q(full_time_share__gt=0, full_time_share__lte=1),
                violation_error_message=_("A post is more than 0 and at most 1 of a full year."),
            ),
            models.CheckConstraint(
                name="team_post_begins",
                condition=Q(period__isempty=False, period__startswith__isnull=False),
                violation_error_message=_("A post has a first day before its last."),
            ),
        ]

    def __str__(self) -> str:
        return self.worker


@tracked()
class TeamHours(models.Model):
    """Hours that a post spent on one kind of work in one month, named by its first day."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(
        TeamPost, on_delete=models.PROTECT, related_name="hours_worked", db_constraint=False
    )
    month = models.DateField(_("month"))
    kind = models.CharField(_("kind of work"), max_length=20, choices=WORK_CHOICES)
    hours = models.DecimalField(
        _("hours"),
        max_digits=6,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_HOURS)],
    )
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "month", "post", "kind"],
                name="team_hours_once",
                violation_error_message=_("These hours are written down already."),
            ),
            models.CheckConstraint(
                name="team_hours_possible",
                condition=Q(hours__gte=0, hours__lte=MOST_HOURS),
                violation_error_message=_("A month has 0 to 744 hours."),
            ),
            models.CheckConstraint(
                name="team_hours_by_month",
                condition=Q(month__day=1),
                violation_error_message=_("Hours are kept by the first day of their month."),
            ),
            same_cluster("team_hours_post_of_cluster", "post", "members.TeamPost"),
        ]

    def __str__(self) -> str:
        return f"{self.hours} {self.kind} in {self.month:%Y-%m}"
