"""What this room adds to timelines: talks, memberships, positions, expectations, tasks, sizes."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time
from functools import cache, partial
from itertools import pairwise
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.clusters.queries import key_of_cluster
from clusterwerk.members.models import (
    Departure,
    Expectation,
    Interaction,
    InteractionKind,
    InteractionParty,
    Membership,
    NeedOrOffer,
    OfferKind,
    Position,
    SizeStatement,
    Task,
)
from clusterwerk.members.queries.memberships import sizes_stated
from clusterwerk.members.queries.offers import offers_told
from clusterwerk.members.queries.people import consents_said
from clusterwerk.members.timeline import TimelineEntry, TimelineSource
from clusterwerk.platform.history.records import known_people
from clusterwerk.platform.prepared import prepared
from clusterwerk.platform.ui.templatetags.ui import count, euro

ICONS = {
    InteractionKind.MEETING: "members",
    InteractionKind.CALL: "phone",
    InteractionKind.MAIL: "mail",
    InteractionKind.NOTE: "document",
}
Entries = Sequence[TimelineEntry]
NEVER = datetime.max.replace(tzinfo=UTC)  # later than all that happens


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _newest(entries: Iterable[TimelineEntry], before: datetime | None, limit: int) -> Entries:
    """Of few entries those before the moment, newest first."""
    earlier = [entry for entry in entries if before is None or entry.at < before]
    return sorted(earlier, key=lambda entry: entry.at, reverse=True)[:limit]


def _subject(organisation: int | None, contact: int | None) -> tuple[str, int]:
    """Whom the timeline is about: the column that names them, and their key."""
    if contact is not None:
        return "contact_id", contact
    assert organisation is not None
    return "organisation_id", organisation


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
    column, about = _subject(organisation, contact)
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


def memberships(
    cluster: int,
    organisation: int | None,
    _contact: int | None,
    before: datetime | None,
    limit: int,
) -> Entries:
    """Joined, renewed, left with the reason; a renewal begins where the period before ended."""
    if organisation is None:
        return []
    held = _periods(cluster, organisation)
    reasons = {row.membership_id: row for row in _departures(cluster, organisation)}
    ends = [None, *(row.period.upper for row in held)]
    begun = [
        _began(row, is_renewal=row.period.lower == end)
        for row, end in zip(held, ends, strict=False)
        if row.period.lower <= timezone.localdate()
    ]
    nexts = [row.period.lower for _row, row in pairwise(held)]
    left = [
        _left(row, reasons.get(row.pk))
        for row, following in zip(held, [*nexts, None], strict=False)
        if row.period.upper
        and row.period.upper != following
        and row.period.upper <= timezone.localdate()
    ]
    return _newest([*begun, *left], before, limit)


@prepared
def _periods(cluster: int, organisation: int) -> QuerySet[Membership]:
    rows = Membership.objects.filter(cluster_id=cluster, organisation_id=organisation)
    return rows.select_related("category").order_by("period")


@prepared
def _departures(cluster: int, organisation: int) -> QuerySet[Departure]:
    return Departure.objects.filter(cluster_id=cluster, organisation_id=organisation)


def _began(row: Membership, *, is_renewal: bool) -> TimelineEntry:
    title = _("Membership renewed") if is_renewal else _("Became a member")
    return TimelineEntry(
        at=_start_of(row.period.lower),
        kind="membership",
        icon="members",
        title=title,
        text=row.category.name,
        has_time=False,
        is_key=not is_renewal,
        is_demo=row.is_demo,
    )


def _left(row: Membership, departure: Departure | None) -> TimelineEntry:
    told = [departure.get_reason_display(), departure.note] if departure else []
    return TimelineEntry(
        at=_start_of(row.period.upper),
        kind="membership",
        icon="members",
        title=_("Membership ended"),
        text=". ".join(part for part in told if part),
        has_time=False,
        is_key=True,
        is_demo=row.is_demo,
    )


def positions(
    cluster: int,
    organisation: int | None,
    contact: int | None,
    before: datetime | None,
    limit: int,
) -> Entries:
    """Contacts who came and went."""
    column, about = _subject(organisation, contact)
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
                at=_start_of(day), kind="position", icon="user", title=title, text=who,
                has_time=False, is_demo=row.is_demo,
            )
            for day, title in begins
            if day and day <= today
        ]  # fmt: skip
    return _newest(found, before, limit)


@cache
def _positions(column: str) -> Callable[[int, int], list[Position]]:
    @prepared
    def ask(cluster: int, about: int) -> QuerySet[Position]:
        rows = Position.objects.filter(cluster_id=cluster, **{column: about})
        return rows.select_related("contact", "organisation")

    return ask


def expectations(
    cluster: int,
    organisation: int | None,
    contact: int | None,
    before: datetime | None,
    limit: int,
) -> Entries:
    """Voiced, and answered."""
    column, about = _subject(organisation, contact)
    found = []
    for row in _expectations(column)(cluster, about):
        people = (str(row.contact),) if row.contact else ()
        facts: dict[str, Any] = {"kind": "expectation", "icon": "flag", "is_demo": row.is_demo}
        found.append(
            TimelineEntry(
                at=_start_of(row.said_on), title=_("Expectation"), text=row.text, people=people,
                has_time=False, **facts,
            )
        )  # fmt: skip
        if row.answered_on:
            title = _("Expectation %(state)s") % {"state": row.get_state_display()}
            found.append(
                TimelineEntry(
                    at=_start_of(row.answered_on), title=title, text=row.answer,
                    has_time=False, **facts,
                )
            )  # fmt: skip
    return _newest(found, before, limit)


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
    column, about = _subject(organisation, contact)
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


def sizes(
    cluster: int,
    organisation: int | None,
    _contact: int | None,
    before: datetime | None,
    limit: int,
) -> Entries:
    """What the organisation stated, at the first day of the year it is about."""
    if organisation is None:
        return []
    found = [
        TimelineEntry(
            at=_start_of(date(row.year, 1, 1)),
            kind="size",
            icon="scale",
            title=_("Size stated for %(year)s") % {"year": row.year},
            text=_size(row),
            has_time=False,
            is_demo=row.is_demo,
        )
        for row in sizes_stated(cluster, organisation)
    ]
    return _newest(found, before, limit)


def _size(row: SizeStatement) -> str:
    told = []
    if row.headcount is not None:
        told.append(_("%(number)s annual work units") % {"number": count(row.headcount)})
    if row.turnover is not None:
        told.append(_("turnover %(amount)s") % {"amount": euro(row.turnover)})
    if row.balance_total is not None:
        told.append(_("balance total %(amount)s") % {"amount": euro(row.balance_total)})
    return ", ".join(told)


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
    return _newest((entry for row in rows for entry in _offer(row, key)), before, limit)


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
    yield TimelineEntry(at=_start_of(row.told_on), title=title, **facts)
    if row.closed_on:
        closed = _("Closed a need") if is_need else _("Closed an offer")
        became = f"{closed}: {row.get_outcome_display()}" if row.outcome else closed
        yield TimelineEntry(at=_start_of(row.closed_on), title=became, **facts)


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
            at=_start_of(row.said_on),
            kind="consent",
            icon="check",
            title=_("Consent"),
            text=str(row),
            has_time=False,
            is_demo=row.is_demo,
        )
        for row in consents_said(cluster, contact)
    ]
    return _newest(found, before, limit)


def _of_organisations(organisation: int | None, _contact: int | None) -> bool:
    return organisation is not None


def _of_contacts(_organisation: int | None, contact: int | None) -> bool:
    return contact is not None


MEMBER_TIMELINE = (
    TimelineSource("talk", gettext_lazy("Talks"), talks, 10, narrows=False),
    TimelineSource(
        "meeting",
        gettext_lazy("Meetings"),
        partial(talks, kind=InteractionKind.MEETING),
        11,
        narrows=True,
    ),
    TimelineSource(
        "call", gettext_lazy("Calls"), partial(talks, kind=InteractionKind.CALL), 12, narrows=True
    ),
    TimelineSource(
        "mail", gettext_lazy("Mails"), partial(talks, kind=InteractionKind.MAIL), 13, narrows=True
    ),
    TimelineSource(
        "note", gettext_lazy("Notes"), partial(talks, kind=InteractionKind.NOTE), 14, narrows=True
    ),
    TimelineSource("expectation", gettext_lazy("Expectations"), expectations, 20),
    TimelineSource(
        "offer", gettext_lazy("Needs and offers"), offers, 21, shown_for=_of_organisations
    ),
    TimelineSource("task", gettext_lazy("Tasks done"), tasks_done, 30),
    TimelineSource(
        "membership", gettext_lazy("Membership"), memberships, 40, shown_for=_of_organisations
    ),
    TimelineSource("position", gettext_lazy("Positions"), positions, 41),
    TimelineSource("size", gettext_lazy("Sizes"), sizes, 42, shown_for=_of_organisations),
    TimelineSource("consent", gettext_lazy("Consent"), consents, 43, shown_for=_of_contacts),
)
