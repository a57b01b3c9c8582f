"""Two hundred people press the button at once, over connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection, transaction

from clusterwerk.activities import actions
from clusterwerk.activities.actions import Registrant
from clusterwerk.activities.models import (
    Activity,
    ActivityPlaces,
    PublishedActivity,
    Registration,
)
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.errors import DomainError
from factories.world import World, build_world, cluster_seats

PEOPLE, AT_ONCE, PLACES = 200, 20, 20
NOW = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
def committed(transactional_db: None) -> World:
    with transaction.atomic():
        return build_world()


def open_activity(world: World, *, waiting_list: bool) -> int:
    """The published one of the small world, with twenty places and nobody registered any more."""
    with acting(cluster_seats(world.alpha)):
        own = Activity.objects.get(cluster=world.alpha, state="published")
        Registration.objects.filter(activity=own).update(state="cancelled")
        facts = {
            "takes_registrations": True,
            "audience": "everybody",
            "has_waiting_list": waiting_list,
        }
        PublishedActivity.objects.filter(activity=own).update(**facts)
        assert ActivityPlaces.objects.get(activity=own).taken == 0
        return own.pk


@pytest.mark.slow
@pytest.mark.parametrize(("waiting_list", "refused"), [(True, 0), (False, PEOPLE - PLACES)])
def test_two_hundred_at_once_never_get_more_places_than_there_are(
    committed: World, waiting_list: bool, refused: int
) -> None:
    activity = open_activity(committed, waiting_list=waiting_list)
    together = Barrier(AT_ONCE)

    def press(number: int) -> bool:
        if number < AT_ONCE:
            together.wait(60)
        who = Registrant(name="Bea Bos", email=f"bea{number}@example.org", language="en")
        try:
            with acting(NOBODY), transaction.atomic():
                actions.register(seats=NOBODY, activity=activity, who=who, now=NOW)
        except DomainError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(press, range(PEOPLE)))
    with acting(cluster_seats(committed.alpha)):
        states = list(
            Registration.objects.filter(activity=activity)
            .exclude(state="cancelled")
            .values_list("state", flat=True)
        )
        assert ActivityPlaces.objects.get(activity=activity).taken == PLACES
    assert answers.count(False) == refused
    assert states.count("unconfirmed") == PLACES
    assert states.count("waiting") == PEOPLE - PLACES - refused
