"""An enterprise of the register becomes an organisation that all share."""

from datetime import date
from pathlib import Path

import pytest

from clusterwerk.directory.actions import organisation_from_register
from clusterwerk.directory.actions.register import load_register
from clusterwerk.directory.models import Organisation, OrganisationKind
from clusterwerk.directory.queries import sectors_of
from clusterwerk.platform.access.session import enter
from clusterwerk.platform.errors import DomainError
from factories.register_extracts import (
    CommandSteps,
    activity,
    dotted,
    enterprise,
    exact,
    name,
    plain,
    seat,
)
from factories.world import World, cluster_seats

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(world: World, tmp_path: Path) -> None:
    rows = {
        "enterprise": [enterprise(1)],
        "denomination": [name(1, "Bakkerij De Zon")],
        "address": [seat(1)],
        "activity": [activity(1, "10710"), activity(1, "1071", "2008"), activity(1, "62100")],
    }
    load_register(steps=CommandSteps(), path=exact(tmp_path / "full.zip", rows))


def test_facts_and_main_activities_come_out_of_the_register(register: None, world: World) -> None:
    enter(cluster_seats(world.alpha))
    taken = organisation_from_register(seats=cluster_seats(world.alpha), number=dotted(1))
    assert (taken.name, taken.kind) == ("Bakkerij De Zon", OrganisationKind.ENTERPRISE)
    assert (taken.cluster_id, taken.is_kept_by_register) == (None, True)
    assert isinstance(taken.as_of, date)
    assert [(each.name.shown_code, each.is_main) for each in sectors_of(taken.pk)] == [
        ("10.710", True),
        ("62.100", True),
        ("10.71", True),
    ]


def test_a_number_taken_twice_is_one_organisation(register: None, world: World) -> None:
    enter(cluster_seats(world.alpha))
    first = organisation_from_register(seats=cluster_seats(world.alpha), number=dotted(1))
    enter(cluster_seats(world.beta))
    again = organisation_from_register(seats=cluster_seats(world.beta), number=plain(1))
    assert again.pk == first.pk


def test_a_number_that_the_register_does_not_know_makes_nothing(
    register: None, world: World
) -> None:
    enter(cluster_seats(world.alpha))
    before = Organisation.objects.count()
    with pytest.raises(DomainError, match="The enterprise register does not know"):
        organisation_from_register(seats=cluster_seats(world.alpha), number=dotted(9))
    assert Organisation.objects.count() == before
