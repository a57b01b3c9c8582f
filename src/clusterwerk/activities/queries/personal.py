"""What stands in one person's own calendar: of their seats, and where they registered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from clusterwerk.activities.membership import seats_of_holders
from clusterwerk.activities.models import (
    Activity,
    PublishedActivity,
    Registration,
    RegistrationState,
)
from clusterwerk.activities.models.registrations import LIVING
from clusterwerk.clusters.models import Agency, Cluster, PublicProfile
from clusterwerk.members.access import may_keep_people
from clusterwerk.members.models import Membership
from clusterwerk.platform.access.looking import looking_as
from clusterwerk.platform.access.seats import NOBODY, Seats, seats_for
from clusterwerk.platform.accounts.queries import confirmed_addresses
from clusterwerk.platform.models import User

DOOR = "registration"
Told = Activity | PublishedActivity


@dataclass(frozen=True, slots=True)
class Owned:
    """An activity in somebody's calendar.

    `log_in` is the key of the cluster in which the person may write a note about it, or empty. The
    address of the online meeting is there for its team and for who is registered.
    """

    activity: Told
    holders: tuple[str, ...]
    registration: Registration | None = None
    online_url: str = ""
    log_in: str = ""


def own_entries(account: User, since: datetime, most: int) -> list[Owned]:
    """The latest first. Reads with the seats that the person holds at this moment."""
    seats = _seats_of(account)
    registered = _registrations(account, since)
    with looking_as(seats):
        led = _first(_led(seats), since, most)
        log_in = _note_keys(seats)
    told = _told(seats, registered, {row.pk for row in led}, since, most)
    online = _online(told, registered) | {row.pk: row.online_url for row in led}
    rows: list[Told] = [*led, *told]
    names = _names(rows)
    found = [
        Owned(
            activity=row,
            holders=names[row.pk],
            registration=registered.get(row.pk),
            online_url=online.get(row.pk, ""),
            log_in=_key(row, log_in),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.activity.day, one.activity.pk), reverse=True)[:most]


def _seats_of(account: User) -> Seats:
    with looking_as(Seats(actor=account.pk)):
        return seats_for(account.pk)


def _registrations(account: User, since: datetime) -> dict[int, Registration]:
    """By activity; who registered is known by the addresses that the account has proven."""
    with looking_as(replace(NOBODY, unlocked=frozenset({DOOR}))):
        rows = Registration.objects.annotate(typed=Lower("email")).filter(
            typed__in=confirmed_addresses(account), state__in=LIVING, asked_at__gt=since
        )
        return {row.activity_id: row for row in rows.order_by("pk")}


def _led(seats: Seats) -> QuerySet[Activity]:
    clusters = list(seats.clusters)
    return Activity.objects.filter(
        Q(cluster__in=clusters)
        | Q(shared_with__overlap=clusters)
        | Q(agency__in=list(seats.agencies), cluster=None)
    )


def _first(rows: QuerySet[Activity], since: datetime, most: int) -> list[Activity]:
    recent = rows.filter(day__gte=timezone.localdate(since)).select_related("place")
    return list(recent.order_by("-day", "-pk")[:most])


def _told(
    seats: Seats, registered: dict[int, Registration], known: set[int], since: datetime, most: int
) -> list[PublishedActivity]:
    """Published ones: where the person registered, and of the clusters of their organisations."""
    clusters = _joined(seats, timezone.localdate())
    rows = PublishedActivity.objects.filter(
        Q(pk__in=registered) | Q(cluster__in=clusters) | Q(shared_with__overlap=clusters),
        ends_at__gt=since,
    )
    rows = rows.exclude(pk__in=known).select_related("place")
    return list(rows.order_by("-starts_at", "-pk")[:most])


def _joined(seats: Seats, day: date) -> list[int]:
    if not seats.organisations:
        return []
    with looking_as(seats):
        rows = Membership.objects.filter(
            organisation__in=list(seats.organisations), period__contains=day
        )
        return list(rows.values_list("cluster_id", flat=True).distinct())


def _online(
    rows: Iterable[PublishedActivity], registered: dict[int, Registration]
) -> dict[int, str]:
    """As the confirmation by mail tells it; only who holds the activity reads it."""
    own = [row for row in rows if row.is_online and _comes(registered.get(row.pk))]
    if not own:
        return {}
    held = reduce(lambda all_, row: all_ + seats_of_holders(row).held, own, NOBODY.held)
    with looking_as(Seats(held=held)):
        found = Activity.objects.filter(pk__in=[row.pk for row in own])
        return dict(found.values_list("pk", "online_url"))


def _comes(own: Registration | None) -> bool:
    return own is not None and own.state == RegistrationState.CONFIRMED


def _note_keys(seats: Seats) -> dict[int, str]:
    """Keys of the clusters in which the person may write notes."""
    rows = Cluster.objects.filter(pk__in=list(seats.clusters)).order_by("pk")
    return {row.pk: row.key for row in rows if may_keep_people(seats, row.pk)}


def _key(row: Told, keys: dict[int, str]) -> str:
    """Of the cluster that holds it; of an activity elsewhere, the first of their own."""
    holding = (keys[pk] for pk in (row.cluster_id, *row.shared_with) if pk in keys)
    return next(holding, next(iter(keys.values()), ""))


def _names(rows: list[Told]) -> dict[int, tuple[str, ...]]:
    """Public names of who holds each."""
    clusters = PublicProfile.objects.in_bulk(
        {pk for row in rows for pk in (row.cluster_id, *row.shared_with) if pk}
    )
    agencies = Agency.objects.in_bulk({row.agency_id for row in rows if row.agency_id})
    return {
        row.pk: (
            *(clusters[pk].name for pk in (row.cluster_id, *row.shared_with) if pk in clusters),
            *([agencies[row.agency_id].name] if row.agency_id in agencies else []),
        )
        for row in rows
    }
