"""Five hundred people in a minute, and everybody presses twice."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from activities.test_registering_at_once import NOW, committed, open_activity
from clusterwerk.activities import actions
from clusterwerk.activities.actions import Registrant
from clusterwerk.activities.models import ActivityPlaces, Registration
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import acting, opened
from clusterwerk.platform.jobs.models import OutsideEffect
from factories.world import World, cluster_seats

__all__ = ["committed"]
PEOPLE, AT_ONCE, PLACES = 500, 20, 20


@pytest.mark.slow
def test_five_hundred_who_press_twice_are_all_kept_once_and_have_one_mail(
    committed: World,
) -> None:
    activity = open_activity(committed, waiting_list=True)

    def press(number: int) -> None:
        email = f"bea{number % PEOPLE}@example.org"
        who = Registrant(name="Bea Bos", email=email, language="en")
        try:
            with acting(NOBODY), transaction.atomic():
                actions.register(seats=NOBODY, activity=activity, who=who, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(press, [*range(PEOPLE), *range(PEOPLE)]))
    with acting(cluster_seats(committed.alpha)):
        rows = Registration.objects.filter(activity=activity).exclude(state="cancelled")
        found = Counter(rows.values_list("email", flat=True))
        states = Counter(rows.values_list("state", flat=True))
        assert ActivityPlaces.objects.get(activity=activity).taken == PLACES
    assert (len(found), set(found.values())) == (PEOPLE, {1})
    assert states == {"unconfirmed": PLACES, "waiting": PEOPLE - PLACES}
    with acting(NOBODY), opened("jobs"):
        asked = OutsideEffect.objects.filter(key__contains=":confirm:")
        assert asked.count() == PEOPLE
