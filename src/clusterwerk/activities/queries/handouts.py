"""The documents of an activity, as its team sees them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from clusterwerk.activities.models import Activity, Handout, HandoutFile
from clusterwerk.platform.errors import NotHereError


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as somebody takes it home."""

    name: str
    media_type: str
    content: bytes


def handouts_of(activity: Activity) -> list[Handout]:
    """In their order, each with how often it was fetched; what they hold is not read."""
    rows = Handout.objects.filter(activity=activity).select_related("file")
    return list(rows.defer("file__content"))


def handout_of(activity: Activity, handout: int) -> Handout:
    """Raises `NotHereError`."""
    found = Handout.objects.filter(activity=activity, pk=handout).first()
    if found is None:
        raise NotHereError(_("This document is not here, or not any more."))
    return found


def content_of(handout: Handout) -> Fetched:
    rows = HandoutFile.objects.filter(pk=handout.pk)
    content = rows.values_list("content", flat=True).get()
    return Fetched(handout.name, handout.media_type, bytes(content))
