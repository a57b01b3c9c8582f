"""Seven enterprises in the register, and target groups over them."""

from datetime import date

import pytest

from clusterwerk.directory.models import (
    IdentifierScheme,
    OrganisationIdentifier,
    RegisteredEnterprise1,
    RegisterEdition,
)
from clusterwerk.directory.places import load_places
from clusterwerk.directory.sectors import load_sectors
from clusterwerk.members.actions.target_groups import TargetGroupFacts, add_target_group
from clusterwerk.members.models import TargetGroup
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import enter, unlocked
from factories.world import World, cluster_seats

DAY = date(2020, 1, 31)
MEMBER = "0403019261"
# number, name, kind, postcode, codes of 2025, codes of 2008
ROWS: tuple[tuple[str, str, str, str, list[str], list[str]], ...] = (
    (MEMBER, "eclair works", "2", "9000", ["62100"], ["62010"]),
    ("0400000185", "alpha soft", "2", "9000", ["62100"], []),
    ("0400000284", "beta portal", "2", "2000", ["63100"], []),
    ("0400000383", "gamma hosting", "2", "4000", [], ["63110"]),
    ("0400000482", "delta bakery", "2", "9000", ["10710"], ["10711"]),
    ("0400000581", "someone alone", "1", "", ["62100"], []),
    ("0400000680", "offshore wind consult", "2", "8400", ["71120"], []),
)


@pytest.fixture
def register(world: World) -> World:
    """Seven enterprises in the edition in use; the company of Alpha is one of them."""
    seats = seats_of_command()
    enter(seats)
    with unlocked(seats, "directory"):
        RegisterEdition.objects.create(
            number=1, kind="full", snapshot_on=date(2020, 1, 1), file_name="test.zip",
            file_digest="0" * 64, slot=1, is_in_use=True, enterprise_count=len(ROWS),
        )  # fmt: skip
    with unlocked(seats, "register"):
        RegisteredEnterprise1.objects.bulk_create(
            RegisteredEnterprise1(
                number=number, name=name.title(), search_name=name, kind=kind, status="AC",
                situation="000", postcode=postcode, nace_2025=newer, nace_2008=older,
                search_words=" ".join(f"'{word}'" for word in name.split()),
            )
            for number, name, kind, postcode, newer, older in ROWS
        )  # fmt: skip
    load_places(seats=seats)
    load_sectors(seats=seats)
    with unlocked(seats, "directory"):
        OrganisationIdentifier.objects.create(
            organisation=world.company, scheme=IdentifierScheme.BE_ENTERPRISE, value=MEMBER
        )
    enter(cluster_seats(world.alpha))
    return world


def group_of(world: World, **facts: object) -> TargetGroup:
    return add_target_group(
        seats=cluster_seats(world.alpha),
        cluster=world.alpha,
        facts=TargetGroupFacts(**{"name": "Group", **facts}),  # type: ignore[arg-type] # as given
    )
