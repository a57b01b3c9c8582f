"""Founding clusters, publishing them and giving seats."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from clusterwerk.clusters import actions
from clusterwerk.clusters.models import Agency, Cluster, ClusterHost, PublicProfile, Seat
from clusterwerk.clusters.queries import host_names
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import NOBODY, SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World, agency_seats, cluster_seats


def entered(seats: Seats) -> Seats:
    enter(seats)
    return seats


def test_only_a_steward_adds_an_agency(world: World) -> None:
    seats = entered(agency_seats(world.agency))
    with pytest.raises(PermissionDenied):
        actions.register_agency(seats=seats, key="third", name="Third")
    assert not Agency.objects.filter(key="third").exists()


def test_a_programme_manager_founds_a_cluster_in_the_own_programme_only(world: World) -> None:
    seats = entered(agency_seats(world.agency))
    cluster = actions.found_cluster(seats=seats, agency=world.agency, key="delta", name="Delta")
    assert Cluster.objects.get(key="delta") == cluster
    with pytest.raises(PermissionDenied):
        actions.found_cluster(seats=seats, agency=world.foreign_agency, key="delta", name="Delta")


def test_a_second_cluster_with_the_key_is_refused_in_words(world: World) -> None:
    seats = entered(agency_seats(world.agency))
    with pytest.raises(DomainError, match="cluster with this key already"):
        actions.found_cluster(seats=seats, agency=world.agency, key="alpha", name="Again")
    assert Cluster.objects.filter(key="alpha").count() == 1


def test_describing_a_cluster_says_whether_anything_changed(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    describe = partial(
        actions.describe_cluster,
        seats=seats,
        cluster=world.alpha,
        name="Alpha",
        aliases=["A"],
        theme_keywords=["bouw"],
    )
    assert describe() is True
    assert describe() is False
    assert Cluster.objects.get(pk=world.alpha.pk).aliases == ["A"]


def test_staff_and_other_clusters_do_not_describe_a_cluster(world: World) -> None:
    for seats in (cluster_seats(world.alpha, SeatRole.STAFF), cluster_seats(world.beta)):
        entered(seats)
        with pytest.raises(PermissionDenied):
            actions.describe_cluster(seats=seats, cluster=world.alpha, name="Taken")
    entered(cluster_seats(world.alpha))
    assert Cluster.objects.get(pk=world.alpha.pk).name == "Alpha"


def test_a_host_is_added_once_and_can_move(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    host = partial(actions.add_host, seats=seats, cluster=world.alpha, organisation=world.company)
    assert host(position=1)[1] is True
    assert host(position=1)[1] is False
    assert host(position=2)[1] is True
    assert ClusterHost.objects.get(cluster=world.alpha).position == 2
    assert host_names([world.alpha.pk, world.beta.pk]) == {world.alpha.pk: ("Éclair Works",)}


def test_publishing_brings_the_present_facts_to_the_public_page(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    actions.describe_cluster(
        seats=seats, cluster=world.alpha, name="Alpha", theme_keywords=["luchtvracht"]
    )
    actions.add_host(seats=seats, cluster=world.alpha, organisation=world.company, position=1)
    publish = partial(
        actions.publish_profile,
        seats=seats,
        cluster=world.alpha,
        theme="digital",
        scheme="flanders-ibn",
        call_number=2,
    )
    assert publish()[1] is True
    assert publish()[1] is False
    enter(NOBODY)
    profile = PublicProfile.objects.get(slug="alpha")
    assert (profile.theme, profile.call_number) == ("digital", 2)
    assert profile.search_text == (
        " alpha luchtvracht air cargo freight vrachtvliegtuig aircraft luchthaven airport"
        " digitaal digital eclair works"
    )


def test_an_unknown_theme_group_is_refused(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    with pytest.raises(DomainError, match="no theme group nowhere"):
        actions.publish_profile(
            seats=seats, cluster=world.alpha, theme="nowhere", scheme="flanders-ibn"
        )
    assert PublicProfile.objects.get(slug="alpha").theme == "construction"


def test_a_manager_gives_a_seat_of_the_own_cluster_once(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    give = partial(
        actions.give_seat,
        seats=seats,
        user=world.people["stranger"],
        kind=SeatKind.CLUSTER,
        role=SeatRole.STAFF,
        since=date(2020, 1, 1),
        cluster=world.alpha,
    )
    given, new = give()
    assert (given.agency, new) == (world.agency, True)
    assert give() == (given, False)


def test_a_manager_gives_no_seat_elsewhere(world: World) -> None:
    seats = entered(cluster_seats(world.alpha))
    give = partial(
        actions.give_seat, seats=seats, user=world.people["stranger"], since=date(2020, 1, 1)
    )
    refused = (
        partial(give, kind=SeatKind.CLUSTER, role=SeatRole.STAFF, cluster=world.beta),
        partial(give, kind=SeatKind.AGENCY, role=SeatRole.ACCOUNT_MANAGER, agency=world.agency),
        partial(
            give,
            kind=SeatKind.ORGANISATION,
            role=SeatRole.REPRESENTATIVE,
            organisation=world.rival,
        ),
        partial(give, kind=SeatKind.STEWARD, role=SeatRole.STEWARD),
    )
    for attempt in refused:
        with pytest.raises(PermissionDenied):
            attempt()
    enter(seats_of_command())
    assert not Seat.objects.filter(user=world.people["stranger"]).exists()


def test_a_seat_with_a_role_of_another_kind_is_refused(world: World) -> None:
    seats = entered(seats_of_command())
    with pytest.raises(DomainError):
        actions.give_seat(
            seats=seats,
            user=world.people["stranger"],
            kind=SeatKind.STEWARD,
            role=SeatRole.MANAGER,
            since=date(2020, 1, 1),
        )
    assert not Seat.objects.filter(user=world.people["stranger"]).exists()


def test_a_seat_ends_once_and_stays_as_a_row(world: World) -> None:
    seats = entered(seats_of_command())
    seat = Seat.objects.get(user=world.people["staff"])
    actions.end_seat(seats=seats, seat=seat, until=date(2020, 6, 1))
    assert Seat.objects.get(pk=seat.pk).until == date(2020, 6, 1)
    with pytest.raises(DomainError, match="1 June 2020"):
        actions.end_seat(seats=seats, seat=seat, until=date(2021, 1, 1))


def test_a_seat_does_not_end_before_it_begins(world: World) -> None:
    seats = entered(seats_of_command())
    seat = Seat.objects.get(user=world.people["staff"])
    with pytest.raises(DomainError, match="does not end before it begins"):
        actions.end_seat(seats=seats, seat=seat, until=date(2017, 1, 1))
    assert Seat.objects.get(pk=seat.pk).until is None
