"""Who reads and writes, as told in words, is who the database lets through."""

import pytest
from django.db import connection

from clusterwerk.platform.access import classes
from clusterwerk.platform.access.audiences import (
    Audience,
    UnknownAudienceError,
    audiences,
    readers,
    readers_of_the_past,
    writers,
)
from clusterwerk.platform.access.classes import TableAccess
from clusterwerk.platform.access.seats import NOBODY, HeldSeat, SeatKind, SeatRole, Seats
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.kinds import kinds
from factories.world import STEWARD, World, agency_seats, cluster_seats, organisation_seats

CLASSES = {name: it for name, it in vars(classes).items() if isinstance(it, TableAccess)}


@pytest.mark.parametrize("name", CLASSES)
def test_every_class_has_words_for_who_reads_and_writes(name: str) -> None:
    access = CLASSES[name]
    assert bool(readers(access)) == (access.read != "false")
    written = {access.insert, access.update, access.delete} - {"", "false"}
    assert bool(writers(access)) == bool(written)
    for audience in (*readers(access), *writers(access), *readers_of_the_past(access)):
        assert audience.words


def test_a_policy_that_asks_for_something_new_is_named() -> None:
    with pytest.raises(UnknownAudienceError, match="moons"):
        audiences("moon_id = any(access.moons())")
    with pytest.raises(UnknownAudienceError, match="current_user"):
        audiences("current_user = 'somebody'")


def test_the_words_follow_the_policies() -> None:
    assert readers(classes.MEMBERSHIP_AMOUNT) == (Audience.CLUSTER, Audience.ORGANISATION)
    assert writers(classes.MEMBERSHIP_AMOUNT) == (Audience.CLUSTER_WRITERS,)
    assert readers(classes.PUBLISHED) == (Audience.EVERYBODY,)
    assert readers_of_the_past(classes.PUBLISHED) == (Audience.CLUSTER, Audience.AGENCY)
    assert writers(classes.COUNTED) == (
        Audience.CLUSTER_WRITERS,
        Audience.AGENCY_WRITERS,
        Audience.REPORTING,
    )
    assert writers(classes.READ_ONLY) == ()
    assert audiences("") == audiences("false") == ()


def seats_of(audience: Audience, world: World) -> Seats | None:
    evaluator = HeldSeat(SeatKind.EVALUATION, SeatRole.EVALUATOR, world.agency.pk, world.agency.pk)
    return {
        Audience.EVERYBODY: NOBODY,
        Audience.CLUSTER: cluster_seats(world.alpha, SeatRole.OBSERVER),
        Audience.AGENCY: agency_seats(world.agency),
        Audience.ORGANISATION: organisation_seats(world.company),
        Audience.PROGRAMME: Seats(held=(evaluator,)),
        Audience.STEWARD: STEWARD,
    }.get(audience)


TRIED = (
    Audience.EVERYBODY,
    Audience.CLUSTER,
    Audience.AGENCY,
    Audience.ORGANISATION,
    Audience.PROGRAMME,
    Audience.STEWARD,
)


def told(access: TableAccess, tried: Audience) -> bool:
    """Whether the words say that this audience reads; a cluster is also part of its programme.

    The small world holds no private organisation.
    """
    named = set(readers(access))
    wider = {Audience.EVERYBODY, Audience.EVERYBODY_WHERE_SHARED, tried}
    if tried in {Audience.CLUSTER, Audience.AGENCY}:
        wider.add(Audience.PROGRAMME)
    return bool(named & wider)


@pytest.mark.parametrize("tried", TRIED)
def test_whoever_is_told_to_read_reads_and_nobody_else(world: World, tried: Audience) -> None:
    """Rows about Alpha, counted by plain SQL with the seats of one audience."""
    enter(Seats(held=(*cluster_seats(world.alpha).held, *STEWARD.held)))
    rows = {
        kind: list(kind.model.objects.filter(kind.concerns(world.alpha.pk)).values_list("pk"))  # type: ignore[attr-defined]
        for kind in kinds()
    }
    seats = seats_of(tried, world)
    assert seats is not None
    enter(seats)
    wrong = []
    for kind, own in rows.items():
        found = count(
            kind.model._meta.db_table, str(kind.model._meta.pk.column), [pk for (pk,) in own]
        )
        expected = told(kind.model.access, tried) and bool(own)  # type: ignore[attr-defined]
        # Seats of the cluster tell nothing of the organisation or agency that also has seats.
        if (found > 0) != expected and kind.model.__name__ != "Seat":
            wrong.append((kind.model.__name__, found, expected))
    assert wrong == []


def count(table: str, column: str, rows: list[int]) -> int:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"select count(*) from {quote(table)} where {quote(column)} = any(%s)", [rows]
        )
        (number,) = cursor.fetchone()
    return int(number)


def seats_seen(seats: Seats) -> set[str]:
    from clusterwerk.clusters.models import Seat  # noqa: PLC0415 - beside its only use

    enter(seats)
    return set(Seat.objects.values_list("user__name", flat=True))


def test_a_programme_knows_who_works_for_its_agency_and_who_evaluates(world: World) -> None:
    assert seats_seen(cluster_seats(world.alpha)) == {
        "manager",
        "staff",
        "observer",
        "programme_manager",
        "account_manager",
        "evaluator",
    }
    assert seats_seen(cluster_seats(world.gamma)) == set()


def test_representatives_know_who_else_represents_their_organisation(world: World) -> None:
    assert seats_seen(organisation_seats(world.company)) == {"member"}
    assert seats_seen(organisation_seats(world.rival)) == set()
