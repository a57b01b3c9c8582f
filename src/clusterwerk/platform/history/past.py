"""What all event models share."""

from django.db import models
from pghistory.models import Event


class PastEvent(Event):
    """One insert, update or delete, with the row as it then was; a delete, as it last was.

    `pgh_context` holds actor (account, or null for a command) and reason.
    """

    pgh_id = models.BigAutoField(primary_key=True)

    class Meta:
        abstract = True
