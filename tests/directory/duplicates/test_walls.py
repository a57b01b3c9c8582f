"""A merge is never a way to rows of others: tries of a cluster, a representative and a steward."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction

from clusterwerk.clusters.models import Cluster, Seat
from clusterwerk.directory.duplicates import Clash, Moves, merge, undo_merge
from clusterwerk.directory.duplicates.registry import forget_merging, register_merging
from clusterwerk.directory.models import Merge, MergeStep, Organisation
from clusterwerk.members.models import Contribution, Membership, SizeStatement, Task
from clusterwerk.platform.access.seats import NOBODY, SeatRole, Seats
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.tracking import event_model
from factories.merges import MakesOrganisation, keep_file, steward
from factories.world import World, cluster_seats, organisation_seats


def acts(cluster: Cluster, role: SeatRole = SeatRole.MANAGER) -> Seats:
    seats = Seats(actor=7, held=cluster_seats(cluster, role).held)
    enter(seats)
    return seats


def seen(*models: Any) -> dict[str, set[int]]:
    """Clusters of whatever exists for the acting seats."""
    return {
        model.__name__: set(model._default_manager.values_list("cluster_id", flat=True))
        for model in models
    }


PRIVATE: tuple[Any, ...] = (Membership, Contribution, SizeStatement, Task, MergeStep)


def test_merging_into_another_clusters_member_shows_nothing_of_that_cluster(
    world: World, organisation: MakesOrganisation
) -> None:
    mine = organisation("Rival bv", world.alpha)
    seats = acts(world.alpha)
    keep_file(world.alpha, mine)
    merge(seats=seats, losing=mine, keeping=world.rival)
    enter(seats)
    assert set.union(*seen(*PRIVATE).values()) == {world.alpha.pk}
    assert list(Membership.objects.filter(organisation=world.rival).values_list("cluster_id")) == [
        (world.alpha.pk,)
    ]
    events: Any = event_model(Membership)
    assert set(events._default_manager.values_list("cluster_id", flat=True)) == {world.alpha.pk}


def test_the_other_cluster_learns_nothing_either(
    world: World, organisation: MakesOrganisation
) -> None:
    mine = organisation("Rival bv", world.alpha)
    seats = acts(world.alpha)
    keep_file(world.alpha, mine)
    acts(world.beta)
    before = Merge.objects.count(), MergeStep.objects.count()
    merge(seats=acts(world.alpha), losing=mine, keeping=world.rival)
    enter(seats)
    acts(world.beta)
    assert set.union(*seen(*PRIVATE).values()) == {world.beta.pk}
    assert (Merge.objects.count(), MergeStep.objects.count()) == before
    assert not Organisation.objects.filter(pk=mine.pk).exists()
    world.rival.refresh_from_db()
    assert world.rival.name == "Rival Works"


def test_a_private_organisation_of_another_cluster_does_not_exist_as_a_target(
    world: World, organisation: MakesOrganisation
) -> None:
    theirs = organisation("Theirs", world.beta)
    mine = organisation("Mine", world.alpha)
    seats = acts(world.alpha)
    for losing, keeping in ((mine, theirs), (theirs, mine), (theirs, world.rival)):
        with pytest.raises(DomainError, match="does not exist for you"):
            merge(seats=seats, losing=losing, keeping=keeping)
    mine.refresh_from_db()
    assert mine.merged_into is None


def test_not_even_a_raw_statement_leads_to_a_private_row_or_out_of_the_shared_ones(
    world: World, organisation: MakesOrganisation
) -> None:
    theirs = organisation("Theirs", world.beta)
    mine = organisation("Mine", world.alpha)
    seats = acts(world.alpha)
    tries = ((mine.pk, theirs.pk), (world.company.pk, mine.pk), (mine.pk, mine.pk))
    for losing, keeping in tries:
        with (
            unlocked(seats, "directory"),
            pytest.raises(IntegrityError, match="merged into one that stands"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "update directory_organisation set merged_into_id = %s where id = %s",
                [keeping, losing],
            )


def test_only_managers_of_the_cluster_take_its_merge_back(
    world: World, organisation: MakesOrganisation
) -> None:
    mine = organisation("Mine", world.alpha)
    made = merge(seats=acts(world.alpha), losing=mine, keeping=world.company)
    for seats in (
        acts(world.beta),
        acts(world.alpha, SeatRole.STAFF),
        acts(world.alpha, SeatRole.OBSERVER),
        steward(),
        organisation_seats(world.company),
        NOBODY,
    ):
        enter(seats)
        with pytest.raises(PermissionDenied):
            undo_merge(seats=seats, merge=made)
    enter(cluster_seats(world.alpha))
    mine.refresh_from_db()
    assert mine.merged_into == world.company


def test_a_forged_merge_of_another_cluster_is_not_found(
    world: World, organisation: MakesOrganisation
) -> None:
    """Whoever fills in their own cluster on a merge that they do not see gets nowhere."""
    theirs = organisation("Theirs", world.beta)
    made = merge(seats=acts(world.beta), losing=theirs, keeping=world.rival)
    forged = Merge(pk=made.pk, number=made.number, cluster_id=world.alpha.pk)
    with pytest.raises(DomainError, match="does not exist for you"):
        undo_merge(seats=acts(world.alpha), merge=forged)


def test_a_representative_gains_no_sight_by_the_merge_of_a_cluster(
    world: World, organisation: MakesOrganisation
) -> None:
    """Who speaks for a private organisation does not speak for the shared one it went up in."""
    mine = organisation("Mine", world.alpha)
    seats = acts(world.alpha)
    keep_file(world.alpha, mine)
    made = merge(seats=seats, losing=mine, keeping=world.rival)
    enter(organisation_seats(mine))
    assert [model._default_manager.count() for model in PRIVATE] == [0, 0, 0, 0, 0]
    enter(seats)
    undo_merge(seats=seats, merge=made)
    enter(organisation_seats(mine))
    assert set(Membership.objects.values_list("cluster_id", flat=True)) == {world.alpha.pk}


def test_representatives_of_the_shared_one_read_what_the_cluster_gave_it_and_no_past(
    world: World, organisation: MakesOrganisation
) -> None:
    mine = organisation("Mine", world.alpha)
    seats = acts(world.alpha)
    keep_file(world.alpha, mine)
    merge(seats=seats, losing=mine, keeping=world.rival)
    enter(organisation_seats(world.rival))
    found = Membership.objects.values_list("cluster_id", flat=True)
    assert sorted(found) == [world.alpha.pk, world.beta.pk, world.gamma.pk]
    events: Any = event_model(Membership)
    labels = events._default_manager.filter(cluster_id=world.alpha.pk)
    assert list(labels.values_list("pgh_label", flat=True)) == ["update"]


def test_a_shared_merge_lets_rows_of_every_cluster_follow_and_the_steward_sees_none(
    world: World, organisation: MakesOrganisation
) -> None:
    other = organisation("Rival Works again")
    made = merge(seats=steward(), losing=world.rival, keeping=other)
    enter(steward())
    assert set(MergeStep.objects.values_list("cluster_id", flat=True)) <= {None}
    assert [model._default_manager.count() for model in PRIVATE[:4]] == [0, 0, 0, 0]
    for cluster in (world.beta, world.gamma):
        acts(cluster)
        assert Membership.objects.get().organisation_id == other.pk
        assert Contribution.objects.get().organisation_id == other.pk
        assert Task.objects.get().organisation_id == other.pk
        steps = MergeStep.objects.filter(merge=made.number)
        assert set(steps.values_list("cluster_id", flat=True)) == {cluster.pk}
    acts(world.alpha)
    assert not MergeStep.objects.filter(merge=made.number).exists()
    assert Membership.objects.get().organisation_id == world.company.pk


def test_undoing_a_shared_merge_lets_all_of_them_go_back(
    world: World, organisation: MakesOrganisation
) -> None:
    other = organisation("Rival Works again")
    made = merge(seats=steward(), losing=world.rival, keeping=other)
    acts(world.gamma)
    task = Task.objects.get()
    task.organisation = None
    task.save()
    enter(steward())
    assert undo_merge(seats=steward(), merge=made) == []
    acts(world.beta)
    assert Membership.objects.get().organisation_id == world.rival.pk
    assert Task.objects.get().organisation_id == world.rival.pk
    acts(world.gamma)
    assert Membership.objects.get().organisation_id == world.rival.pk
    left = MergeStep.objects.filter(merge=made.number, kind="left")
    assert [(step.model, step.row) for step in left] == [("members.task", task.pk)]


def test_private_aliases_of_a_cluster_follow_the_shared_one_they_led_to(
    world: World, organisation: MakesOrganisation
) -> None:
    mine, other = organisation("Mine", world.alpha), organisation("Company again")
    merge(seats=acts(world.alpha), losing=mine, keeping=world.company)
    enter(steward())
    made = merge(seats=steward(), losing=world.company, keeping=other)
    acts(world.alpha)
    mine.refresh_from_db()
    assert mine.merged_into == other
    enter(steward())
    undo_merge(seats=steward(), merge=made)
    acts(world.alpha)
    mine.refresh_from_db()
    assert mine.merged_into == world.company


def test_seats_move_with_a_stewards_merge_and_back(
    world: World, organisation: MakesOrganisation
) -> None:
    other = organisation("Company again")
    enter(steward())
    seat = Seat.objects.get(organisation=world.company)
    made = merge(seats=steward(), losing=world.company, keeping=other)
    seat.refresh_from_db()
    assert seat.organisation_id == other.pk
    undo_merge(seats=steward(), merge=made)
    seat.refresh_from_db()
    assert seat.organisation_id == world.company.pk


def test_the_functions_that_name_clusters_answer_a_steward_at_the_open_door_only(
    world: World,
) -> None:
    asked = "select access.clusters_that_know(%s)"
    for seats, door in (
        (Seats(actor=7, held=cluster_seats(world.alpha).held), "directory"),
        (steward(), "reporting"),
        (NOBODY, "directory"),
    ):
        enter(seats)
        with (
            unlocked(seats, door),
            pytest.raises(DatabaseError, match="A steward merges the shared directory"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(asked, [world.rival.pk])
    enter(steward())
    with unlocked(steward(), "directory"), connection.cursor() as cursor:
        cursor.execute(asked, [world.rival.pk])
        assert {number for (number,) in cursor.fetchall()} == {world.beta.pk, world.gamma.pk}


def test_what_goes_wrong_in_a_cluster_is_told_without_a_word_of_its_rows(
    world: World, organisation: MakesOrganisation
) -> None:
    def refuses(row: Task, _kept: Any) -> list[Task]:
        raise DomainError(f"secret {row.title}")

    kept = Moves(Task, "organisation")
    forget_merging(kept)
    trial = Moves(Task, "organisation", Clash(finds=refuses))
    register_merging(trial)
    other = organisation("Rival Works again")
    try:
        with pytest.raises(DomainError) as refused:
            merge(seats=steward(), losing=world.rival, keeping=other)
    finally:
        forget_merging(trial)
        register_merging(kept)
    assert str(refused.value) == "Rows of a cluster cannot follow, so nothing was changed."
    assert refused.value.__cause__ is None
    enter(steward())
    world.rival.refresh_from_db()
    assert world.rival.merged_into is None
    acts(world.beta)
    assert Membership.objects.get().organisation_id == world.rival.pk


def test_after_a_shared_merge_the_stewards_own_seats_stand_again(
    world: World, organisation: MakesOrganisation
) -> None:
    other = organisation("Rival Works again")
    enter(steward())
    merge(seats=steward(), losing=world.rival, keeping=other)
    with connection.cursor() as cursor:
        cursor.execute(
            "select access.clusters(), access.written_clusters(), access.steward(),"
            " access.unlocked('directory')"
        )
        assert cursor.fetchone() == ([], [], True, False)
