"""Expectations voiced and answered, tasks done."""

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from clusterwerk.members.models import Expectation, Task
from clusterwerk.members.queries.timeline.shared import NEVER, Entries, newest, start_of, subject_of
from clusterwerk.members.timeline import TimelineEntry
from clusterwerk.platform.history.records import known_people
from clusterwerk.platform.prepared import prepared


def expectations(
    cluster: int,
    organisation: int | None,
    contact: int | None,
    before: datetime | None,
    limit: int,
) -> Entries:
    """Voiced, and answered."""
    column, about = subject_of(organisation, contact)
    found = []
    for row in _expectations(column)(cluster, about):
        people = (str(row.contact),) if row.contact else ()
        facts: dict[str, Any] = {"kind": "expectation", "icon": "flag", "is_demo": row.is_demo}
        found.append(
            TimelineEntry(
                at=start_of(row.said_on), title=_("Expectation"), text=row.text, people=people,
                has_time=False, **facts,
            )
        )  # fmt: skip
        if row.answered_on:
            title = _("Expectation %(state)s") % {"state": row.get_state_display()}
            found.append(
                TimelineEntry(
                    at=start_of(row.answered_on), title=title, text=row.answer,
                    has_time=False, **facts,
                )
            )  # fmt: skip
    return newest(found, before, limit)


@cache
def _expectations(column: str) -> Callable[[int, int], list[Expectation]]:
    @prepared
    def ask(cluster: int, about: int) -> QuerySet[Expectation]:
        rows = Expectation.objects.filter(cluster_id=cluster, **{column: about})
        return rows.select_related("contact")

    return ask


def tasks_done(
    cluster: int,
    organisation: int | None,
    contact: int | None,
    before: datetime | None,
    limit: int,
) -> Entries:
    column, about = subject_of(organisation, contact)
    done = _done(column, limit)(cluster, about, before or NEVER)
    known = known_people({row.owner_id for row in done if row.owner_id})
    return [
        TimelineEntry(
            at=row.done_at,
            kind="task",
            icon="check-circle",
            title=row.title,
            text=row.note,
            author=row.owner.name if row.owner and row.owner_id in known else "",
            is_demo=row.is_demo,
        )
        for row in done
        if row.done_at
    ]


@cache
def _done(column: str, limit: int) -> Callable[[int, int, datetime], list[Task]]:
    @prepared
    def ask(cluster: int, about: int, before: datetime) -> QuerySet[Task]:
        rows = Task.objects.filter(cluster_id=cluster, done_at__lt=before, **{column: about})
        return rows.select_related("owner").order_by("-done_at", "-id")[:limit]

    return ask
