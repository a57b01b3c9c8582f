"""Who has access, as the screens show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from clusterwerk.clusters import access
from clusterwerk.clusters.inviting.models import (
    Invitation,
    InvitationState,
    RequestState,
    SeatRequest,
)
from clusterwerk.clusters.models import Agency, Cluster, PublicProfile, Seat, SeatQuery
from clusterwerk.clusters.wording import role_name
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.audiences import Audience, readers
from clusterwerk.platform.access.seats import SeatKind, Seats
from clusterwerk.platform.kinds import kinds
from clusterwerk.platform.text import folded

SETTLED = 10  # answers of earlier that a page shows
MOST = 50  # people of an installation on one page
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Access:
    """A seat with what the reader may do with it."""

    seat: Seat
    role: str
    may_change: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation with what the reader may do with it."""

    invitation: Invitation
    role: str
    may_settle: bool
    is_past: bool


def accesses(seats: Seats, rows: SeatQuery, limit: int | None = None) -> list[Access]:
    """Seats that stand today or begin later, by kind, name and role."""
    found = rows.standing(timezone.localdate()).select_related("user")
    return [
        Access(
            seat=seat,
            role=role_name(seat.role),
            may_change=bool(access.may_end_seat(seats, seat)),
            is_own=seat.user_id == seats.actor,
        )
        for seat in found.order_by("kind", "user__name", "role", "pk")[:limit]
    ]


def invited(seats: Seats, rows: QuerySet[Invitation], now: datetime) -> list[Invited]:
    """Invitations that wait for an answer, newest first."""
    waiting = rows.filter(state=InvitationState.OPEN).select_related("invited_by", "organisation")
    return [
        Invited(
            invitation=row,
            role=role_name(row.role),
            may_settle=bool(access.may_settle_invitation(seats, row)),
            is_past=row.is_past(now),
        )
        for row in waiting
    ]


def settled(rows: QuerySet[Invitation]) -> list[Invitation]:
    """The latest answers."""
    answered = rows.exclude(state=InvitationState.OPEN).select_related("settled_by")
    return list(answered.order_by("-settled_at")[:SETTLED])


def requests_of(rows: QuerySet[SeatRequest]) -> tuple[list[SeatRequest], list[SeatRequest]]:
    """Those that wait, longest first, and the latest answers."""
    named = rows.select_related("organisation", "asked_by", "settled_by")
    waiting = named.filter(state=RequestState.ASKED).order_by("asked_at", "pk")
    answered = named.exclude(state=RequestState.ASKED).order_by("-settled_at")
    return list(waiting), list(answered[:SETTLED])


def seats_in_cluster(cluster: int) -> SeatQuery:
    return Seat.objects.filter(cluster=cluster, kind=SeatKind.CLUSTER)


def seats_in_agency(agency: int) -> SeatQuery:
    return Seat.objects.filter(agency=agency, kind__in=[SeatKind.AGENCY, SeatKind.EVALUATION])


def seats_for_organisation(organisation: int) -> SeatQuery:
    return Seat.objects.filter(organisation=organisation, kind=SeatKind.ORGANISATION)


def seats_found(typed: str) -> SeatQuery:
    """Seats of people whose name or address holds every word, for who keeps the installation."""
    rows = Seat.objects.all()
    for word in folded(typed[:LONGEST]).split():
        rows = rows.filter(Q(user__name__unaccent__icontains=word) | Q(user__email__contains=word))
    return rows


def place_names(found: Iterable[Seat]) -> dict[int, str]:
    """What the places of these seats are called, by seat; a steward sees public names alone."""
    found = list(found)
    profiles = PublicProfile.objects.in_bulk({seat.cluster_id for seat in found})
    agencies = Agency.objects.in_bulk({seat.agency_id for seat in found})
    organisations = Organisation.objects.in_bulk({seat.organisation_id for seat in found})
    names: dict[int, str] = {}
    for seat in found:
        place = (
            profiles.get(seat.cluster_id)
            or organisations.get(seat.organisation_id)
            or agencies.get(seat.agency_id)
        )
        names[seat.pk] = str(place or "")
    return names


def cluster_names(requests: Sequence[SeatRequest]) -> dict[int, str]:
    """Clusters by the name that everybody may read."""
    keys = {request.cluster_id for request in requests if request.cluster_id}
    return dict(PublicProfile.objects.filter(pk__in=keys).values_list("pk", "name"))


def what_an_organisation_reads() -> list[str]:
    """Kinds of rows that a seat of a member organisation opens, read off the row policies.

    Without what everybody reads anyway, but for what one cluster typed in for itself.
    """
    named = [(kind, readers(kind.model.access)) for kind in kinds()]  # type: ignore[attr-defined]
    return [
        str(kind.name)
        for kind, audiences in named
        if Audience.ORGANISATION in audiences and Audience.EVERYBODY_WHERE_SHARED not in audiences
    ]


def clusters_named(typed: str) -> tuple[list[PublicProfile], bool]:
    """Published clusters with these letters in their name, and whether there are more."""
    rows = PublicProfile.objects.filter(name__icontains=typed) if typed else PublicProfile.objects
    found = list(rows.order_by("name", "pk")[: MOST + 1])
    return found[:MOST], len(found) > MOST


def clusters_without_manager(today: date) -> list[PublicProfile]:
    """Published clusters in which nobody can give a seat, for a steward."""
    managed = Seat.objects.filter(kind=SeatKind.CLUSTER, role="manager", user__is_active=True)
    kept = managed.held_on(today).values("cluster_id")
    return list(PublicProfile.objects.exclude(pk__in=kept))


@dataclass(frozen=True, slots=True)
class Where:
    """A place whose people the reader may see, for the row of links."""

    kind: str
    key: str | int
    name: str


def own_places(seats: Seats) -> list[Where]:
    """Everywhere that the reader has a seat: clusters, agencies, organisations, installation."""
    clusters = Cluster.objects.filter(pk__in=seats.clusters) if seats.clusters else ()
    agencies = Agency.objects.filter(pk__in=seats.agencies) if seats.agencies else ()
    own = seats.organisations
    organisations = Organisation.objects.filter(pk__in=own) if own else ()
    return [
        *(Where("cluster", row.key, row.name) for row in clusters),
        *(Where("agency", row.key, row.name) for row in agencies),
        *(Where("organisation", row.pk, row.name) for row in organisations),
    ]
