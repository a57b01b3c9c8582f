"""Merging beside other transactions: rows written late, two who merge, and a later merge."""

import pytest

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.duplicates import merge, merge_rows
from clusterwerk.directory.models import Merge, Organisation
from clusterwerk.members import actions
from clusterwerk.members.models import Contact, Task
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.errors import DomainError
from factories.merges import made_organisation
from factories.together import Other, apart, beside
from factories.world import World, build_world, cluster_seats


@pytest.fixture
def committed(transactional_db: None) -> World:
    """The small world, visible to other connections."""
    with acting(NOBODY):
        return build_world()


@pytest.fixture
def mine(committed: World) -> Organisation:
    with acting(cluster_seats(committed.alpha)):
        return made_organisation("Eclair Works BV", committed.alpha)


def write_task(other: Other, cluster: Cluster, organisation: Organisation) -> None:
    other.execute(
        "insert into members_task (cluster_id, organisation_id, title, note, is_demo)"
        " values (%s, %s, 'Late', '', false)",
        [cluster.pk, organisation.pk],
    )


def merged(world: World, losing: Organisation) -> Merge:
    seats = cluster_seats(world.alpha)
    with acting(seats):
        return merge(seats=seats, losing=losing, keeping=world.company)


def test_a_row_that_is_being_written_makes_a_merge_wait_and_give_way(
    committed: World, mine: Organisation
) -> None:
    with beside(committed.alpha) as other:
        write_task(other, committed.alpha, mine)
        with pytest.raises(DomainError, match="try again shortly"):
            merged(committed, mine)
        with acting(cluster_seats(committed.alpha)):
            mine.refresh_from_db()
            assert mine.merged_into is None
    merged(committed, mine)
    with acting(cluster_seats(committed.alpha)):
        assert Task.objects.get(title="Late").organisation == committed.company


def test_what_is_written_during_a_merge_is_refused_in_words(
    committed: World, mine: Organisation
) -> None:
    seats = cluster_seats(committed.alpha)

    def write() -> None:
        with acting(seats):
            new = actions.NewTask(title="Late", organisation=mine)
            actions.add_task(seats=seats, cluster=committed.alpha, new=new)

    with acting(seats):
        merge(seats=seats, losing=mine, keeping=committed.company)
        late = apart(write)
        with pytest.raises(TimeoutError):
            late.result(timeout=0.2)
    with pytest.raises(DomainError, match="was merged into another row in the meantime"):
        late.result(timeout=5)
    with acting(seats):
        assert not Task.objects.filter(title="Late").exists()


def test_two_who_merge_the_same_pair_make_one_merge(committed: World, mine: Organisation) -> None:
    seats = cluster_seats(committed.alpha)
    with acting(seats):
        first = merge(seats=seats, losing=mine, keeping=committed.company)
        second = apart(lambda: merged(committed, mine))
        with pytest.raises(TimeoutError):
            second.result(timeout=0.2)
    assert second.result(timeout=5) == first


def test_two_who_merge_one_pair_both_ways_lose_nobody(committed: World) -> None:
    seats = cluster_seats(committed.alpha)
    with acting(seats):
        one, other = (
            Contact.objects.create(cluster=committed.alpha, last_name="Maes", source="test")
            for _each in range(2)
        )

    def back() -> None:
        with acting(seats):
            merge_rows(seats=seats, losing=other, keeping=one)

    with acting(seats):
        merge_rows(seats=seats, losing=Contact.objects.get(pk=one.pk), keeping=other)
        late = apart(back)
    with pytest.raises(DomainError, match="does not exist any more"):
        late.result(timeout=5)
    with acting(seats):
        assert list(Contact.objects.filter(last_name="Maes")) == [other]
