"""What was agreed about a hand-over, and what it did."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.classes import HAND_OVER
from clusterwerk.platform.access.keys import OwnedKey, cluster_of_agency
from clusterwerk.platform.history import tracked
from clusterwerk.platform.models import User


def _person() -> "models.ForeignKey[User | None, User | None]":
    return models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


@tracked()
class HandOver(models.Model):
    """From which day another organisation hosts the cluster, or another cluster takes it in.

    `agreed` is the word of the cluster that goes, `accepted` that of the cluster that takes it in.
    `keeps_team` says that the people go along; `new_manager` is who leads the cluster afterwards.
    `outcome` lists what was done, as it was told to those who agreed.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, related_name="hand_overs", db_constraint=False
    )
    to_cluster = models.ForeignKey(
        Cluster,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )
    to_host = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    new_manager = _person()
    keeps_team = models.BooleanField(_("the team goes along"), default=True)
    day = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=500)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by = _person()
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = _person()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = _person()
    carried_out_at = models.DateTimeField(null=True, blank=True)
    carried_out_by = _person()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = _person()
    outcome = models.JSONField(null=True, blank=True)

    access = HAND_OVER

    class Meta:
        ordering = ["-proposed_at", "-id"]
        constraints = [
            cluster_of_agency("hand_over_cluster_of_agency"),
            OwnedKey(
                name="hand_over_to_cluster_of_agency",
                columns=("agency_id", "to_cluster_id"),
                target="clusters.Cluster",
                references=("agency_id", "id"),
            ),
            models.CheckConstraint(
                name="hand_over_to_one_place",
                condition=Q(to_cluster__isnull=False, to_host__isnull=True)
                | Q(to_cluster__isnull=True, to_host__isnull=False),
                violation_error_message=_(
                    "A hand-over leads to another host or to another cluster, not to both."
                ),
            ),
            models.CheckConstraint(
                name="hand_over_elsewhere",
                condition=Q(to_cluster__isnull=True) | ~Q(to_cluster=F("cluster")),
                violation_error_message=_("A cluster is not handed over to itself."),
            ),
            models.UniqueConstraint(
                fields=["cluster"],
                condition=Q(carried_out_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_hand_over",
                violation_error_message=_("Another hand-over of this cluster is still open."),
            ),
        ]
        indexes = [models.Index(fields=["to_cluster"], name="hand_over_to")]

    def __str__(self) -> str:
        return f"hand-over of {self.cluster_id}"

    @property
    def is_open(self) -> bool:
        return self.carried_out_at is None and self.withdrawn_at is None

    @property
    def needs_agreement(self) -> bool:
        """Whether the cluster that goes has still to agree, because its agency proposed it."""
        return self.agreed_at is None

    @property
    def needs_acceptance(self) -> bool:
        """Whether the cluster that takes it in has still to agree."""
        return self.to_cluster_id is not None and self.accepted_at is None
