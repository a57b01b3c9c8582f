"""The large data set of the benchmarks at a hundredth of its size: whole, the same each time, and
behind the same walls as every other row."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # benchmarks are no installed package

from bench.large.cast import make_cast
from bench.large.load import load
from bench.large.shape import shape_of, sizes
from bench.large.tables import TABLES

from clusterwerk.clusters.models import Agency, Cluster, PublicProfile
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import Contribution, Membership
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.history.tracking import event_model
from factories.owner import as_owner
from factories.world import cluster_seats

SMALL = shape_of(0.01)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, int]]:
    with django_db_blocker.unblock():
        with as_owner():
            made = load(SMALL)
        yield made.rows
        with as_owner():
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def _owner(loaded: dict[str, int]) -> Iterator[None]:
    with as_owner():
        yield


def test_the_whole_data_set_has_its_size() -> None:
    whole = shape_of(1)
    assert (whole.clusters, whole.organisations, whole.memberships) == (1_500, 200_000, 300_000)
    several = sizes(whole.clusters, whole.memberships, whole.largest)
    assert sum(several) == 300_000
    assert several[0] == 5_000
    middle = sum(100 <= size <= 300 for size in several)
    assert middle > len(several) / 2


@pytest.mark.usefixtures("_owner")
def test_every_row_that_was_asked_for_stands() -> None:
    assert Cluster.objects.count() == PublicProfile.objects.count() == 15
    assert Organisation.objects.count() == 2_000
    assert Membership.objects.count() == 3_000
    assert Agency.objects.count() == 2
    assert not Membership.objects.filter(is_demo=False).exists()
    assert Membership.objects.filter(period__endswith__isnull=False).count() > 300


@pytest.mark.usefixtures("_owner")
def test_history_has_grown_beside_the_rows(loaded: dict[str, int]) -> None:
    for table in TABLES:
        event = event_model(table.model)
        assert event is not None, table.model
        assert event._base_manager.count() == loaded[table.model._meta.db_table]


@pytest.mark.usefixtures("_owner")
def test_no_constraint_was_set_aside_and_the_next_id_is_free() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pg_constraint where not convalidated")
        assert cursor.fetchone() == (0,)
        cursor.execute("select count(*) from pg_trigger where tgenabled = 'D'")
        assert cursor.fetchone() == (0,)
        for table in TABLES:
            if table.has_id:
                name = table.model._meta.db_table
                cursor.execute(f"select max(id) from {name}")
                last = cursor.fetchone()
                cursor.execute("select nextval(pg_get_serial_sequence(%s, 'id'))", [name])
                assert cursor.fetchone() == (last[0] + 1,), name


def test_a_cluster_sees_its_own_rows_and_nobody_sees_any(loaded: dict[str, int]) -> None:
    with as_owner():
        ours, theirs = Cluster.objects.order_by("pk")[:2]
        expected = Membership.objects.filter(cluster=ours).count()
    assert expected == 500
    with acting(cluster_seats(ours)):
        assert Membership.objects.count() == expected
        assert not Contribution.objects.filter(cluster=theirs).exists()
        assert Contribution.objects.exists()
    with acting(NOBODY):
        assert not Membership.objects.exists()
        assert PublicProfile.objects.count() == 15


def test_the_same_seed_gives_the_same_rows_and_another_others() -> None:
    def members(seed: str) -> list[str]:
        cluster = make_cast(SMALL, seed).clusters[3]
        return [f"{each.organisation} {each.period} {each.pays}" for each in cluster.members()]

    assert members("one") == members("one")
    assert members("one") != members("two")
