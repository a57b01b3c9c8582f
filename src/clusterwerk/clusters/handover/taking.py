"""The steps of this room: hosts, team, and what the public sees."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.actions import describe_cluster, end_seat, give_seat, publish_profile
from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.clusters.handover.steps import Done, Step
from clusterwerk.clusters.models import ClusterHost, PublicProfile, Seat
from clusterwerk.directory.actions import move_private
from clusterwerk.platform.access.seats import SeatKind, SeatRole, Seats
from clusterwerk.platform.rows import created


def change_hosts(_seats: Seats, over: HandOver) -> Iterator[Done]:
    """Another organisation carries out the work; the earlier ones stay in the past."""
    if over.to_host is None:
        return
    gone, _each = ClusterHost.objects.filter(cluster=over.cluster).delete()
    yield Done(_("hosts leave: %(number)s"), gone)
    host = ClusterHost(
        agency_id=over.agency_id, cluster=over.cluster, organisation=over.to_host, position=1
    )
    created(host)
    yield Done(_("hosts enter: %(number)s"), 1)


def move_team(seats: Seats, over: HandOver) -> Iterator[Done]:
    """Who goes along gets the same seat where the cluster goes; all others end today."""
    leaving = [] if over.to_host and over.keeps_team else _open_seats(over)
    taken = [seat for seat in leaving if over.to_cluster and over.keeps_team]
    for seat in taken:
        give_seat(
            seats=seats,
            user=seat.user,
            kind=SeatKind.CLUSTER,
            role=SeatRole(seat.role),
            since=max(seat.since, timezone.localdate()),
            until=seat.until,
            cluster=over.to_cluster,
        )
    yield from _new_manager(seats, over)
    ended = [seat for seat in leaving if _ended(seats, over, seat)]
    yield Done(_("seats given in the other cluster: %(number)s"), len(taken))
    yield Done(_("seats that end: %(number)s"), len(ended))


def _open_seats(over: HandOver) -> list[Seat]:
    standing = Seat.objects.filter(cluster=over.cluster).standing(timezone.localdate())
    return list(standing.select_related("user"))


def _ended(seats: Seats, over: HandOver, seat: Seat) -> bool:
    """A seat given today cannot end today, one still to begin goes; the new manager's own stays."""
    if over.to_host and seat.user_id == over.new_manager_id and seat.role == SeatRole.MANAGER:
        return False
    today = timezone.localdate()
    until = today if seat.since < today else today + timedelta(days=1)
    if seat.since > today:
        seat.delete()
    elif seat.until is None or seat.until > until:
        end_seat(seats=seats, seat=seat, until=until, place_goes=True)
    return True


def _new_manager(seats: Seats, over: HandOver) -> Iterator[Done]:
    if over.new_manager is None:
        return
    place = over.to_cluster or over.cluster
    give_seat(
        seats=seats,
        user=over.new_manager,
        kind=SeatKind.CLUSTER,
        role=SeatRole.MANAGER,
        since=timezone.localdate(),
        cluster=place,
    )
    yield Done(_("new managers: %(number)s"), 1)


def change_public_page(seats: Seats, over: HandOver) -> Iterator[Done]:
    """The cluster that takes it in is found under the old names; the old page goes."""
    if over.to_cluster is None:
        return
    to, old = over.to_cluster, PublicProfile.objects.filter(cluster=over.cluster).first()
    if old is None:
        return
    names = dict.fromkeys([*to.aliases, old.name, *old.aliases])
    aliases = [name for name in names if name != to.name]
    describe_cluster(
        seats=seats,
        cluster=to,
        name=to.name,
        aliases=aliases,
        theme_keywords=to.theme_keywords,
        embedding=to.embedding,
        origin=to.origin,
    )
    old.delete()
    kept = PublicProfile.objects.filter(cluster=to).first()
    if kept is not None:
        publish_profile(
            seats=seats,
            cluster=to,
            theme=kept.theme,
            scheme=kept.scheme,
            call_number=kept.call_number,
        )
    yield Done(_("public pages taken away: %(number)s"), 1)


def move_organisations(seats: Seats, over: HandOver) -> Iterator[Done]:
    """What the cluster typed in goes along, before the members that refer to it."""
    if over.to_cluster_id is None:
        return
    moved = move_private(seats=seats, cluster=over.cluster_id, to=over.to_cluster_id)
    yield Done(_("organisations typed in by hand that go along: %(number)s"), moved)


CLUSTER_STEPS = (
    Step(10, change_hosts),
    Step(20, change_public_page),
    Step(25, move_organisations),
    Step(90, move_team),
)
