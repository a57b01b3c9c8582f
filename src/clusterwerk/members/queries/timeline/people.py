"""Positions that contacts took up and left, and what they agreed to."""

from collections.abc import Callable
from datetime import datetime
from functools import cache

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.members.models import Position
from clusterwerk.members.queries.people import consents_said
from clusterwerk.members.queries.timeline.shared import Entries, newest, start_of, subject_of
from clusterwerk.members.timeline import TimelineEntry
from clusterwerk.platform.prepared import prepared


def positions(
    cluster: int,
    organisation: int | None,
    contact: int | None,
    before: datetime | None,
    limit: int,
) -> Entries:
    """Contacts who came and went."""
    column, about = subject_of(organisation, contact)
    today = timezone.localdate()
    found = []
    for row in _positions(column)(cluster, about):
        who = _("%(contact)s, %(position)s at %(organisation)s") % {
            "contact": row.contact,
            "position": row,
            "organisation": row.organisation,
        }
        begins = (row.period.lower, _("New position")), (row.period.upper, _("Position ended"))
        found += [
            TimelineEntry(
                at=start_of(day), kind="position", icon="user", title=title, text=who,
                has_time=False, is_demo=row.is_demo,
            )
            for day, title in begins
            if day and day <= today
        ]  # fmt: skip
    return newest(found, before, limit)


@cache
def _positions(column: str) -> Callable[[int, int], list[Position]]:
    @prepared
    def ask(cluster: int, about: int) -> QuerySet[Position]:
        rows = Position.objects.filter(cluster_id=cluster, **{column: about})
        return rows.select_related("contact", "organisation")

    return ask


def consents(
    cluster: int,
    _organisation: int | None,
    contact: int | None,
    before: datetime | None,
    limit: int,
) -> Entries:
    if contact is None:
        return []
    found = [
        TimelineEntry(
            at=start_of(row.said_on),
            kind="consent",
            icon="check",
            title=_("Consent"),
            text=str(row),
            has_time=False,
            is_demo=row.is_demo,
        )
        for row in consents_said(cluster, contact)
    ]
    return newest(found, before, limit)
