"""Merging organisations: everything moves, clashes end as told, and it can be taken back."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.actions.correcting import correct_organisation
from clusterwerk.directory.duplicates import merge, undo_merge
from clusterwerk.directory.duplicates.holding import seen_of
from clusterwerk.directory.duplicates.merging import FACTS
from clusterwerk.directory.duplicates.moving import rows_of
from clusterwerk.directory.duplicates.registry import moves_to
from clusterwerk.directory.models import (
    IdentifierScheme,
    Merge,
    MergeStep,
    MergeStepKind,
    Organisation,
    OrganisationIdentifier,
)
from clusterwerk.members.models import (
    Contribution,
    Membership,
    SizeStatement,
    Tag,
    TagUse,
    Task,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.tracking import event_model
from factories.merges import MakesOrganisation, keep_file, member, steward
from factories.world import World, cluster_seats


def acts(cluster: Cluster, actor: int = 7) -> Seats:
    seats = Seats(actor=actor, held=cluster_seats(cluster).held)
    enter(seats)
    return seats


def held(organisation: Organisation, cluster: int | None) -> dict[str, list[int]]:
    """Keys of everything of one owner that refers to an organisation, by relation."""
    found = {
        f"{moves.model.__name__}.{moves.field}": sorted(
            rows_of(moves, organisation.pk, cluster).values_list("pk", flat=True)
        )
        for moves in moves_to(Organisation)
    }
    return {name: keys for name, keys in found.items() if keys}


def test_a_private_organisation_moves_with_everything_into_a_shared_one(
    world: World, organisation: MakesOrganisation
) -> None:
    private = organisation("Éclair Works bv", world.alpha)
    acts(world.alpha)
    keep_file(world.alpha, private)
    before = held(private, world.alpha.pk)
    assert {"TagUse.organisation", "Position.organisation", "Task.organisation"} <= set(before)
    new = organisation("Éclair Shared")
    seats = acts(world.alpha)
    merge(seats=seats, losing=private, keeping=new)
    assert held(private, world.alpha.pk) == {}
    assert held(new, world.alpha.pk) == {**before, "Organisation.merged_into": [private.pk]}
    private.refresh_from_db()
    assert private.merged_into == new


def test_undoing_brings_everything_back_as_it_was(
    world: World, organisation: MakesOrganisation
) -> None:
    private = organisation("Éclair Works bv", world.alpha)
    seats = acts(world.alpha)
    keep_file(world.alpha, private)
    before, before_kept = held(private, world.alpha.pk), held(world.company, world.alpha.pk)
    made = merge(seats=seats, losing=private, keeping=world.company)
    assert undo_merge(seats=seats, merge=made) == []
    assert held(private, world.alpha.pk) == before
    assert held(world.company, world.alpha.pk) == before_kept
    private.refresh_from_db()
    assert private.merged_into is None
    assert undo_merge(seats=seats, merge=made) == []


def test_overlapping_memberships_become_one_over_all_the_time(
    world: World, organisation: MakesOrganisation
) -> None:
    private = organisation("Éclair bv", world.alpha)
    seats = acts(world.alpha)
    earlier = member(world.alpha, private, date(2017, 1, 1), date(2018, 6, 1))
    Contribution.objects.create(
        cluster=world.alpha, membership=earlier, organisation=private, working_year=1, amount=100
    )
    Contribution.objects.create(
        cluster=world.alpha, membership=earlier, organisation=private, working_year=2, amount=200
    )
    made = merge(seats=seats, losing=private, keeping=world.company)
    kept = Membership.objects.get(cluster=world.alpha, organisation=world.company)
    assert kept == world.membership
    assert (kept.period.lower, kept.period.upper) == (date(2017, 1, 1), None)
    promised = Contribution.objects.filter(membership=kept).order_by("working_year")
    assert list(promised.values_list("working_year", "amount", "organisation_id")) == [
        (1, Decimal(500), world.company.pk),
        (2, Decimal(200), world.company.pk),
    ]
    assert undo_merge(seats=seats, merge=made) == []
    kept.refresh_from_db()
    assert kept.period.lower == date(2018, 1, 1)
    back = Membership.objects.get(pk=earlier.pk)
    assert (back.organisation_id, back.period.upper) == (private.pk, date(2018, 6, 1))
    promised = Contribution.objects.filter(membership=back).order_by("working_year")
    assert list(promised.values_list("working_year", "amount", "organisation_id")) == [
        (1, Decimal(100), private.pk),
        (2, Decimal(200), private.pk),
    ]


def test_the_same_tag_and_the_size_of_one_year_stand_once(
    world: World, organisation: MakesOrganisation
) -> None:
    private = organisation("Éclair bv", world.alpha)
    seats = acts(world.alpha)
    tag = Tag.objects.create(cluster=world.alpha, name="robots")
    for each in (private, world.company):
        TagUse.objects.create(cluster=world.alpha, tag=tag, organisation=each)
    SizeStatement.objects.create(
        cluster=world.alpha, organisation=private, year=2019, headcount=99, turnover=5, source="x"
    )
    merge(seats=seats, losing=private, keeping=world.company)
    assert TagUse.objects.filter(tag=tag).get().organisation_id == world.company.pk
    size = SizeStatement.objects.get(organisation=world.company, year=2019)
    assert (size.headcount, size.turnover) == (12, Decimal(5))


def test_every_moved_row_has_its_event_with_the_reason(
    world: World, organisation: MakesOrganisation
) -> None:
    private = organisation("Éclair bv", world.alpha)
    seats = acts(world.alpha, actor=41)
    joined = member(world.alpha, private, date(2010, 1, 1), date(2011, 1, 1))
    merge(seats=seats, losing=private, keeping=world.company)
    events = event_model(Membership)
    assert events is not None
    last = events._default_manager.filter(pgh_obj_id=joined.pk).latest("pgh_id")
    assert (last.pgh_label, last.organisation_id) == ("update", world.company.pk)  # type: ignore[attr-defined]
    reason = f"merge of organisation {private.pk} into {world.company.pk}"
    assert last.pgh_context == {"actor": 41, "reason": reason}  # type: ignore[attr-defined]


def test_a_row_that_changed_since_stays_and_is_named(
    world: World, organisation: MakesOrganisation
) -> None:
    private, third = organisation("Éclair bv", world.alpha), organisation("Third", world.alpha)
    seats = acts(world.alpha)
    tag = Tag.objects.create(cluster=world.alpha, name="robots")
    use = TagUse.objects.create(cluster=world.alpha, tag=tag, organisation=private)
    joined = member(world.alpha, private, date(2010, 1, 1), date(2011, 1, 1))
    made = merge(seats=seats, losing=private, keeping=world.company)
    use.refresh_from_db()
    use.organisation = third
    use.save()
    left = undo_merge(seats=seats, merge=made)
    assert [(step.model, step.row, step.kind) for step in left] == [
        ("members.taguse", use.pk, MergeStepKind.LEFT)
    ]
    use.refresh_from_db()
    joined.refresh_from_db()
    assert (use.organisation, joined.organisation) == (third, private)


def test_a_second_click_gives_the_merge_that_stands(
    world: World, organisation: MakesOrganisation
) -> None:
    private = organisation("Éclair bv", world.alpha)
    seats = acts(world.alpha)
    first = merge(seats=seats, losing=private, keeping=world.company)
    assert merge(seats=seats, losing=private, keeping=world.company) == first
    assert Merge.objects.filter(losing=private.pk).count() == 1


def test_a_chain_of_merges_is_undone_from_its_end(
    world: World, organisation: MakesOrganisation
) -> None:
    one, two = organisation("One", world.alpha), organisation("Two", world.alpha)
    seats = acts(world.alpha)
    joined = member(world.alpha, one, date(2010, 1, 1), date(2011, 1, 1))
    first = merge(seats=seats, losing=one, keeping=two)
    two.refresh_from_db()
    second = merge(seats=seats, losing=two, keeping=world.company)
    one.refresh_from_db()
    joined.refresh_from_db()
    assert (one.merged_into, joined.organisation) == (world.company, world.company)
    with pytest.raises(DomainError, match="take back the later merge first"):
        undo_merge(seats=seats, merge=first)
    assert undo_merge(seats=seats, merge=second) == []
    assert undo_merge(seats=seats, merge=first) == []
    one.refresh_from_db()
    joined.refresh_from_db()
    assert (one.merged_into, joined.organisation) == (None, one)


def test_a_cluster_takes_its_merge_back_whatever_a_steward_merged_since(
    world: World, organisation: MakesOrganisation
) -> None:
    mine, shared = organisation("Eclair Works BV", world.alpha), organisation("Eclair Works")
    seats = acts(world.alpha)
    joined = member(world.alpha, mine, date(2010, 1, 1), date(2011, 1, 1))
    own = merge(seats=seats, losing=mine, keeping=shared)
    enter(steward())
    later = merge(seats=steward(), losing=shared, keeping=world.company)
    enter(seats)
    mine.refresh_from_db()
    joined.refresh_from_db()
    assert (mine.merged_into, joined.organisation) == (world.company, world.company)
    assert undo_merge(seats=seats, merge=own) == []
    mine.refresh_from_db()
    joined.refresh_from_db()
    assert (mine.merged_into, joined.organisation) == (None, mine)
    enter(steward())
    undo_merge(seats=steward(), merge=later)
    enter(seats)
    joined.refresh_from_db()
    shared.refresh_from_db()
    assert (joined.organisation, shared.merged_into) == (mine, None)


def test_who_corrects_what_was_merged_meanwhile_is_told_where(
    world: World, organisation: MakesOrganisation
) -> None:
    mine = organisation("Eclair Works BV", world.alpha)
    seats = acts(world.alpha)
    merge(seats=seats, losing=mine, keeping=world.company)
    with pytest.raises(DomainError, match="merged into Éclair Works in the meantime"):
        correct_organisation(seats=seats, organisation=mine, facts={"name": "Another"})
    mine.refresh_from_db()
    assert mine.name == "Eclair Works BV"


def test_what_somebody_changed_while_two_were_compared_is_looked_at_again(
    world: World, organisation: MakesOrganisation
) -> None:
    mine = organisation("Eclair Works BV", world.alpha)
    seats = acts(world.alpha)
    seen = seen_of((mine, world.company), FACTS)
    with unlocked(seats, "directory"):
        Organisation.objects.filter(pk=mine.pk).update(website="https://other.example")
    with pytest.raises(DomainError, match="Somebody changed one of the two"):
        merge(seats=seats, losing=mine, keeping=world.company, seen=seen)
    mine.refresh_from_db()
    assert mine.merged_into is None
    seen = seen_of((mine, world.company), FACTS)
    merge(seats=seats, losing=mine, keeping=world.company, seen=seen)


def test_nothing_is_merged_into_a_merged_one_or_with_itself(
    world: World, organisation: MakesOrganisation
) -> None:
    one, two = organisation("One", world.alpha), organisation("Two", world.alpha)
    seats = acts(world.alpha)
    merge(seats=seats, losing=one, keeping=world.company)
    with pytest.raises(DomainError, match="One was merged into another organisation already"):
        merge(seats=seats, losing=two, keeping=one)
    with pytest.raises(DomainError, match="Choose two different"):
        merge(seats=seats, losing=two, keeping=two)
    two.refresh_from_db()
    assert two.merged_into is None


def number(organisation: Organisation, value: str, seats: Seats) -> None:
    with unlocked(seats, "directory"):
        OrganisationIdentifier.objects.create(
            organisation=organisation, scheme=IdentifierScheme.BE_ENTERPRISE, value=value
        )


def test_two_different_numbers_are_two_enterprises_unless_one_ceased(
    world: World, organisation: MakesOrganisation
) -> None:
    one = organisation("Works One")
    two = organisation("Works Two")
    seats = steward()
    enter(seats)
    number(one, "0400000001", seats)
    number(two, "0400000002", seats)
    with pytest.raises(DomainError, match="different numbers in the same register"):
        merge(seats=seats, losing=one, keeping=two)
    with unlocked(seats, "directory"):
        Organisation.objects.filter(pk=one.pk).update(ceased_on=date(2020, 1, 1))
    merge(seats=seats, losing=one, keeping=two)
    assert sorted(two.identifiers.values_list("value", flat=True)) == ["0400000001", "0400000002"]


def test_chosen_facts_go_over_and_come_back(world: World, organisation: MakesOrganisation) -> None:
    one = organisation("Works One", website="https://one.example")
    two = organisation("Works Two")
    seats = steward()
    enter(seats)
    made = merge(seats=seats, losing=one, keeping=two, values={"website": one.website})
    two.refresh_from_db()
    assert two.website == "https://one.example"
    assert undo_merge(seats=seats, merge=made) == []
    two.refresh_from_db()
    assert two.website == ""


def test_only_a_manager_merges_private_ones_and_only_a_steward_shared_ones(
    world: World, organisation: MakesOrganisation
) -> None:
    private, shared = organisation("One", world.alpha), organisation("Two")
    seats = acts(world.alpha)
    with pytest.raises(PermissionDenied, match="Only a steward"):
        merge(seats=seats, losing=shared, keeping=world.company)
    with pytest.raises(PermissionDenied, match="does not go up in a private one"):
        merge(seats=seats, losing=shared, keeping=private)
    enter(steward())
    with pytest.raises(DomainError, match="does not exist for you"):
        merge(seats=steward(), losing=private, keeping=shared)
    assert not Merge.objects.filter(losing__in=[private.pk, shared.pk]).exists()
    assert MergeStep.objects.count() == 0


def test_nothing_new_is_written_for_an_organisation_that_was_merged(
    world: World, organisation: MakesOrganisation
) -> None:
    mine = organisation("Eclair Works BV", world.alpha)
    seats = acts(world.alpha)
    made = merge(seats=seats, losing=mine, keeping=world.company)
    late = {"cluster": world.alpha, "title": "Call back", "organisation_id": mine.pk}
    with pytest.raises(IntegrityError, match="violates foreign key"), transaction.atomic():
        Task.objects.create(**late)
    undo_merge(seats=seats, merge=made)
    assert Task.objects.create(**late).organisation_id == mine.pk
