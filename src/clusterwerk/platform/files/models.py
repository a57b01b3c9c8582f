"""Files of one person, for a while."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.classes import OWN_FILE

KEPT = timedelta(days=7)


class PreparedFileQuery(models.QuerySet["PreparedFile"]):
    def expired(self, now: datetime) -> "PreparedFileQuery":
        return self.filter(expires_at__lte=now)


class PreparedFile(models.Model):
    """A file that a job made for a person; nobody else reads it, the steward neither.

    `stored_as` is its random name in the store; `size` is in bytes, `digest` is SHA-256 in hex.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    stored_as = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    access = OWN_FILE
    objects: ClassVar[models.Manager["PreparedFile"]] = PreparedFileQuery.as_manager()

    class Meta:
        verbose_name = _("prepared file")
        verbose_name_plural = _("prepared files")

    def __str__(self) -> str:
        return self.name
