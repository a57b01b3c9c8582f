"""Which news of the enterprise register a cluster has dealt with."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import RegisterChange
from clusterwerk.platform.access.classes import CLUSTER


class HandledRegisterChange(models.Model):
    """Somebody of the team read that a member moved or stopped, and did what it asks for."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+")
    change = models.ForeignKey(RegisterChange, models.CASCADE, related_name="handled")
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    handled_at = models.DateTimeField(default=timezone.now)

    access = CLUSTER

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "change"], name="handled_register_change_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.change)
