"""Where organisations are."""

from django.db import models

from clusterwerk.platform.access.classes import SHARED
from clusterwerk.platform.history import tracked
from clusterwerk.platform.text import name_sort_field


@tracked()
class Place(models.Model):
    """A municipality with its province and region; code of the national place register.

    Degrees of a point inside it, WGS 84; null when no source gives one.
    """

    nis_code = models.CharField(max_length=5)
    name = models.CharField(max_length=100)
    name_sort = name_sort_field()
    name_fr = models.CharField(max_length=100, blank=True, default="")
    province = models.CharField(max_length=60, blank=True)
    region = models.CharField(max_length=60)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)

    access = SHARED

    class Meta:
        ordering = ["name_sort"]
        constraints = [models.UniqueConstraint(fields=["nis_code"], name="place_nis_code_once")]

    def __str__(self) -> str:
        return self.name


class Postcode(models.Model):
    """A Belgian postcode in a municipality of today; a few lie in two of them."""

    code = models.CharField(max_length=4)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="postcodes")

    access = SHARED

    class Meta:
        ordering = ["code", "place_id"]
        constraints = [
            models.UniqueConstraint(fields=["code", "place"], name="postcode_once_per_place")
        ]

    def __str__(self) -> str:
        return self.code
