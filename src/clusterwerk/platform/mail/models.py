"""Mail that could not be handed over yet, or is handed over by a job."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.classes import OUTGOING_MAIL


class OutgoingMail(models.Model):
    """A mail as it will be sent: `content` holds addresses, subject, text and headers.

    It may hold a sign-in link. So only the action that sends reads it, through a door of its own,
    and it is deleted as soon as it is sent or its time is over.
    """

    content = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(db_index=True)

    access = OUTGOING_MAIL

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"
