"""Organisations typed in by hand: nobody else sees, guesses, names or counts them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from clusterwerk.clusters.models import Cluster, ClusterHost, Seat
from clusterwerk.directory.actions import (
    NewOrganisation,
    add_identifier,
    publish_organisation,
    register_organisation,
    type_in_organisation,
)
from clusterwerk.directory.models import (
    IdentifierScheme,
    Organisation,
    OrganisationIdentifier,
    OrganisationKind,
    OrganisationWords,
)
from clusterwerk.directory.queries import find_organisations, organisation_known_as
from clusterwerk.members.models import Membership, MembershipCategory
from clusterwerk.platform.access.seats import NOBODY, SeatRole, Seats
from clusterwerk.platform.access.session import enter, unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.tracking import event_model
from factories.world import STEWARD, World, agency_seats, cluster_seats, organisation_seats

NUMBER = "DK13585628"
VAT = IdentifierScheme.VAT


def typed(world: World, cluster: Cluster | None = None, **facts: object) -> Organisation:
    """Typed in by Alpha, with a Danish number, unless told otherwise."""
    cluster = cluster or world.alpha
    seats = cluster_seats(cluster)
    enter(seats)
    known: dict[str, object] = {
        "name": "Nordlys ApS",
        "kind": OrganisationKind.ENTERPRISE,
        "country": "DK",
        "source": "by hand",
        "identifiers": {VAT: NUMBER},
    }
    new = NewOrganisation(**{**known, **facts})  # type: ignore[arg-type]
    return type_in_organisation(seats=seats, cluster=cluster.pk, new=new)


def joined(world: World, organisation: Organisation) -> Membership:
    enter(cluster_seats(world.alpha))
    return Membership.objects.create(
        agency=world.agency,
        cluster=world.alpha,
        organisation=organisation,
        category=MembershipCategory.objects.get(),
        period=DateRange(date(2020, 1, 1), None),
        is_paying=True,
        source="test",
    )


@contextmanager
def taking(seats: Seats) -> Iterator[None]:
    """Code that opens the door of the directory by itself, in a savepoint."""
    with transaction.atomic(), unlocked(seats, "directory"):
        yield


def past_of(organisation: Organisation) -> list[int | None]:
    """To whom it was private, event by event, as whoever acts may read it."""
    event = event_model(Organisation)
    assert event is not None
    rows = event._default_manager.filter(pgh_obj_id=organisation.pk).order_by("pgh_id")
    return list(rows.values_list("cluster_id", flat=True))


OTHERS: dict[str, Callable[[World], Seats]] = {
    "nobody": lambda _: NOBODY,
    "stranger": lambda world: Seats(actor=world.people["stranger"].pk),
    "another cluster": lambda world: cluster_seats(world.beta),
    "agency": lambda world: agency_seats(world.agency),
    "another agency": lambda world: agency_seats(world.foreign_agency),
    "another organisation": lambda world: organisation_seats(world.company),
    "steward": lambda _: STEWARD,
}


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_reads_finds_or_counts_what_a_cluster_typed_in(world: World, who: str) -> None:
    seen = Organisation.objects.count()
    made = typed(world)
    enter(OTHERS[who](world))
    assert not Organisation.objects.filter(pk=made.pk).exists()
    assert Organisation.objects.count() == seen
    assert OrganisationIdentifier.objects.filter(value=NUMBER).count() == 0
    assert OrganisationWords.objects.filter(text__contains="nordlys").count() == 0
    assert past_of(made) == []
    assert find_organisations("nordlys") == []
    assert find_organisations("DK 13 58 56 28") == []
    assert organisation_known_as(VAT, NUMBER) is None


def test_its_own_cluster_reads_and_finds_it(world: World) -> None:
    made = typed(world)
    for role in (SeatRole.MANAGER, SeatRole.STAFF, SeatRole.OBSERVER, SeatRole.FINANCE):
        enter(cluster_seats(world.alpha, role))
        assert [found.organisation for found in find_organisations("nordlys")] == [made.pk]
        assert [found.source for found in find_organisations("DK 13 58 56 28")] == ["private"]


def test_two_clusters_know_the_same_number_and_neither_learns_of_the_other(world: World) -> None:
    first = typed(world)
    second = typed(world, world.beta)
    assert first.pk != second.pk
    assert organisation_known_as(VAT, NUMBER) == second
    enter(cluster_seats(world.alpha))
    assert organisation_known_as(VAT, NUMBER) == first


def test_a_number_is_typed_in_once_by_a_cluster(world: World) -> None:
    typed(world)
    with pytest.raises(DomainError, match="DK13585628 already belongs to Nordlys ApS"):
        typed(world, name="Nordlys again")
    assert Organisation.objects.filter(cluster_id=world.alpha.pk).count() == 1


def test_what_the_directory_holds_is_not_typed_in(world: World) -> None:
    seats = cluster_seats(world.beta)
    enter(seats)
    new = NewOrganisation("Shared", OrganisationKind.ENTERPRISE, "test", identifiers={VAT: NUMBER})
    register_organisation(seats=seats, new=new)
    with pytest.raises(DomainError, match="already belongs to Shared; choose that one"):
        typed(world)


@pytest.mark.parametrize("role", [SeatRole.OBSERVER, SeatRole.FINANCE])
def test_only_manager_and_staff_type_in(world: World, role: SeatRole) -> None:
    seats = cluster_seats(world.alpha, role)
    enter(seats)
    new = NewOrganisation("Mine", OrganisationKind.ENTERPRISE, "by hand")
    with pytest.raises(PermissionDenied):
        type_in_organisation(seats=seats, cluster=world.alpha.pk, new=new)


def test_nobody_types_in_for_another_cluster(world: World) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    new = NewOrganisation("Mine", OrganisationKind.ENTERPRISE, "by hand")
    with pytest.raises(PermissionDenied):
        type_in_organisation(seats=seats, cluster=world.beta.pk, new=new)
    with pytest.raises(ProgrammingError, match="row-level security"), taking(seats):
        Organisation.objects.create(
            name="Smuggled", kind="enterprise", source="x", cluster_id=world.beta.pk
        )


def test_what_cannot_be_is_refused(world: World) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(DomainError, match="not in the future"):
        typed(world, started_on=tomorrow)
    with pytest.raises(DomainError, match="does not stop before it started"):
        typed(world, started_on=date(2020, 1, 2), ceased_on=date(2020, 1, 1))
    with pytest.raises(DomainError, match="needs a name"):
        typed(world, name="  ")
    with pytest.raises(DomainError, match="at most 200"):
        typed(world, name="x" * 201)
    assert Organisation.objects.filter(cluster_id=world.alpha.pk).count() == 0


def test_a_key_to_a_private_row_of_another_cluster_is_refused_as_if_it_were_not_there(
    world: World,
) -> None:
    made = typed(world)
    enter(cluster_seats(world.beta))
    facts = {
        "agency": world.agency,
        "cluster": world.beta,
        "category": MembershipCategory.objects.get(),
        "period": DateRange(date(2020, 1, 1), None),
        "is_paying": True,
        "source": "test",
    }
    with pytest.raises(IntegrityError, match="is not present in table"), transaction.atomic():
        Membership.objects.create(organisation_id=made.pk, **facts)
    with pytest.raises(IntegrityError, match="is not present in table"), transaction.atomic():
        Membership.objects.update(organisation_id=made.pk)


def test_a_row_for_everybody_never_names_a_private_organisation(world: World) -> None:
    made = typed(world)
    with pytest.raises(IntegrityError, match="is not present in table"), transaction.atomic():
        ClusterHost.objects.create(
            agency=world.agency, cluster=world.alpha, organisation=made, position=1
        )


def test_a_steward_cannot_give_a_seat_for_a_private_organisation(world: World) -> None:
    made = typed(world)
    enter(STEWARD)
    with pytest.raises(IntegrityError, match="is not present in table"), transaction.atomic():
        Seat.objects.create(
            user=world.people["stranger"],
            kind="organisation",
            role="representative",
            organisation_id=made.pk,
        )


def test_the_agency_reads_it_from_its_first_membership_on(world: World) -> None:
    made = typed(world)
    membership = joined(world, made)
    enter(agency_seats(world.agency))
    seen = Membership.objects.select_related("organisation").get(pk=membership.pk)
    assert seen.organisation.name == "Nordlys ApS"
    assert [each.value for each in seen.organisation.identifiers.all()] == [NUMBER]
    for seats in (agency_seats(world.foreign_agency), cluster_seats(world.beta), NOBODY):
        enter(seats)
        assert not Organisation.objects.filter(pk=made.pk).exists()
        assert not OrganisationIdentifier.objects.filter(organisation_id=made.pk).exists()


def test_a_shared_organisation_is_never_made_private(world: World) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    with pytest.raises(IntegrityError, match="does not become private"), taking(seats):
        Organisation.objects.filter(pk=world.rival.pk).update(cluster_id=world.alpha.pk)


def test_a_private_organisation_cannot_be_given_to_another_cluster(world: World) -> None:
    made = typed(world)
    seats = cluster_seats(world.alpha)
    enter(seats)
    with pytest.raises(ProgrammingError, match="row-level security"), taking(seats):
        Organisation.objects.filter(pk=made.pk).update(cluster_id=world.beta.pk)


def test_without_the_door_nobody_writes_it(world: World) -> None:
    made = typed(world)
    enter(cluster_seats(world.alpha))
    assert Organisation.objects.filter(pk=made.pk).update(name="Changed") == 0


def test_what_is_published_is_seen_and_found_by_everybody_with_its_numbers(world: World) -> None:
    made = typed(world)
    joined(world, made)
    seats = cluster_seats(world.alpha)
    enter(seats)
    assert publish_organisation(seats=seats, organisation=made)
    assert not publish_organisation(seats=seats, organisation=made)
    enter(cluster_seats(world.beta))
    assert [found.source for found in find_organisations("nordlys")] == ["directory"]
    assert organisation_known_as(VAT, NUMBER) == made
    # What it was while it was private stays the cluster's own.
    enter(Seats(actor=world.people["stranger"].pk))
    assert past_of(made) == [None]
    enter(cluster_seats(world.alpha))
    assert past_of(made) == [world.alpha.pk, world.alpha.pk]


def test_only_the_manager_publishes(world: World) -> None:
    made = typed(world)
    seats = cluster_seats(world.alpha, SeatRole.STAFF)
    enter(seats)
    with pytest.raises(PermissionDenied):
        publish_organisation(seats=seats, organisation=made)
    assert Organisation.objects.get(pk=made.pk).is_private


def test_what_is_shared_by_its_number_is_matched_and_not_published(world: World) -> None:
    made = typed(world)
    other = cluster_seats(world.beta)
    enter(other)
    new = NewOrganisation("Shared", OrganisationKind.ENTERPRISE, "test", identifiers={VAT: NUMBER})
    register_organisation(seats=other, new=new)
    seats = cluster_seats(world.alpha)
    enter(seats)
    with pytest.raises(DomainError, match="already belongs to Shared"):
        publish_organisation(seats=seats, organisation=made)
    assert Organisation.objects.get(pk=made.pk).is_private


def test_a_number_added_later_is_private_too(world: World) -> None:
    made = typed(world, identifiers={})
    seats = cluster_seats(world.alpha)
    enter(seats)
    identifier, is_new = add_identifier(
        seats=seats, organisation=made, scheme=VAT, value="DK 13 58 56 28"
    )
    identifier.refresh_from_db()
    assert (is_new, identifier.cluster_id) == (True, world.alpha.pk)
    enter(cluster_seats(world.beta))
    assert not OrganisationIdentifier.objects.filter(value=NUMBER).exists()


def test_the_triggers_are_looked_for(transactional_db: None) -> None:
    from clusterwerk.platform.access.private_rows import (  # noqa: PLC0415 - beside its only use
        guard_private_rows,
        missing_triggers,
    )
    from factories.owner import as_owner  # noqa: PLC0415

    assert missing_triggers() == []
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "drop trigger directory_organisationidentifier_owner"
            " on directory_organisationidentifier"
        )
        assert [each.name for each in missing_triggers()] == [
            "directory_organisationidentifier_owner"
        ]
        assert guard_private_rows({"directory_organisationidentifier"}) == 1
    assert missing_triggers() == []
