"""Schemes, calls, agreements and targets: what an agency promises and asks."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.platform.access.classes import AGENCY_WRITES, PROGRAMME_RULES
from clusterwerk.platform.access.keys import OwnedKey, cluster_of_agency
from clusterwerk.platform.history import tracked


def same_agency(name: str, field: str, target: str) -> OwnedKey:
    """Key to a row of the same agency."""
    return OwnedKey(
        name=name,
        columns=("agency_id", f"{field}_id"),
        target=target,
        references=("agency_id", "id"),
    )


@tracked()
class Scheme(models.Model):
    """One dated version of a funding scheme; its rules stand in the data file of that name."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    key = models.SlugField(max_length=60)
    version = models.CharField(max_length=20)

    access = PROGRAMME_RULES

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "key", "version"], name="scheme_version_once_per_agency"
            ),
            models.UniqueConstraint(fields=["agency", "id"], name="scheme_of_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.version})"


@tracked()
class Call(models.Model):
    """A call for applications under a scheme, numbered within it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, db_constraint=False)
    number = models.PositiveSmallIntegerField()

    access = PROGRAMME_RULES

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="call_number_once"),
            models.UniqueConstraint(fields=["agency", "id"], name="call_of_agency"),
            same_agency("call_scheme_of_agency", "scheme", "programme.Scheme"),
        ]

    def __str__(self) -> str:
        return str(self.number)


@tracked()
class Agreement(models.Model):
    """What agency and cluster agreed: scheme, period and subsidy (euro over the whole period).

    A start or a subsidy that no source gives is null, never guessed; `period_basis` says where the
    dates come from.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, related_name="agreements", db_constraint=False
    )
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, db_constraint=False)
    call = models.ForeignKey(
        Call, null=True, blank=True, on_delete=models.PROTECT, db_constraint=False
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"))
    period_basis = models.CharField(max_length=200)
    subsidy = models.DecimalField(
        _("subsidy"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    outlook = models.CharField(_("outlook"), max_length=300, blank=True)
    outlook_elsewhere = models.CharField(max_length=300, blank=True)

    access = AGENCY_WRITES

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "scheme"], name="agreement_once_per_scheme"),
            models.CheckConstraint(
                name="agreement_ends_after_it_begins",
                condition=Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("An agreement ends after it begins."),
            ),
            models.CheckConstraint(
                name="agreement_subsidy_not_negative",
                condition=Q(subsidy__isnull=True) | Q(subsidy__gte=0),
                violation_error_message=_("A subsidy is not negative."),
            ),
            cluster_of_agency("agreement_cluster_of_agency"),
            same_agency("agreement_scheme_of_agency", "scheme", "programme.Scheme"),
            same_agency("agreement_call_of_agency", "call", "programme.Call"),
        ]

    def __str__(self) -> str:
        return f"agreement of {self.cluster_id}"


@tracked()
class Target(models.Model):
    """A value an indicator must reach some months after the start, for a cluster or all of them.

    Without a cluster it is the programme's own; `indicator` is a key of the indicator list.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    cluster = models.ForeignKey(
        Cluster,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="targets",
        db_constraint=False,
    )
    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, db_constraint=False)
    indicator = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=14, decimal_places=2)
    due_after_months = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = AGENCY_WRITES

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "cluster", "scheme", "indicator"],
                nulls_distinct=False,
                name="target_once_per_indicator",
            ),
            models.CheckConstraint(
                name="target_not_negative",
                condition=Q(value__gte=0),
                violation_error_message=_("A target is not negative."),
            ),
            cluster_of_agency("target_cluster_of_agency"),
            same_agency("target_scheme_of_agency", "scheme", "programme.Scheme"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.value}"
