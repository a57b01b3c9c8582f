"""Why members left, for the cluster alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models.memberships import Membership
from clusterwerk.platform.access.classes import CLUSTER
from clusterwerk.platform.access.keys import OwnedKey
from clusterwerk.platform.history import tracked


class LeavingReason(models.TextChoices):
    COST = "cost", _("the contribution is too high")
    BENEFIT = "benefit", _("it brought too little")
    TIME = "time", _("no time or staff for it")
    STRATEGY = "strategy", _("it went another way")
    OTHER_CLUSTER = "other_cluster", _("it joined another cluster or network")
    TAKEN_OVER = "taken_over", _("it merged or was taken over")
    STOPPED = "stopped", _("it stopped or went bankrupt")
    EXCLUDED = "excluded", _("the cluster ended it")
    UNKNOWN = "unknown", _("unknown")
    OTHER = "other", _("other")


@tracked(personal=("note", "lesson"))
class Departure(models.Model):
    """Why a membership ended, and what the team learnt from it.

    Apart from the membership, because the agency and the member read that one. The last day
    stands there.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="departures", db_constraint=False
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=20, choices=LeavingReason.choices)
    note = models.TextField(_("note"), blank=True, max_length=4000)
    lesson = models.TextField(_("what we learnt"), blank=True, max_length=4000)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cluster", "membership"], name="departure_once"),
            OwnedKey(
                name="departure_membership_of_cluster",
                columns=("cluster_id", "membership_id", "organisation_id"),
                target="members.Membership",
                references=("cluster_id", "id", "organisation_id"),
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
