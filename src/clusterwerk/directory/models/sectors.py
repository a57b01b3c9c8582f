"""What organisations do: activity codes, how they follow each other, and the ecosystems."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models.organisations import Organisation
from clusterwerk.platform.access.classes import PART_OF_SHARED_OR_PRIVATE, SHARED
from clusterwerk.platform.history import tracked


class Nomenclature(models.TextChoices):
    """By the year of its Belgian list, whose first four digits are the European class."""

    NACE_2003 = "2003", _("NACE Rev. 1.1 and NACE-BEL 2003")
    NACE_2008 = "2008", _("NACE Rev. 2 and NACE-BEL 2008")
    NACE_2025 = "2025", _("NACE Rev. 2.1 and NACE-BEL 2025")


class SectorLevel(models.IntegerChoices):
    """The number of digits tells the level, but for the letter of a section."""

    SECTION = 1, _("section")
    DIVISION = 2, _("division")
    GROUP = 3, _("group")
    CLASS = 4, _("class")
    SUBCLASS = 5, _("Belgian subclass")


class Sector(models.Model):
    """One code of one nomenclature; digits without dots, or the letter of a section.

    A label is empty where no source gives one in that language.
    """

    nomenclature = models.CharField(max_length=4, choices=Nomenclature.choices)
    code = models.CharField(max_length=7)
    level = models.PositiveSmallIntegerField(choices=SectorLevel.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    label_en = models.CharField(max_length=400, blank=True, default="")
    label_nl = models.CharField(max_length=400, blank=True, default="")
    source = models.CharField(max_length=200)

    access = SHARED

    class Meta:
        ordering = ["nomenclature", "code"]
        constraints = [
            models.UniqueConstraint(fields=["nomenclature", "code"], name="sector_once"),
        ]

    def __str__(self) -> str:
        return self.code


class SectorLink(models.Model):
    """A code that another nomenclature continues.

    `is_partial` says that only a part of the older code went to the newer one; whoever follows it
    cannot know on which side an organisation stands.
    """

    older = models.ForeignKey(Sector, on_delete=models.CASCADE, related_name="continued_by")
    newer = models.ForeignKey(Sector, on_delete=models.CASCADE, related_name="continues")
    is_partial = models.BooleanField()
    source = models.CharField(max_length=200)

    access = SHARED

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["older", "newer"], name="sector_link_once"),
            models.CheckConstraint(
                name="sector_link_to_another", condition=~Q(older=models.F("newer"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.older_id} to {self.newer_id}"


class Ecosystem(models.Model):
    """One of the fourteen European industrial ecosystems."""

    key = models.CharField(max_length=40)
    name = models.CharField(max_length=100)
    name_nl = models.CharField(max_length=100, blank=True, default="")
    position = models.PositiveSmallIntegerField()

    access = SHARED

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["key"], name="ecosystem_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """In the reader's language, where it has a name in it."""
        return (self.name_nl if (get_language() or "").startswith("nl") else "") or self.name


class EcosystemSector(models.Model):
    """A code that an ecosystem holds, and the share of it that counts, from 0 to 1.

    A weight of null is unknown; `is_confirmed` says whether a published source names the code.
    """

    ecosystem = models.ForeignKey(Ecosystem, on_delete=models.CASCADE, related_name="sectors")
    nomenclature = models.CharField(max_length=4, choices=Nomenclature.choices)
    code = models.CharField(max_length=7)
    weight = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    is_confirmed = models.BooleanField(default=False)
    source = models.CharField(max_length=200)

    access = SHARED

    class Meta:
        ordering = ["nomenclature", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["ecosystem", "nomenclature", "code"], name="ecosystem_sector_once"
            ),
            models.CheckConstraint(
                name="ecosystem_weight_is_a_share",
                condition=Q(weight__isnull=True) | Q(weight__gte=0, weight__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} in {self.ecosystem_id}"


@tracked()
class OrganisationSector(models.Model):
    """An activity that a register or a person gives an organisation.

    The code is kept as it was given, also where our lists do not hold it. Cluster and agency are
    those of the organisation, written by the database.
    """

    cluster_id = models.BigIntegerField(null=True, blank=True, editable=False)
    agency_id = models.BigIntegerField(null=True, blank=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sectors")
    nomenclature = models.CharField(_("nomenclature"), max_length=4, choices=Nomenclature.choices)
    code = models.CharField(_("activity code"), max_length=7)
    is_main = models.BooleanField(_("main activity"), default=False)
    source = models.CharField(_("source"), max_length=200)

    access = PART_OF_SHARED_OR_PRIVATE

    class Meta:
        ordering = ["-is_main", "-nomenclature", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "nomenclature", "code"], name="organisation_sector_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["cluster_id"],
                condition=Q(cluster_id__isnull=False),
                name="organisation_sector_private",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.nomenclature}"
