"""Two requests to record at the same moment, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import acting
from clusterwerk.reporting.models import CountedReading
from factories.world import World, build_world, cluster_seats


@pytest.fixture
def committed(transactional_db: None) -> World:
    """The small world, visible to other connections."""
    with acting(NOBODY):
        return build_world()


def test_a_double_click_records_each_count_once(committed: World) -> None:
    start = Barrier(2, timeout=10)
    client = Client()
    with acting(NOBODY):
        client.force_login(committed.people["manager"])

    def click() -> int:
        window = Client()
        window.cookies = client.cookies
        start.wait()
        try:
            return window.post("/desk/record/", {"cluster": "alpha"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as clicks:
        answers = list(clicks.map(lambda _number: click(), range(2)))
    assert answers == [302, 302]
    with acting(cluster_seats(committed.alpha)):
        readings = CountedReading.objects.filter(cluster=committed.alpha, day="2021-01-01")
        assert readings.count() == 10
