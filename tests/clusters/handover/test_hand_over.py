"""A cluster goes over to another host or into another cluster, agreed, rehearsed, and recorded."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone

from clusterwerk.clusters.handover.actions import (
    Proposal,
    accept,
    carry_out,
    propose,
    rehearse,
    withdraw,
)
from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.clusters.models import Cluster, ClusterHost, PublicProfile, Seat
from clusterwerk.clusters.sharing.shared import shared_kinds
from clusterwerk.directory.models import OrganisationIdentifier
from clusterwerk.members.models import (
    Contribution,
    Membership,
    MembershipCategory,
    RelatedEnterprise,
    SizeStatement,
)
from clusterwerk.platform.access.seats import Seats, seats_for
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.queries import events_of
from factories.world import STEWARD, World, agency_seats, cluster_seats

TODAY = timezone.localdate


def seats_of(world: World, name: str) -> Seats:
    person = world.people[name]
    enter(Seats(actor=person.pk))
    seats = seats_for(person.pk)
    enter(seats)
    return seats


def into_beta(world: World, day: date | None = None) -> HandOver:
    seats = seats_of(world, "manager")
    profile = PublicProfile.objects.get(slug="beta")
    proposal = Proposal(day=day or TODAY(), reason="One field, one team", to_profile=profile)
    return propose(seats=seats, cluster=world.alpha, proposal=proposal)


def agreed(world: World) -> HandOver:
    over = into_beta(world)
    accept(seats=seats_of(world, "other_manager"), over=over)
    return over


def state(world: World) -> list[object]:
    """Everything that a hand-over could change, as the agency and both clusters see it."""
    found: list[object] = []
    for cluster in (world.alpha, world.beta):
        enter(cluster_seats(cluster))
        found += [
            sorted(map(str, model._default_manager.values_list()))
            for model in (Membership, MembershipCategory, Contribution, SizeStatement, Seat)
        ]
    enter(agency_seats(world.agency))
    return [
        *found,
        *(sorted(map(str, m.objects.values_list())) for m in (Cluster, PublicProfile, ClusterHost)),
    ]


def test_members_go_on_in_the_cluster_that_takes_theirs_in(world: World) -> None:
    over = agreed(world)
    carry_out(seats=seats_of(world, "programme_manager"), over=over)
    enter(cluster_seats(world.beta))
    moved = Membership.objects.get(organisation=world.company)
    assert moved.period == DateRange(TODAY(), None)
    assert moved.category.name == "Member"
    assert "Alpha" in moved.source
    assert SizeStatement.objects.get(organisation=world.company).headcount == 12
    owner = RelatedEnterprise.objects.get(organisation=world.company)
    assert (owner.name, owner.year, owner.share) == ("Holding", 2019, Decimal(30))
    enter(cluster_seats(world.alpha))
    left = Membership.objects.get(pk=world.membership.pk)
    assert left.period == DateRange(date(2018, 1, 1), TODAY())
    assert Contribution.objects.get(cluster=world.alpha).amount == Decimal(500)


def test_who_is_a_member_of_both_keeps_the_membership_there(world: World) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    Membership.objects.create(
        agency=world.agency,
        cluster=world.alpha,
        organisation=world.rival,
        category=world.membership.category,
        period=DateRange(date(2019, 1, 1), None),
        is_paying=False,
        source="test",
    )
    carry_out(seats=seats_of(world, "programme_manager"), over=agreed(world))
    enter(cluster_seats(world.beta))
    kept = Membership.objects.get(organisation=world.rival)
    assert (kept.pk, kept.is_paying) == (world.rival_membership.pk, True)


def test_the_team_goes_along_and_loses_the_old_cluster(world: World) -> None:
    carry_out(seats=seats_of(world, "programme_manager"), over=agreed(world))
    for name in ("manager", "staff", "observer"):
        seats = seats_of(world, name)
        assert world.beta.pk in seats.clusters
        assert world.alpha.pk not in seats.clusters


def test_the_public_finds_the_old_name_at_the_new_place(world: World) -> None:
    carry_out(seats=seats_of(world, "programme_manager"), over=agreed(world))
    assert not PublicProfile.objects.filter(slug="alpha").exists()
    assert PublicProfile.objects.get(slug="beta").aliases == ["Alpha"]
    assert " alpha" in PublicProfile.objects.get(slug="beta").search_text


def test_a_rehearsal_tells_what_would_be_done_and_changes_nothing(world: World) -> None:
    over = agreed(world)
    before = state(world)
    seats = seats_of(world, "manager")
    rehearsed = rehearse(seats=seats, over=over)
    assert state(world) == before
    seats = seats_of(world, "programme_manager")
    assert rehearse(seats=seats, over=over) == rehearsed
    done = carry_out(seats=seats, over=over)
    assert [(str(each.words), each.number) for each in done] == [
        (str(each.words), each.number) for each in rehearsed
    ]
    over.refresh_from_db()
    assert over.outcome is not None
    assert [each["number"] for each in over.outcome] == [each.number for each in done]
    assert state(world) != before


def test_after_a_rehearsal_the_person_sees_no_more_than_before(world: World) -> None:
    over = agreed(world)
    seats = seats_of(world, "manager")
    rehearse(seats=seats, over=over)
    assert set(Membership.objects.values_list("cluster_id", flat=True)) == {world.alpha.pk}


def test_every_change_of_a_hand_over_carries_its_reason(world: World) -> None:
    over = agreed(world)
    seats = seats_of(world, "programme_manager")
    carry_out(seats=seats, over=over)
    enter(cluster_seats(world.beta))
    (event,) = events_of(Membership).filter(
        organisation_id=world.company.pk, cluster_id=world.beta.pk
    )
    assert event.pgh_context == {
        "actor": seats.actor,
        "reason": f"hand-over {over.pk}: One field, one team",
    }


def test_another_host_takes_over_with_a_new_manager(world: World) -> None:
    seats = seats_of(world, "manager")
    enter(agency_seats(world.agency))
    ClusterHost.objects.create(
        agency=world.agency, cluster=world.alpha, organisation=world.rival, position=1
    )
    seats = seats_of(world, "manager")
    proposal = Proposal(
        day=TODAY(),
        reason="The host gives up",
        to_host=world.company,
        new_manager=world.people["stranger"],
        keeps_team=False,
    )
    over = propose(seats=seats, cluster=world.alpha, proposal=proposal)
    carry_out(seats=seats_of(world, "programme_manager"), over=over)
    hosts = ClusterHost.objects.filter(cluster=world.alpha)
    assert [host.organisation_id for host in hosts] == [world.company.pk]
    assert world.alpha.pk in seats_of(world, "stranger").managed_clusters
    for name in ("manager", "staff"):
        assert world.alpha.pk not in seats_of(world, name).clusters
    enter(cluster_seats(world.alpha))
    assert Membership.objects.get(pk=world.membership.pk).period.upper is None


def test_it_is_carried_out_once_and_by_the_agency_alone(world: World) -> None:
    over = agreed(world)
    for name in ("manager", "other_manager", "account_manager", "steward"):
        with pytest.raises(PermissionDenied):
            carry_out(seats=seats_of(world, name), over=over)
    seats = seats_of(world, "programme_manager")
    carry_out(seats=seats, over=over)
    before = state(world)
    with pytest.raises(DomainError):
        carry_out(seats=seats_of(world, "programme_manager"), over=over)
    assert state(world) == before


def test_without_the_other_cluster_nothing_is_told_or_done(world: World) -> None:
    over = into_beta(world)
    before = state(world)
    with pytest.raises(PermissionDenied):
        rehearse(seats=seats_of(world, "manager"), over=over)
    with pytest.raises(DomainError):
        carry_out(seats=seats_of(world, "programme_manager"), over=over)
    with pytest.raises(PermissionDenied):
        accept(seats=seats_of(world, "manager"), over=over)
    assert state(world) == before


def test_it_waits_for_its_day(world: World) -> None:
    over = into_beta(world, TODAY() + timedelta(days=3))
    accept(seats=seats_of(world, "other_manager"), over=over)
    with pytest.raises(DomainError):
        carry_out(seats=seats_of(world, "programme_manager"), over=over)


def test_each_who_must_agree_can_withdraw_and_then_it_is_over(world: World) -> None:
    over = agreed(world)
    withdraw(seats=seats_of(world, "other_manager"), over=over)
    with pytest.raises(DomainError):
        carry_out(seats=seats_of(world, "programme_manager"), over=over)
    assert into_beta(world).is_open


def test_one_open_hand_over_for_each_cluster(world: World) -> None:
    into_beta(world)
    with pytest.raises(DomainError):
        into_beta(world)


def test_a_cluster_of_another_agency_cannot_take_it_in(world: World) -> None:
    seats = seats_of(world, "manager")
    profile = PublicProfile.objects.get(slug="gamma")
    with pytest.raises(DomainError):
        propose(
            seats=seats,
            cluster=world.alpha,
            proposal=Proposal(day=TODAY(), reason="abroad", to_profile=profile),
        )
    assert not HandOver.objects.exists()


def test_a_membership_that_is_still_to_begin_stops_it_and_nothing_changes(world: World) -> None:
    enter(cluster_seats(world.alpha))
    world.membership.period = DateRange(TODAY() + timedelta(days=30), None)
    world.membership.save()
    over = agreed(world)
    before = state(world)
    with pytest.raises(DomainError):
        carry_out(seats=seats_of(world, "programme_manager"), over=over)
    assert state(world) == before
    over.refresh_from_db()
    assert over.is_open


def test_the_pages_lead_those_concerned_through_it(world: World, client: Client) -> None:
    client.force_login(world.people["manager"])
    page = "/sharing/alpha/hand-over/"
    assert client.get(page).status_code == 200
    empty = client.post(page, {"day": TODAY().isoformat(), "reason": "both"})
    assert empty.status_code == 422
    facts = {
        "to_cluster": world.beta.pk,
        "keeps_team": "on",
        "day": TODAY().isoformat(),
        "reason": "One field",
    }
    detail = client.post(page, facts)["Location"]
    client.force_login(world.people["stranger"])
    assert client.get(detail).status_code == 404
    client.force_login(world.people["other_manager"])
    assert client.post(detail, {"do": "accept"}).status_code == 302
    rehearsed = client.post(detail, {"do": "rehearse"})
    assert rehearsed.status_code == 200
    client.force_login(world.people["programme_manager"])
    assert client.post(detail, {"do": "nonsense"}).status_code == 409
    assert client.post(detail, {"do": "carry_out"}).status_code == 302
    assert client.post(detail, {"do": "carry_out"}).status_code == 409
    assert client.get(detail).status_code == 200


def test_the_number_of_the_new_host_is_looked_up_in_the_directory(
    world: World, client: Client
) -> None:
    enter(STEWARD)
    with unlocked(STEWARD, "directory"):
        OrganisationIdentifier.objects.create(
            organisation=world.company, scheme="be-enterprise", value="0403019261"
        )
    client.force_login(world.people["manager"])
    facts = {"day": TODAY().isoformat(), "reason": "New host", "keeps_team": "on"}
    unknown = client.post("/sharing/alpha/hand-over/", {**facts, "to_host": "0999.999.999"})
    assert unknown.status_code == 422
    assert "New host" in unknown.text
    found = client.post("/sharing/alpha/hand-over/", {**facts, "to_host": "0403.019.261"})
    assert found.status_code == 302


def test_the_cluster_that_takes_in_is_shown_the_hand_over_by_its_reason(world: World) -> None:
    into_beta(world)
    enter(cluster_seats(world.beta))
    shared = next(each for each in shared_kinds(world.beta) if each.kind.model is HandOver)
    assert shared.examples == ("One field, one team",)
