"""Looking through somebody else's eyes, and coming back to one's own."""

import pytest
from django.db import DatabaseError, connection, transaction

from clusterwerk.members.models import Membership, MembershipCategory
from clusterwerk.platform.access.looking import looking_as
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import (
    HISTORY_SETTING,
    SEAT_SETTINGS,
    NoTransactionError,
    enter,
    unlocked,
)
from factories.world import World, agency_seats, cluster_seats

SETTINGS = (*SEAT_SETTINGS, HISTORY_SETTING)


def settings_now() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select "
            + ", ".join(f"current_setting('{name}', true)" for name in SETTINGS)
            + ", current_setting('transaction_read_only')"
        )
        return dict(zip((*SETTINGS, "read only"), cursor.fetchone(), strict=True))


def test_inside_are_the_readers_rows_and_afterwards_ones_own(world: World) -> None:
    enter(cluster_seats(world.alpha), reason="a look")
    before = settings_now()
    with looking_as(agency_seats(world.agency)):
        assert set(Membership.objects.values_list("cluster_id", flat=True)) == {
            world.alpha.pk,
            world.beta.pk,
        }
    assert settings_now() == before
    assert list(Membership.objects.values_list("pk", flat=True)) == [world.membership.pk]


def test_an_open_door_and_the_reason_are_as_they_were(world: World) -> None:
    seats = cluster_seats(world.alpha)
    with unlocked(seats, "directory"):
        before = settings_now()
        with looking_as(NOBODY):
            assert settings_now()["clusterwerk.unlocked"] == "{identity}"
        assert settings_now() == before


def test_an_error_inside_leads_back_to_ones_own_seats(world: World) -> None:
    enter(cluster_seats(world.alpha))
    before = settings_now()
    with pytest.raises(ValueError, match="halfway"), looking_as(agency_seats(world.agency)):
        raise ValueError("halfway")
    assert settings_now() == before


def test_an_error_of_the_database_inside_leads_back_too(world: World) -> None:
    enter(cluster_seats(world.alpha))
    before = settings_now()
    with (
        pytest.raises(DatabaseError, match="division"),
        looking_as(agency_seats(world.agency)),
        connection.cursor() as cursor,
    ):
        cursor.execute("select 1 / 0")
    assert settings_now() == before
    assert Membership.objects.count() == 1


def test_nothing_can_be_written_inside_even_by_whoever_may(world: World) -> None:
    enter(cluster_seats(world.alpha))
    with (
        pytest.raises(DatabaseError, match="read-only transaction"),
        looking_as(cluster_seats(world.beta)),
    ):
        MembershipCategory.objects.create(cluster=world.beta, name="Smuggled")
    MembershipCategory.objects.create(cluster=world.alpha, name="Patron")
    assert MembershipCategory.objects.count() == 2


def test_one_look_inside_another_comes_back_step_by_step(world: World) -> None:
    enter(cluster_seats(world.alpha))
    with looking_as(agency_seats(world.agency)):
        with looking_as(NOBODY):
            assert Membership.objects.count() == 0
        assert Membership.objects.count() == 2
    assert Membership.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_there_is_nothing_to_come_back_to() -> None:
    assert not transaction.get_connection().in_atomic_block
    with pytest.raises(NoTransactionError), looking_as(NOBODY):
        pass
