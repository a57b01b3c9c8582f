"""Views of a list that a person or a team keeps under a name."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from clusterwerk.clusters.models import SavedView
from clusterwerk.clusters.saved_views.actions import NewView, keep_view, take_view_away
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.world import World

KEEP = "/sharing/alpha/views/"


def seats_of(world: World, name: str, role: SeatRole) -> Seats:
    seat = HeldSeat(SeatKind.CLUSTER, role, world.alpha.pk, world.alpha.agency_id)
    seats = Seats(actor=world.people[name].pk, held=(seat,))
    enter(seats)
    return seats


def seen_by(world: World, name: str, role: SeatRole) -> list[str]:
    seats_of(world, name, role)
    return [view.name for view in SavedView.objects.filter(cluster=world.alpha)]


def test_an_own_view_is_seen_by_its_owner_and_a_shared_one_by_the_team(world: World) -> None:
    seats = seats_of(world, "staff", SeatRole.STAFF)
    keep_view(seats=seats, cluster=world.alpha, new=NewView("members", "Mine", "size=small"))
    keep_view(
        seats=seats,
        cluster=world.alpha,
        new=NewView("members", "Ours", "size=large", is_shared=True),
    )
    assert seen_by(world, "staff", SeatRole.STAFF) == ["Mine", "Ours"]
    assert seen_by(world, "observer", SeatRole.OBSERVER) == ["Ours"]
    enter(Seats(actor=world.people["other_manager"].pk))
    assert not SavedView.objects.exists()


def test_the_same_name_again_replaces_the_view(world: World) -> None:
    seats = seats_of(world, "staff", SeatRole.STAFF)
    first = keep_view(seats=seats, cluster=world.alpha, new=NewView("members", "Mine", "find=a"))
    again = keep_view(seats=seats, cluster=world.alpha, new=NewView("members", "Mine", "find=b"))
    assert (again.pk, again.query) == (first.pk, "find=b")


def test_a_list_opens_with_one_own_view_alone(world: World) -> None:
    seats = seats_of(world, "staff", SeatRole.STAFF)
    for name in ("One", "Two"):
        new = NewView("members", name, "find=a", is_default=True)
        keep_view(seats=seats, cluster=world.alpha, new=new)
    assert [view.name for view in SavedView.objects.filter(is_default=True)] == ["Two"]


def test_the_team_has_one_view_that_the_list_opens_with(world: World) -> None:
    new = NewView("members", "Ours", "find=a", is_shared=True, is_default=True)
    seats = seats_of(world, "staff", SeatRole.STAFF)
    keep_view(seats=seats, cluster=world.alpha, new=new)
    seats = seats_of(world, "manager", SeatRole.MANAGER)
    with pytest.raises(DomainError, match="A colleague chose what"):
        keep_view(seats=seats, cluster=world.alpha, new=new)
    assert SavedView.objects.count() == 1


def test_who_only_reads_shares_nothing(world: World) -> None:
    seats = seats_of(world, "observer", SeatRole.OBSERVER)
    keep_view(seats=seats, cluster=world.alpha, new=NewView("members", "Mine", "find=a"))
    with pytest.raises(PermissionDenied):
        keep_view(
            seats=seats, cluster=world.alpha, new=NewView("members", "Ours", "", is_shared=True)
        )
    assert [view.name for view in SavedView.objects.all()] == ["Mine"]


def test_a_manager_takes_a_shared_view_away_and_staff_does_not(world: World) -> None:
    seats = seats_of(world, "manager", SeatRole.MANAGER)
    view = keep_view(
        seats=seats, cluster=world.alpha, new=NewView("members", "Ours", "", is_shared=True)
    )
    with pytest.raises(PermissionDenied):
        take_view_away(seats=seats_of(world, "staff", SeatRole.STAFF), view=view)
    assert SavedView.objects.count() == 1
    take_view_away(seats=seats_of(world, "manager", SeatRole.MANAGER), view=view)
    assert SavedView.objects.count() == 0


def test_the_list_opens_with_the_default_and_everything_leads_past_it(
    client: Client, world: World
) -> None:
    client.force_login(world.people["manager"])
    sent = {
        "list_key": "members",
        "name": "Small ones",
        "query": "size=small&after=1~x&open=3",
        "is_default": "1",
        "next": "/members/alpha/",
    }
    kept = client.post(KEEP, sent).headers["Location"]
    enter(Seats(actor=world.people["manager"].pk))
    assert kept.startswith("/members/alpha/?view=")
    assert kept.endswith("&size=small")
    assert client.get("/members/alpha/").headers["Location"] == kept
    assert "Small ones" in client.get(kept).content.decode()
    assert client.get("/members/alpha/?view=all").status_code == 200
    pk = kept.split("view=")[1].split("&")[0]
    gone = client.post(f"{KEEP}{pk}/remove/", {"next": "https://elsewhere.example/"})
    assert gone.headers["Location"] == "/?view=all"
    assert client.get("/members/alpha/").status_code == 200


def test_a_view_of_another_cluster_is_not_there(client: Client, world: World) -> None:
    view = keep_view(
        seats=seats_of(world, "manager", SeatRole.MANAGER),
        cluster=world.alpha,
        new=NewView("members", "Ours", "", is_shared=True),
    )
    client.force_login(world.people["other_manager"])
    assert client.post(f"/sharing/beta/views/{view.pk}/remove/").status_code == 404
    assert client.post(KEEP, {"list_key": "members", "name": "x"}).status_code == 404
