"""Through whose eyes a cluster can look at itself, and which pages it can see that way."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster, PublicProfile
from clusterwerk.clusters.sharing.people import organisation_seats
from clusterwerk.platform.access.seats import NOBODY, HeldSeat, SeatKind, SeatRole, Seats

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody through whose eyes a cluster can look at itself."""

    key: str
    label: Words
    seats: Seats

    @property
    def only_reads(self) -> bool:
        return all(not seat.writes for seat in self.seats.held)


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """A page of a higher room that a cluster may look at as another reader."""

    reader: SeatRole
    label: Words
    address: Callable[[str], str]


_previews: list[PreviewPage] = []


def register_preview(page: PreviewPage) -> None:
    """Let a room show a page of its own through a reader's eyes; `address` takes a cluster's key.

    Called once from its `apps.py`.
    """
    if page not in _previews:
        _previews.append(page)


def previews() -> list[PreviewPage]:
    return list(_previews)


COLLEAGUES = {
    SeatRole.MANAGER: _("a colleague with the role manager"),
    SeatRole.STAFF: _("a colleague with the role staff"),
    SeatRole.FINANCE: _("a colleague with the role finance"),
    SeatRole.OBSERVER: _("a colleague with the role observer"),
}
OUTSIDERS = {
    SeatRole.PROGRAMME_MANAGER: _("a programme manager of your agency"),
    SeatRole.ACCOUNT_MANAGER: _("an account manager of your agency"),
    SeatRole.EVALUATOR: _("an evaluator of your programme"),
}
MEMBER, OTHER_CLUSTER, PUBLIC, STEWARD = "member", "other_cluster", "public", "steward"


def readers_of(cluster: Cluster, member: tuple[int, str] | None) -> list[Reader]:
    """Everybody through whose eyes this cluster can be looked at, the agency first.

    `member` is the organisation that stands for a member, with its name; none when there is none.
    """
    outsiders = [_outsider(role, cluster.agency_id) for role in OUTSIDERS]
    found = [*outsiders[:2], _other_cluster(cluster)]
    if member:
        label = _("your member %(name)s") % {"name": member[1]}
        found.append(Reader(MEMBER, label, organisation_seats([member[0]])))
    steward = Seats(held=(HeldSeat(SeatKind.STEWARD, SeatRole.STEWARD),))
    found += [
        Reader(PUBLIC, _("the public, without signing in"), NOBODY),
        outsiders[2],
        Reader(STEWARD, _("a steward of the installation"), steward),
    ]
    return found + [_colleague(role, cluster) for role in COLLEAGUES]


def _outsider(role: SeatRole, agency: int) -> Reader:
    kind = SeatKind.EVALUATION if role == SeatRole.EVALUATOR else SeatKind.AGENCY
    seat = HeldSeat(kind, role, agency, agency)
    return Reader(role.value, OUTSIDERS[role], Seats(held=(seat,)))


def _colleague(role: SeatRole, cluster: Cluster) -> Reader:
    seat = HeldSeat(SeatKind.CLUSTER, role, cluster.pk, cluster.agency_id)
    return Reader(role.value, COLLEAGUES[role], Seats(held=(seat,)))


def _other_cluster(cluster: Cluster) -> Reader:
    """A manager of another published cluster of the programme; 0 is nobody's when there is none."""
    others = PublicProfile.objects.filter(agency_id=cluster.agency_id).exclude(pk=cluster.pk)
    place = others.order_by("pk").values_list("pk", flat=True).first() or 0
    seat = HeldSeat(SeatKind.CLUSTER, SeatRole.MANAGER, place, cluster.agency_id)
    return Reader(OTHER_CLUSTER, _("another cluster of your programme"), Seats(held=(seat,)))
