"""What all event models share."""

from typing import Any

from django.db import models
from pghistory.models import Event


class PastEvent(Event):
    """One insert, update or delete, with the row as it then was; a delete, as it last was.

    `pgh_context` holds actor (account, or null for a command) and reason.
    """

    pgh_id = models.BigAutoField(primary_key=True)

    # Each event model has these besides; a declaration without a value makes no column.
    pgh_obj_id: int
    pgh_context: dict[str, Any] | None

    class Meta:
        abstract = True
