"""News of the register: of the own members alone, and dealt with by the team."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from clusterwerk.directory.models import (
    EditionKind,
    Organisation,
    RegisterChange,
    RegisterChangeKind,
    RegisterEdition,
)
from clusterwerk.members.actions.register_news import handle_register_changes
from clusterwerk.members.models import HandledRegisterChange
from clusterwerk.members.queries.register_news import register_changes_for
from clusterwerk.platform.access.seats import SeatRole
from clusterwerk.platform.access.session import enter, unlocked
from factories.world import STEWARD, World, cluster_seats

DAY = date(2026, 11, 22)


def changed(organisation: Organisation, kind: RegisterChangeKind, after: str) -> RegisterChange:
    enter(STEWARD)
    with unlocked(STEWARD, "directory"):
        edition, _ = RegisterEdition.objects.get_or_create(
            number=1, kind=EditionKind.FULL, snapshot_on=DAY, file_digest="0" * 64, slot=1
        )
        return RegisterChange.objects.create(
            organisation=organisation, edition=edition, kind=kind, before="Old", after=after
        )


@pytest.fixture
def news(world: World) -> tuple[RegisterChange, RegisterChange]:
    """One of Alpha's member, one of Beta's."""
    return (
        changed(world.company, RegisterChangeKind.RENAMED, "New of Alpha"),
        changed(world.rival, RegisterChangeKind.MOVED, "New of Beta"),
    )


def test_a_cluster_is_told_of_its_own_members_alone(
    world: World, news: tuple[RegisterChange, RegisterChange]
) -> None:
    enter(cluster_seats(world.alpha))
    assert list(register_changes_for(world.alpha.pk, DAY)) == [news[0]]
    assert list(register_changes_for(world.beta.pk, DAY)) == []
    enter(cluster_seats(world.beta))
    assert list(register_changes_for(world.beta.pk, DAY)) == [news[1]]


def test_what_is_dealt_with_is_the_clusters_own(
    world: World, news: tuple[RegisterChange, RegisterChange]
) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    chosen = [change.pk for change in news]
    assert handle_register_changes(seats=seats, cluster=world.alpha, changes=chosen, day=DAY) == 1
    assert handle_register_changes(seats=seats, cluster=world.alpha, changes=chosen, day=DAY) == 0
    assert list(register_changes_for(world.alpha.pk, DAY, is_handled=False)) == []
    assert list(register_changes_for(world.alpha.pk, DAY, is_handled=True)) == [news[0]]
    enter(cluster_seats(world.beta))
    assert HandledRegisterChange.objects.count() == 0


def test_who_only_reads_marks_nothing(
    world: World, news: tuple[RegisterChange, RegisterChange]
) -> None:
    seats = cluster_seats(world.alpha, SeatRole.OBSERVER)
    enter(seats)
    with pytest.raises(PermissionDenied):
        handle_register_changes(seats=seats, cluster=world.alpha, changes=[news[0].pk], day=DAY)
    assert HandledRegisterChange.objects.count() == 0


def test_the_page_shows_and_marks(
    client: Client, world: World, news: tuple[RegisterChange, RegisterChange]
) -> None:
    client.force_login(world.people["manager"])
    page = f"/members/{world.alpha.key}/register-news/"
    shown = client.get(page).text
    assert "New of Alpha" in shown
    assert "New of Beta" not in shown
    answer = client.post(page, {"change": [news[0].pk, "x", news[1].pk]}, follow=True)
    assert "Marked as dealt with." in answer.text
    assert "New of Alpha" not in answer.text
    assert "New of Alpha" in client.get(page, {"show": "handled"}).text
