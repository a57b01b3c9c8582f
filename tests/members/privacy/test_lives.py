"""Whose past a manager may empty: every life of a row was in a cluster of theirs."""

import pytest
from django.db import ProgrammingError, connection, transaction

from clusterwerk.members.models import Contact
from clusterwerk.platform.access.seats import Seats, seats_for
from clusterwerk.platform.access.session import enter, opened
from factories.world import World, cluster_seats


def contact(world: World, cluster: str, **facts: int) -> Contact:
    owner = getattr(world, cluster)
    enter(cluster_seats(owner))
    return Contact.objects.create(cluster=owner, last_name="Maes", source="test", **facts)


def empty_past(world: World, key: int) -> None:
    """As the manager of Alpha."""
    enter(Seats(actor=world.people["manager"].pk))
    enter(seats_for(world.people["manager"].pk))
    asked = f'{{"members_contactevent": [{key}]}}'
    with opened("erasure"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "select access.erase_history(gen_random_uuid(), 'members.Contact', %s, null, 'x', %s)",
            [key, asked],
        )


def test_a_number_that_another_cluster_used_before_keeps_its_past(world: World) -> None:
    theirs = contact(world, "beta")
    key = theirs.pk
    theirs.delete()
    contact(world, "alpha", id=key)
    with pytest.raises(ProgrammingError, match="holds rows of others"):
        empty_past(world, key)


def test_a_row_that_was_taken_away_and_came_back_is_the_clusters_own(world: World) -> None:
    own = contact(world, "alpha")
    key = own.pk
    own.delete()
    contact(world, "alpha", id=key)
    empty_past(world, key)


def test_a_row_that_was_handed_over_leaves_its_past_to_who_took_it_over(world: World) -> None:
    theirs = contact(world, "beta")
    enter(Seats(held=(*cluster_seats(world.alpha).held, *cluster_seats(world.beta).held)))
    Contact.objects.filter(pk=theirs.pk).update(cluster=world.alpha)
    empty_past(world, theirs.pk)
