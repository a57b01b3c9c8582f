"""Memberships with their periods, categories and promised yearly contributions."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.classes import (
    CLUSTER,
    MEMBERSHIP,
    MEMBERSHIP_AMOUNT,
    ORGANISATION,
)
from clusterwerk.platform.access.keys import OwnedKey, cluster_of_agency, same_cluster
from clusterwerk.platform.history import tracked


@tracked()
class MembershipCategory(models.Model):
    """A kind of membership that a cluster offers."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT)
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), blank=True, max_length=2000)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_offered = models.BooleanField(_("offered to new members"), default=True)

    access = CLUSTER

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "name"], name="category_once_per_cluster"),
            models.UniqueConstraint(fields=["cluster", "id"], name="category_of_cluster"),
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuery(models.QuerySet["Membership"]):
    def on(self, day: date) -> Self:
        """Memberships whose period holds this day; the last day of a period is excluded."""
        return self.filter(period__contains=day)

    def paying(self) -> Self:
        return self.filter(is_paying=True)


@tracked()
class Membership(models.Model):
    """An organisation is a member of a cluster from the first day up to, not including, the last.

    The agency sees organisation, period and whether it pays, as evidence of its indicators; the
    amounts stand in `Contribution`, which it does not see.

    A change of category ends one row and begins the next. `continued_from` is then the first day
    of the unbroken membership, and `since` that day or, without one, the first of the period.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, related_name="memberships", db_constraint=False
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    category = models.ForeignKey(
        MembershipCategory, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    period = DateRangeField(_("period"))
    continued_from = models.DateField(_("continued from"), null=True, blank=True)
    since = models.GeneratedField(
        expression=Coalesce("continued_from", "period__startswith"),
        output_field=models.DateField(),
        db_persist=True,
    )
    is_paying = models.BooleanField(_("pays a contribution"))
    source = models.CharField(_("source"), max_length=200)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = MEMBERSHIP
    objects = MembershipQuery.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["cluster", "organisation"], name="membership_by_cluster"),
        ]
        constraints = [
            ExclusionConstraint(
                name="membership_no_overlap",
                expressions=[
                    ("cluster", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "This organisation already is a member of the cluster in this period."
                ),
            ),
            models.CheckConstraint(
                name="membership_period_begins",
                condition=Q(period__isempty=False, period__startswith__isnull=False),
                violation_error_message=_("A membership has a first day before its last."),
            ),
            models.CheckConstraint(
                name="membership_continued_from_before",
                condition=Q(continued_from__isnull=True)
                | Q(continued_from__lt=F("period__startswith")),
                violation_error_message=_("A membership continues one that began before it."),
            ),
            models.UniqueConstraint(
                fields=["cluster", "id", "organisation"], name="membership_of_cluster"
            ),
            cluster_of_agency("membership_cluster_of_agency"),
            same_cluster(
                "membership_category_of_cluster", "category", "members.MembershipCategory"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.cluster_id}"


@tracked()
class Contribution(models.Model):
    """What a member promised to pay for one working year, in euro."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="contributions", db_constraint=False
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    working_year = models.PositiveSmallIntegerField(_("working year"))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = MEMBERSHIP_AMOUNT

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "membership", "working_year"], name="contribution_once_a_year"
            ),
            models.CheckConstraint(
                name="contribution_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("A contribution is not negative."),
            ),
            OwnedKey(
                name="contribution_membership_of_cluster",
                columns=("cluster_id", "membership_id", "organisation_id"),
                target="members.Membership",
                references=("cluster_id", "id", "organisation_id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} in year {self.working_year}"


@tracked()
class SizeStatement(models.Model):
    """What an organisation told a cluster of its size in one year; unknown stays null.

    Headcount in annual work units, turnover and balance total in euro, of the organisation alone.
    `is_autonomous` says whether it has no partner or linked enterprises; those it has stand in
    `RelatedEnterprise`.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="size_statements"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    headcount = models.PositiveIntegerField(_("headcount"), null=True, blank=True)
    turnover = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    balance_total = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    is_autonomous = models.BooleanField(_("stands alone"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = ORGANISATION

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "organisation", "year"], name="size_once_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.headcount} in {self.year}"
