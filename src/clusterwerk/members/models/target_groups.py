"""Which enterprises a cluster wants to reach, and what was counted of them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.classes import CLUSTER
from clusterwerk.platform.access.keys import same_cluster
from clusterwerk.platform.history import tracked
from clusterwerk.platform.ui.templatetags.ui import day


def _codes(length: int) -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=length), default=list, blank=True)


@tracked()
class TargetGroup(models.Model):
    """A cluster's own description of its enterprises, over the enterprise register.

    Every part that is filled in must hold; inside a part one of its values is enough; an empty
    part leaves everybody in. Sectors are `nomenclature:code`, with all that lies under the code;
    they are looked for among main activities, in the other nomenclature by the crosswalk. Places
    are NIS codes, or names of provinces and regions. A register that does not know the headcount
    leaves nobody out by it: who is unknown is counted as such.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="target_groups")
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), blank=True, default="", max_length=2000)
    sectors = _codes(12)
    municipalities = _codes(5)
    provinces = _codes(60)
    regions = _codes(60)
    sizes = _codes(10)
    keywords = _codes(60)
    legal_forms = _codes(5)
    natural_persons = models.BooleanField(_("natural persons too"), default=False)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "name"],
                name="target_group_once_per_cluster",
                violation_error_message=_("The cluster already has a target group of this name."),
            ),
            models.UniqueConstraint(fields=["cluster", "id"], name="target_group_of_cluster"),
        ]

    def __str__(self) -> str:
        return self.name


class TargetGroupCount(models.Model):
    """What a target group came to on a day, over one edition of the register.

    `definition` holds the group as it was then, because a group that is described anew is another
    group. `cells` holds the enterprises, members and unknown of each sector and province.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.CASCADE, related_name="counts", db_constraint=False
    )
    day = models.DateField(_("day"))
    counted_at = models.DateTimeField()
    register_day = models.DateField(_("day of the register"), null=True, blank=True)
    definition = models.JSONField()
    enterprises = models.PositiveIntegerField(_("enterprises"))
    members = models.PositiveIntegerField(_("members"))
    size_unknown = models.PositiveIntegerField(_("size unknown"))
    cells = models.JSONField()
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(fields=["cluster", "target_group", "-day"], name="target_group_counts")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "target_group", "day"], name="target_group_count_once_a_day"
            ),
            models.CheckConstraint(
                name="target_group_members_are_part",
                condition=Q(members__lte=models.F("enterprises")),
            ),
            same_cluster("target_group_count_of_cluster", "target_group", "members.TargetGroup"),
        ]

    def __str__(self) -> str:
        return f"{self.members} of {self.enterprises} on {day(self.day)}"
