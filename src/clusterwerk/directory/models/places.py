"""Where organisations are."""

from django.db import models

from clusterwerk.platform.access.classes import SHARED
from clusterwerk.platform.history import tracked
from clusterwerk.platform.text import name_sort_field


@tracked()
class Place(models.Model):
    """A municipality with its province and region; code of the national place register."""

    nis_code = models.CharField(max_length=5)
    name = models.CharField(max_length=100)
    name_sort = name_sort_field()
    province = models.CharField(max_length=60, blank=True)
    region = models.CharField(max_length=60)

    access = SHARED

    class Meta:
        ordering = ["name_sort"]
        constraints = [models.UniqueConstraint(fields=["nis_code"], name="place_nis_code_once")]

    def __str__(self) -> str:
        return self.name
