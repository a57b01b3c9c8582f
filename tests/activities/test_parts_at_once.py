"""Two managers answer, the lead changes and people register in one moment: nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection, transaction

from activities.registered import NOW, OPEN
from clusterwerk.activities import actions
from clusterwerk.activities.models import Activity, ActivityPart, Registration
from clusterwerk.clusters.models import PublicProfile
from clusterwerk.platform.access.seats import NOBODY, Seats
from clusterwerk.platform.access.session import acting
from factories.world import World, build_world, cluster_seats

PEOPLE = 12


@pytest.fixture
def committed(transactional_db: None) -> World:
    with transaction.atomic():
        return build_world()


def asked_in(world: World) -> tuple[Activity, ActivityPart]:
    seats = cluster_seats(world.alpha)
    with acting(seats):
        plan = replace(OPEN, capacity=100)
        draft = actions.plan_activity(seats=seats, lead=world.alpha, plan=plan)
        own = actions.publish_activity(seats=seats, activity=draft, now=NOW)
        beta = PublicProfile.objects.get(pk=world.beta.pk)
        part = actions.ask_cluster(seats=seats, activity=own, asked=beta, words="", now=NOW)
    return own, part


@pytest.mark.slow
def test_everybody_at_once_loses_nothing(committed: World) -> None:
    own, part = asked_in(committed)
    alpha, beta = cluster_seats(committed.alpha), cluster_seats(committed.beta)
    together = Barrier(PEOPLE + 3)

    def accepts() -> object:
        return actions.accept_part(seats=beta, part=part, themes="Water", now=NOW)

    def changes() -> object:
        plan = replace(OPEN, name="Moved", capacity=100, venue="Elsewhere")
        return actions.change_activity(seats=alpha, activity=own, plan=plan)

    def registers(number: int) -> Callable[[], object]:
        who = actions.Registrant(name="Bea Bos", email=f"b{number}@example.org", language="en")
        return lambda: actions.register(seats=NOBODY, activity=own.pk, who=who, now=NOW)

    def act(what: tuple[Seats, Callable[[], object]]) -> object:
        together.wait(60)
        try:
            with acting(what[0]), transaction.atomic():
                return what[1]()
        finally:
            connection.close()

    everybody = [(NOBODY, registers(number)) for number in range(PEOPLE)]
    both = [(beta, accepts), (beta, accepts), (alpha, changes)]
    with ThreadPoolExecutor(PEOPLE + 3) as pool:
        answers = list(pool.map(act, [*everybody, *both]))
    assert sorted(answers[PEOPLE : PEOPLE + 2]) == [False, True]  # type: ignore[type-var]
    with acting(beta):
        assert Activity.objects.get(pk=own.pk).venue == "Elsewhere"
        assert Registration.objects.filter(activity_id=own.pk).count() == PEOPLE
