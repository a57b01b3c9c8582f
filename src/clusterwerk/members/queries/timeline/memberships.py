"""Memberships from joining to leaving, and the sizes that members stated."""

from datetime import date, datetime
from itertools import pairwise

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.members.models import Departure, Membership, SizeStatement
from clusterwerk.members.queries.memberships import sizes_stated
from clusterwerk.members.queries.timeline.shared import Entries, newest, start_of
from clusterwerk.members.timeline import TimelineEntry
from clusterwerk.platform.prepared import prepared
from clusterwerk.platform.ui.templatetags.ui import count, euro


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
    return newest([*begun, *left], before, limit)


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
        at=start_of(row.period.lower),
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
        at=start_of(row.period.upper),
        kind="membership",
        icon="members",
        title=_("Membership ended"),
        text=". ".join(part for part in told if part),
        has_time=False,
        is_key=True,
        is_demo=row.is_demo,
    )


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
            at=start_of(date(row.year, 1, 1)),
            kind="size",
            icon="scale",
            title=_("Size stated for %(year)s") % {"year": row.year},
            text=_size(row),
            has_time=False,
            is_demo=row.is_demo,
        )
        for row in sizes_stated(cluster, organisation)
    ]
    return newest(found, before, limit)


def _size(row: SizeStatement) -> str:
    told = []
    if row.headcount is not None:
        told.append(_("%(number)s annual work units") % {"number": count(row.headcount)})
    if row.turnover is not None:
        told.append(_("turnover %(amount)s") % {"amount": euro(row.turnover)})
    if row.balance_total is not None:
        told.append(_("balance total %(amount)s") % {"amount": euro(row.balance_total)})
    return ", ".join(told)
