"""How long a cluster keeps what it knows of persons, and whom it must not bring back."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models.contacts import ConsentPurpose
from clusterwerk.platform.access.classes import CLUSTER
from clusterwerk.platform.history import tracked
from clusterwerk.platform.models import User
from clusterwerk.platform.ui.templatetags.ui import day

LONGEST = 600  # months


@tracked()
class RetentionRule(models.Model):
    """How many months a cluster keeps one kind of rows, and whether older ones go by themselves.

    `kind` is a key of `members/data/retention.toml`. No row is: proposed, and off.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    kind = models.SlugField(_("kind"), max_length=40)
    months = models.PositiveSmallIntegerField(
        _("months"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    is_on = models.BooleanField(_("in force"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "kind"], name="retention_rule_once"),
            models.CheckConstraint(
                name="retention_rule_of_months",
                condition=Q(months__gte=1, months__lte=LONGEST),
                violation_error_message=_("A rule keeps rows for 1 to 600 months."),
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class RetentionRun(models.Model):
    """A rule was carried out: what stood before `before` went, `taken` rows of it.

    Nobody asked for it when it ran by itself.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    kind = models.SlugField(_("kind"), max_length=40)
    ran_at = models.DateTimeField(_("when"), default=timezone.now)
    before = models.DateField(_("older than"))
    taken = models.PositiveIntegerField(_("rows that went"))
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    access = CLUSTER

    class Meta:
        ordering = ["-ran_at", "-id"]
        indexes = [models.Index(fields=["cluster", "-ran_at"], name="retention_run_by_moment")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.taken}"


class SuppressionCause(models.TextChoices):
    ERASED = "erased", _("erased")
    OPTED_OUT = "opted_out", _("wants no mail")


@tracked()
class Suppression(models.Model):
    """An e-mail address that an import or a mailing must not bring back, as a keyed digest.

    The address itself is not kept. `purposes` are those for which its holder withdrew or refused
    consent before the erasure.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    cause = models.CharField(_("cause"), max_length=10, choices=SuppressionCause.choices)
    purposes = ArrayField(
        models.CharField(max_length=30, choices=ConsentPurpose.choices),
        verbose_name=_("no consent for"),
        default=list,
        blank=True,
    )
    since = models.DateField(_("since"))

    access = CLUSTER

    class Meta:
        ordering = ["-since", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "digest"], name="suppression_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()}, {day(self.since)}"
