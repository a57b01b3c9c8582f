"""Who owns a member and what it owns, for its legal SME class."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.classes import ORGANISATION
from clusterwerk.platform.history import tracked


class Stream(models.TextChoices):
    """On which side of the member the other enterprise stands."""

    UPSTREAM = "upstream", _("holds a share of the member")
    DOWNSTREAM = "downstream", _("the member holds a share of it")


class HolderKind(models.TextChoices):
    """Holders of a share that the definition treats apart from other enterprises."""

    ENTERPRISE = "enterprise", _("enterprise")
    EXEMPT_INVESTOR = "exempt_investor", _("university, institutional or venture investor")
    PUBLIC_BODY = "public_body", _("public body")


@tracked(personal=("name", "number"))
class RelatedEnterprise(models.Model):
    """An enterprise with a share of a member, or the other way round, as told for one year.

    Share in percent of capital or votes, the higher of the two; headcount in annual work units,
    turnover and balance total in euro, each with the enterprise's own linked ones included.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="related_enterprises"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    name = models.CharField(_("name"), max_length=200)
    number = models.CharField(_("number"), max_length=40, blank=True)
    stream = models.CharField(_("relation"), max_length=10, choices=Stream.choices)
    holder_kind = models.CharField(
        _("kind"), max_length=20, choices=HolderKind.choices, default=HolderKind.ENTERPRISE
    )
    share = models.DecimalField(
        _("share in percent"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    has_control = models.BooleanField(
        _("one controls the other, whatever the share"), default=False
    )
    headcount = models.DecimalField(
        _("headcount"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    turnover = models.DecimalField(
        _("turnover"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    balance_total = models.DecimalField(
        _("balance total"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    source = models.CharField(_("source"), max_length=200)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = ORGANISATION

    class Meta:
        ordering = ["-year", "name", "id"]
        indexes = [
            models.Index(fields=["cluster", "organisation", "year"], name="related_by_cluster"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "organisation", "year", "stream", "name"],
                name="related_enterprise_once_a_year",
                violation_error_message=_("This enterprise is written down for this year already."),
            ),
            models.CheckConstraint(
                name="related_enterprise_share",
                condition=Q(share__gte=0, share__lte=100),
                violation_error_message=_("A share is 0 to 100 percent."),
            ),
            models.CheckConstraint(
                name="related_enterprise_not_negative",
                condition=(Q(headcount__isnull=True) | Q(headcount__gte=0))
                & (Q(turnover__isnull=True) | Q(turnover__gte=0))
                & (Q(balance_total__isnull=True) | Q(balance_total__gte=0)),
                violation_error_message=_(
                    "Headcount, turnover and balance total are not negative."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name
