"""Sealing beside open transactions, beside another sealer, and killed in the middle."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connection, connections, transaction

from clusterwerk.platform.access.session import acting
from clusterwerk.platform.history.sealing import seal_all, seal_batch
from clusterwerk.platform.history.verifying import snapshot, verify
from factories.owner import as_owner
from factories.seals import rows, run
from factories.world import STEWARD, World, build_world, cluster_seats

pytestmark = pytest.mark.slow
KINDS = "members_membershipcategoryevent"


@pytest.fixture
def committed(transactional_db: None) -> World:
    with transaction.atomic():
        return build_world()


@pytest.fixture
def beside(committed: World) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """Another connection of the application, with a transaction of its own."""
    parameters = connection.get_connection_params()
    wanted = {key: parameters[key] for key in ("host", "dbname", "user") if key in parameters}
    with psycopg.connect(**wanted) as other:
        yield other


def add_kind(other: psycopg.Connection[tuple[Any, ...]], world: World) -> None:
    for name in ("clusters", "written_clusters"):
        other.execute(
            "select set_config(%s, %s, true)", [f"clusterwerk.{name}", f"{{{world.alpha.pk}}}"]
        )
    other.execute(
        "insert into members_membershipcategory (cluster_id, name, description, position,"
        " is_offered) values (%s, 'Late', '', 0, true)",
        [world.alpha.pk],
    )


def test_what_is_committed_late_is_sealed_and_nothing_is_cut_before(
    committed: World, beside: psycopg.Connection[tuple[Any, ...]]
) -> None:
    add_kind(beside, committed)
    with acting(cluster_seats(committed.alpha)):
        run(
            "insert into members_membershipcategory (cluster_id, name, description, position,"
            " is_offered) values (%s, 'Early', '', 0, true)",
            committed.alpha.pk,
        )
    seal_all()
    with as_owner():
        assert rows(
            "select count(*) from platform_historyentry where kind = 'cut' and event_table = %s",
            KINDS,
        ) == [(0,)]
    beside.commit()
    seal_all()
    with as_owner(), snapshot():
        found = verify()
        assert (found.named, found.waiting) == ([], 0)
        sealed = rows(
            "select e.name from platform_historyentry h join members_membershipcategoryevent e"
            " on e.pgh_id = h.event_id where h.event_table = %s and h.kind = 'event'"
            " order by h.number desc limit 2",
            KINDS,
        )
        assert sealed == [("Late",), ("Early",)]


def test_two_sealers_follow_each_other(committed: World) -> None:
    def seal(_: int) -> int:
        try:
            return sum(_one_batch() for _ in range(8))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        sealed = sum(pool.map(seal, range(2)))
    sealed += seal_all()
    with as_owner(), snapshot():
        found = verify()
        (events,) = rows("select count(*) from platform_historyentry where kind = 'event'")
        assert (found.named, found.waiting, events) == ([], 0, (sealed,))


def _one_batch() -> int:
    with acting(STEWARD):
        return seal_batch(5)


def test_a_sealer_that_is_killed_leaves_nothing_half(
    committed: World, beside: psycopg.Connection[tuple[Any, ...]]
) -> None:
    beside.execute("select access.seal_history(1000)")
    beside.close()
    with as_owner(), snapshot():
        assert (verify().entries, verify().broken) == (0, 0)
    assert seal_all() > 30
    with as_owner(), snapshot():
        assert verify().named == []
