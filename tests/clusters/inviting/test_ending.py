"""Taking access away, giving it up, and who must stay."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from clusterwerk.clusters.actions import change_seat, end_seat
from clusterwerk.clusters.models import Seat
from clusterwerk.platform.access.seats import SeatRole
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.invited import acting_as
from factories.world import STEWARD, World


def seat_of(world: World, name: str) -> Seat:
    enter(STEWARD)
    return Seat.objects.get(user=world.people[name])


def test_access_that_is_taken_away_ends_with_the_next_page(world: World) -> None:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(world.people["staff"])
    assert client.get("/people/cluster/alpha/").status_code == 200
    seat = seat_of(world, "staff")
    manager = Client(headers={"Accept-Language": "en"})
    manager.force_login(world.people["manager"])
    facts = {"do": "end", "role": "staff", "reason": "Left us"}
    assert manager.post(f"/people/seat/{seat.pk}/", facts).status_code == 302
    assert client.get("/people/cluster/alpha/").status_code == 403
    assert client.get("/members/alpha/").status_code in {403, 404}
    assert seat_of(world, "staff").until == timezone.localdate()
    page = manager.get("/people/cluster/alpha/").content.decode()
    assert "staff@example.org" not in page


def test_a_seat_of_today_is_taken_away_today(world: World) -> None:
    seat = seat_of(world, "staff")
    Seat.objects.filter(pk=seat.pk).update(since=timezone.localdate())
    seats = acting_as(world.people["manager"])
    end_seat(seats=seats, seat=Seat.objects.get(pk=seat.pk), until=timezone.localdate())
    assert acting_as(world.people["staff"]).held == ()


@pytest.mark.parametrize("name", ["manager", "programme_manager", "steward"])
def test_the_last_who_answers_for_a_place_stays(world: World, name: str) -> None:
    seat = seat_of(world, name)
    seats = acting_as(world.people[name])
    with pytest.raises(DomainError, match="Nobody would be left with this role"):
        end_seat(seats=seats, seat=seat, until=timezone.localdate())
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(DomainError, match="Nobody would be left"):
        change_seat(seats=seats, seat=seat, role=SeatRole(seat.role), until=tomorrow)
    assert seat_of(world, name).until is None


def test_a_manager_leaves_once_there_is_a_successor(world: World) -> None:
    seats = acting_as(world.people["manager"])
    successor = Seat.objects.get(user=world.people["staff"])
    promoted = change_seat(
        seats=seats, seat=successor, role=SeatRole.MANAGER, until=None, reason="Takes over"
    )
    assert (promoted.role, promoted.until) == ("manager", None)
    own = Seat.objects.get(user=world.people["manager"])
    end_seat(seats=seats, seat=own, until=timezone.localdate())
    assert [seat.role for seat in acting_as(world.people["staff"]).held] == ["manager"]
    assert acting_as(world.people["manager"]).held == ()


def test_a_closed_account_is_no_successor(world: World) -> None:
    seats = acting_as(world.people["manager"])
    successor = Seat.objects.get(user=world.people["staff"])
    change_seat(seats=seats, seat=successor, role=SeatRole.MANAGER, until=None)
    world.people["staff"].is_active = False
    world.people["staff"].save()
    own = Seat.objects.get(user=world.people["manager"])
    with pytest.raises(DomainError, match="Nobody would be left"):
        end_seat(seats=seats, seat=own, until=timezone.localdate())


def test_a_steward_can_empty_a_cluster(world: World) -> None:
    seats = acting_as(world.people["steward"])
    seat = Seat.objects.get(user=world.people["manager"])
    end_seat(seats=seats, seat=seat, until=timezone.localdate(), reason="Left without a word")
    assert acting_as(world.people["manager"]).held == ()


def test_everybody_gives_up_an_own_seat_and_nobody_that_of_another_place(world: World) -> None:
    for name in ("staff", "observer", "member", "evaluator", "account_manager"):
        seat = seat_of(world, name)
        seats = acting_as(world.people["other_manager"])
        with pytest.raises(PermissionDenied):
            end_seat(seats=seats, seat=seat, until=timezone.localdate())
        assert Seat.objects.filter(pk=seat.pk).update(until=date(2020, 1, 1)) == 0
        seats = acting_as(world.people[name])
        end_seat(seats=seats, seat=seat, until=timezone.localdate())
        assert acting_as(world.people[name]).held == ()


def test_an_organisation_ends_the_seats_of_its_people_and_no_others(world: World) -> None:
    enter(STEWARD)
    own, others = (
        Seat.objects.create(
            user=world.people["stranger"],
            kind="organisation",
            role="representative",
            organisation=organisation,
        )
        for organisation in (world.company, world.rival)
    )
    seats = acting_as(world.people["member"])
    end_seat(seats=seats, seat=own, until=timezone.localdate())
    with pytest.raises(PermissionDenied):
        end_seat(seats=seats, seat=others, until=timezone.localdate())
    enter(STEWARD)
    assert Seat.objects.get(pk=own.pk).until == timezone.localdate()
    assert Seat.objects.get(pk=others.pk).until is None


def test_a_member_changes_a_seat_by_hand_neither_into_another_nor_at_all(world: World) -> None:
    """Without the door that the action opens no seat is reached."""
    acting_as(world.people["member"])
    assert Seat.objects.update(organisation=world.rival) == 0
    assert Seat.objects.update(until=None, role="representative") == 0


def test_a_role_of_another_place_is_no_change(world: World) -> None:
    seats = acting_as(world.people["manager"])
    seat = Seat.objects.get(user=world.people["staff"])
    with pytest.raises(DomainError):
        change_seat(seats=seats, seat=seat, role=SeatRole.STEWARD, until=None)
    assert seat_of(world, "staff").role == "staff"


def test_a_steward_gives_another_role_in_a_cluster_that_only_its_people_see(world: World) -> None:
    seat = seat_of(world, "staff")
    steward = Client(headers={"Accept-Language": "en"})
    steward.force_login(world.people["steward"])
    facts = {"do": "change", "role": "observer", "last_day": "", "reason": "Reads only"}
    assert steward.post(f"/people/seat/{seat.pk}/", facts).status_code == 302
    enter(STEWARD)
    given = Seat.objects.get(user=world.people["staff"], role="observer")
    assert (given.cluster_id, given.agency_id) == (world.alpha.pk, world.agency.pk)
    assert Seat.objects.get(pk=seat.pk).until == timezone.localdate()


def test_a_last_day_of_a_mistyped_year_is_asked_again(world: World) -> None:
    seat = seat_of(world, "staff")
    manager = Client(headers={"Accept-Language": "en"})
    manager.force_login(world.people["manager"])
    facts = {"do": "change", "role": "staff", "last_day": "9999-12-31", "reason": ""}
    answer = manager.post(f"/people/seat/{seat.pk}/", facts)
    assert answer.status_code == 422
    assert "Is the year right?" in answer.text
    assert seat_of(world, "staff").until is None
