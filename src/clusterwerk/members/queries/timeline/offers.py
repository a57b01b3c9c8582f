"""Needs and offers, told and closed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from clusterwerk.clusters.queries import key_of_cluster
from clusterwerk.members.models import NeedOrOffer, OfferKind
from clusterwerk.members.queries.offers import offers_told
from clusterwerk.members.queries.timeline.shared import Entries, newest, start_of
from clusterwerk.members.timeline import TimelineEntry


def offers(
    cluster: int,
    organisation: int | None,
    _contact: int | None,
    before: datetime | None,
    limit: int,
) -> Entries:
    """Needs and offers that the member told, and when it closed them."""
    if organisation is None:
        return []
    rows = offers_told(cluster, organisation)
    key = key_of_cluster(cluster) if rows else ""
    return newest((entry for row in rows for entry in _offer(row, key)), before, limit)


def _offer(row: NeedOrOffer, key: str) -> Iterable[TimelineEntry]:
    is_need = row.kind == OfferKind.NEED
    facts: dict[str, Any] = {
        "kind": "offer",
        "icon": "search" if is_need else "flag",
        "text": row.title,
        "url": reverse("members:offer_detail", args=[key, row.pk]),
        "has_time": False,
        "is_demo": row.is_demo,
    }
    title = _("Told a need") if is_need else _("Told an offer")
    yield TimelineEntry(at=start_of(row.told_on), title=title, **facts)
    if row.closed_on:
        closed = _("Closed a need") if is_need else _("Closed an offer")
        became = f"{closed}: {row.get_outcome_display()}" if row.outcome else closed
        yield TimelineEntry(at=start_of(row.closed_on), title=became, **facts)
