"""What a category of membership costs and what it promises in return."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.measure.capacity import KindOfWork
from clusterwerk.members.models.memberships import MembershipCategory
from clusterwerk.platform.access.classes import CLUSTER
from clusterwerk.platform.access.keys import same_cluster
from clusterwerk.platform.history import tracked
from clusterwerk.platform.ui.templatetags.ui import day

KIND_OF_WORK_NAMES = {
    KindOfWork.ADMINISTRATION: _("administration"),
    KindOfWork.MATCHMAKING: _("matchmaking"),
    KindOfWork.EVENTS: _("events"),
    KindOfWork.PROJECTS: _("projects"),
    KindOfWork.POLICY: _("policy"),
}


class RuleKind(models.TextChoices):
    """By what the yearly contribution of a category differs."""

    FIXED = "fixed", _("one amount for all")
    HEADCOUNT_CLASS = "headcount_class", _("by headcount class")
    EVALUATION_SIZE = "evaluation_size", _("by evaluation size (below 50, 50 and more)")
    ORGANISATION_KIND = "organisation_kind", _("by kind of organisation")


@tracked()
class ContributionRule(models.Model):
    """What members of a category pay a year, in working years that begin in the rule's period.

    `first_year_percent` of it in the working year in which a member joins. The amounts stand in
    `ContributionRate`. A category has one rule at a time.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(
        MembershipCategory,
        on_delete=models.PROTECT,
        related_name="contribution_rules",
        db_constraint=False,
    )
    kind = models.CharField(_("differs"), max_length=20, choices=RuleKind.choices)
    first_year_percent = models.DecimalField(
        _("percent in the first year"),
        max_digits=5,
        decimal_places=2,
        default=100,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    period = DateRangeField(_("holds"))

    access = CLUSTER

    class Meta:
        ordering = ["category_id", "-period"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="contribution_rule_of_cluster"),
            ExclusionConstraint(
                name="contribution_rule_no_overlap",
                expressions=[
                    ("cluster", RangeOperators.EQUAL),
                    ("category", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This category already has a rule in this period."),
            ),
            models.CheckConstraint(
                name="contribution_rule_begins",
                condition=Q(period__isempty=False, period__startswith__isnull=False),
                violation_error_message=_("A rule has a first day before its last."),
            ),
            models.CheckConstraint(
                name="contribution_rule_percent",
                condition=Q(first_year_percent__gte=0, first_year_percent__lte=100),
                violation_error_message=_("The first year costs 0 to 100 percent of a year."),
            ),
            same_cluster(
                "contribution_rule_category_of_cluster", "category", "members.MembershipCategory"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({day(self.period.lower)})"


@tracked()
class ContributionRate(models.Model):
    """The amount a year, in euro, for one size or kind of organisation of a rule.

    `applies_to` is a headcount class, an evaluation size or a kind of organisation; empty for
    everybody whom no other amount of the rule names.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(
        ContributionRule, on_delete=models.PROTECT, related_name="rates", db_constraint=False
    )
    applies_to = models.CharField(_("for"), max_length=30, blank=True)
    amount = models.DecimalField(_("amount a year"), max_digits=12, decimal_places=2)

    access = CLUSTER

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "rule", "applies_to"],
                name="contribution_rate_once",
                violation_error_message=_("This amount is written down twice."),
            ),
            models.CheckConstraint(
                name="contribution_rate_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("A contribution is not negative."),
            ),
            same_cluster("contribution_rate_rule_of_cluster", "rule", "members.ContributionRule"),
        ]

    def __str__(self) -> str:
        return f"{self.applies_to}: {self.amount}"


@tracked()
class Service(models.Model):
    """What the team does for each member of a category, and the hours a year that it takes.

    A service that is not included is charged apart, and counts no hours as promised to everybody.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    category = models.ForeignKey(
        MembershipCategory, on_delete=models.PROTECT, related_name="services", db_constraint=False
    )
    name = models.CharField(_("name"), max_length=200)
    kind_of_work = models.CharField(
        _("kind of work"),
        max_length=20,
        choices=[(kind.value, name) for kind, name in KIND_OF_WORK_NAMES.items()],
    )
    hours_per_member_year = models.DecimalField(
        _("hours for each member a year"), max_digits=6, decimal_places=2
    )
    is_included = models.BooleanField(_("included in the contribution"), default=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    access = CLUSTER

    class Meta:
        ordering = ["position", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "category", "name"],
                name="service_once_per_category",
                violation_error_message=_("This category already offers a service of this name."),
            ),
            models.CheckConstraint(
                name="service_hours_not_negative",
                condition=Q(hours_per_member_year__gte=0),
                violation_error_message=_("Hours are not negative."),
            ),
            same_cluster("service_category_of_cluster", "category", "members.MembershipCategory"),
        ]

    def __str__(self) -> str:
        return self.name
