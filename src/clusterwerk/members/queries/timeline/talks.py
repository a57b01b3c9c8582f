"""Meetings, calls, mails and notes."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from clusterwerk.clusters.queries import key_of_cluster
from clusterwerk.members.models import Interaction, InteractionKind, InteractionParty
from clusterwerk.members.queries.timeline.shared import NEVER, Entries, subject_of
from clusterwerk.members.timeline import TimelineEntry
from clusterwerk.platform.history.records import known_people
from clusterwerk.platform.prepared import prepared

ICONS = {
    InteractionKind.MEETING: "members",
    InteractionKind.CALL: "phone",
    InteractionKind.MAIL: "mail",
    InteractionKind.NOTE: "document",
}


def talks(
    cluster: int,
    organisation: int | None,
    contact: int | None,
    before: datetime | None,
    limit: int,
    *,
    kind: InteractionKind | None = None,
) -> Entries:
    """Meetings, calls, mails and notes with the organisation or contact."""
    column, about = subject_of(organisation, contact)
    shown = _talks(column, kind, limit)(cluster, about, before or NEVER)
    if not shown:
        return []
    key = key_of_cluster(cluster)
    known = known_people({row.author_id for row in shown if row.author_id})
    parties = _parties_of(shown)
    return [_talk(row, key, known, parties[row.pk], organisation) for row in shown]


@cache
def _talks(
    column: str, kind: InteractionKind | None, limit: int
) -> Callable[[int, int, datetime], list[Interaction]]:
    @prepared
    def ask(cluster: int, about: int, before: datetime) -> QuerySet[Interaction]:
        parties = InteractionParty.objects.filter(
            cluster_id=cluster, interaction=OuterRef("pk"), **{column: about}
        )
        rows = Interaction.objects.filter(Exists(parties), cluster_id=cluster)
        rows = rows.filter(kind=kind) if kind else rows
        found = rows.filter(happened_at__lt=before).select_related("author")
        return found.order_by("-happened_at", "-id")[:limit]

    return ask


def _parties_of(talks: Iterable[Interaction]) -> dict[int, list[InteractionParty]]:
    found: dict[int, list[InteractionParty]] = {row.pk: [] for row in talks}
    rows = InteractionParty.objects.filter(interaction__in=list(found))
    for party in rows.select_related("contact", "organisation").order_by("pk"):
        found[party.interaction_id].append(party)
    return found


def _talk(
    row: Interaction,
    key: str,
    known: set[int],
    parties: Iterable[InteractionParty],
    organisation: int | None,
) -> TimelineEntry:
    return TimelineEntry(
        at=row.happened_at,
        kind=row.kind,
        icon=ICONS[InteractionKind(row.kind)],
        title=row.subject or row.get_kind_display(),
        text=row.body,
        author=row.author.name if row.author and row.author_id in known else "",
        people=tuple(_party(party, organisation) for party in parties),
        change=reverse("members:interaction_change", args=[key, row.pk]),
        is_demo=row.is_demo,
    )


def _party(party: InteractionParty, here: int | None) -> str:
    """A contact by name, with the organisation where it is another than the page is about."""
    if party.contact is None:
        return "" if party.organisation_id == here else str(party.organisation)
    if party.organisation is None or party.organisation_id == here:
        return str(party.contact)
    return f"{party.contact} ({party.organisation})"
