"""Who holds a seat that opens something of a cluster, by name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from clusterwerk.clusters.models import Cluster, Seat
from clusterwerk.clusters.wording import role_name
from clusterwerk.platform.access.looking import looking_as
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats


@dataclass(frozen=True, slots=True)
class Holder:
    """A seat with the name of the person; `until` is the first day without it."""

    name: str
    role: str
    organisation: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class SeatHolders:
    """People whose seats open something of the cluster, as they stand today."""

    cluster: Sequence[Holder]
    agency: Sequence[Holder]
    evaluation: Sequence[Holder]
    members: Sequence[Holder]


def seat_holders(cluster: Cluster, members: Sequence[int]) -> SeatHolders:
    """Who holds a seat today that opens something of this cluster.

    `members` are organisations with a membership here. Their representatives read those
    memberships, so the cluster may know who they are: they are read as these organisations see
    their own people.
    """
    held = Seat.objects.held_on(timezone.localdate()).select_related("user", "organisation")
    held = held.order_by("organisation__name_sort", "role", "user__name", "pk")
    with looking_as(organisation_seats(members)):
        kind = SeatKind.ORGANISATION
        representatives = _holders(held.filter(kind=kind, organisation_id__in=members))
    programme = held.filter(agency_id=cluster.agency_id, cluster=None)
    return SeatHolders(
        cluster=_holders(held.filter(cluster_id=cluster.pk)),
        agency=_holders(programme.filter(kind=SeatKind.AGENCY)),
        evaluation=_holders(programme.filter(kind=SeatKind.EVALUATION)),
        members=representatives,
    )


def _holders(seats: Iterable[Seat]) -> list[Holder]:
    return [
        Holder(
            name=seat.user.name,
            role=role_name(seat.role),
            organisation=str(seat.organisation or ""),
            since=seat.since,
            until=seat.until,
        )
        for seat in seats
    ]


def organisation_seats(organisations: Sequence[int]) -> Seats:
    return Seats(
        held=tuple(
            HeldSeat(SeatKind.ORGANISATION, SeatRole.REPRESENTATIVE, organisation)
            for organisation in organisations
        )
    )
