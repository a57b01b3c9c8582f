"""Private organisations go along when another cluster takes their cluster in."""

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from clusterwerk.clusters.handover.actions import Proposal, accept, carry_out, propose
from clusterwerk.clusters.handover.models import HandOver
from clusterwerk.clusters.models import PublicProfile
from clusterwerk.directory.actions import NewOrganisation, type_in_organisation
from clusterwerk.directory.models import IdentifierScheme, Organisation, OrganisationKind
from clusterwerk.members.models import Membership, MembershipCategory
from clusterwerk.platform.access.seats import Seats, seats_for
from clusterwerk.platform.access.session import enter
from factories.world import World, agency_seats, cluster_seats


def seats_of(world: World, name: str) -> Seats:
    enter(Seats(actor=world.people[name].pk))
    seats = seats_for(world.people[name].pk)
    enter(seats)
    return seats


def typed_in(cluster_seats_: Seats, cluster: int, name: str) -> Organisation:
    enter(cluster_seats_)
    number = {IdentifierScheme.DK_CVR: "13585628"}
    new = NewOrganisation(name, OrganisationKind.ENTERPRISE, "by hand", identifiers=number)
    return type_in_organisation(seats=cluster_seats_, cluster=cluster, new=new)


def carried_out(world: World) -> HandOver:
    seats = seats_of(world, "manager")
    profile = PublicProfile.objects.get(slug="beta")
    proposal = Proposal(day=timezone.localdate(), reason="One team", to_profile=profile)
    over = propose(seats=seats, cluster=world.alpha, proposal=proposal)
    accept(seats=seats_of(world, "other_manager"), over=over)
    carry_out(seats=seats_of(world, "programme_manager"), over=over)
    return over


def joined(world: World, organisation: Organisation) -> None:
    enter(cluster_seats(world.alpha))
    Membership.objects.create(
        agency=world.agency,
        cluster=world.alpha,
        organisation=organisation,
        category=MembershipCategory.objects.get(),
        period=DateRange(date(2020, 1, 1), None),
        is_paying=True,
        source="test",
    )


def test_they_go_along_with_their_memberships_and_numbers(world: World) -> None:
    made = typed_in(cluster_seats(world.alpha), world.alpha.pk, "Nordlys")
    joined(world, made)
    over = carried_out(world)
    enter(cluster_seats(world.beta))
    moved = Organisation.objects.get(pk=made.pk)
    assert (moved.cluster_id, moved.identifiers.get().cluster_id) == (world.beta.pk, world.beta.pk)
    assert Membership.objects.get(organisation=moved).cluster_id == world.beta.pk
    told = "organisations typed in by hand that go along: %(number)s"
    over.refresh_from_db()
    assert {"words": told, "number": 1} in (over.outcome or [])
    enter(cluster_seats(world.alpha))
    assert not Organisation.objects.filter(pk=made.pk).exists()


def test_the_agency_still_reads_every_membership_of_before_and_after(world: World) -> None:
    made = typed_in(cluster_seats(world.alpha), world.alpha.pk, "Nordlys")
    joined(world, made)
    carried_out(world)
    enter(agency_seats(world.agency))
    rows = Membership.objects.filter(organisation=made).select_related("organisation")
    assert sorted((row.cluster_id, row.organisation.name) for row in rows) == [
        (world.alpha.pk, "Nordlys"),
        (world.beta.pk, "Nordlys"),
    ]


def test_the_same_number_in_both_clusters_does_not_stop_it(world: World) -> None:
    mine = typed_in(cluster_seats(world.alpha), world.alpha.pk, "Nordlys here")
    joined(world, mine)
    theirs = typed_in(cluster_seats(world.beta), world.beta.pk, "Nordlys there")
    carried_out(world)
    enter(cluster_seats(world.beta))
    own = Organisation.objects.filter(cluster_id=world.beta.pk)
    assert {row.pk: row.identifiers.count() for row in own} == {mine.pk: 0, theirs.pk: 1}
