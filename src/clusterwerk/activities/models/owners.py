"""Who leads what several may read: a cluster or an agency (decision 0028)."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.platform.access.keys import OwnedKey


class Led(models.Model):
    """A row that one cluster or one agency leads, and that other clusters may read.

    `shared_with` are the clusters beside the lead that accepted; the row policies of the class
    JOINT compare them with those of the reader. Every row of an activity carries the same three.
    """

    cluster = models.ForeignKey(
        Cluster, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    shared_with = ArrayField(models.BigIntegerField(), default=list, blank=True)

    class Meta:
        abstract = True
        indexes = [GinIndex(fields=["shared_with"], name="%(class)s_shared_with")]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_has_one_lead",
                condition=Q(cluster__isnull=False, agency__isnull=True)
                | Q(cluster__isnull=True, agency__isnull=False),
                violation_error_message=_("Either a cluster or an agency leads this."),
            ),
        ]

    @property
    def owners(self) -> dict[str, object]:
        """What a row of the same lead carries."""
        return {
            "cluster_id": self.cluster_id,
            "agency_id": self.agency_id,
            "shared_with": self.shared_with,
        }


def same_lead(name: str, field: str, target: str) -> list[OwnedKey]:
    """Keys to a row of the same lead: of the two one is compared, the other column is empty."""
    return [
        OwnedKey(
            name=f"{name}_of_{owner}",
            columns=(f"{owner}_id", f"{field}_id"),
            target=target,
            references=(f"{owner}_id", "id"),
        )
        for owner in ("cluster", "agency")
    ]
