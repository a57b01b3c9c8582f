"""Which rows exist for whom: proved over SQL as the application role."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import (
    DatabaseError,
    IntegrityError,
    ProgrammingError,
    connection,
    models,
    transaction,
)

from clusterwerk.activities.models import (
    Activity,
    ActivityPart,
    Attendance,
    Handout,
    HandoutFile,
    HandoutMail,
    Mailing,
    MailingRecipient,
    Registration,
)
from clusterwerk.clusters.models import Cluster, Seat
from clusterwerk.members.models import (
    Contribution,
    KnownColumn,
    Membership,
    MembershipCategory,
    Move,
    MoveFile,
    MoveRow,
    RelatedEnterprise,
    SizeStatement,
    TargetGroup,
    TargetGroupCount,
)
from clusterwerk.platform.access.apply import declared_tables, existing_tables
from clusterwerk.platform.access.classes import TableAccess
from clusterwerk.platform.access.seats import HeldSeat, SeatKind, SeatRole, Seats, seats_for
from clusterwerk.platform.access.session import NOBODY, SEAT_SETTINGS, enter
from clusterwerk.platform.models import User
from clusterwerk.programme.models import Agreement, Target
from clusterwerk.reporting.models import CountedReading, StatedReading
from factories.groups import GROUP_TABLES
from factories.matching import MATCHING_TABLES
from factories.memberships import RULE_TABLES
from factories.merges import MERGING_TABLES
from factories.owner import as_owner
from factories.people import PEOPLE_TABLES
from factories.privacy import PRIVACY_TABLES
from factories.team import TEAM_TABLES
from factories.world import World, agency_seats, cluster_seats, organisation_seats

# Rows of these classes are for everybody: registers of organisations and places, and what is
# published. Technical tables hold no facts of anybody: the job queue (ids only) and Django's lists.
# The small world holds no private organisation; tests/directory looks at those.
PUBLIC_CLASSES = {
    "shared",
    "shared or private",
    "part of shared or private",
    "register",
    "published",
    "open places",
    "technical",
    "technical, read only",
}


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {connection.ops.quote_name(table)}")
        (number,) = cursor.fetchone()
    return int(number)


def clear_settings() -> None:
    with connection.cursor() as cursor:
        for name in SEAT_SETTINGS:
            cursor.execute("select set_config(%s, '', true)", [name])


def test_tests_work_as_the_application_role_which_owns_nothing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_user, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,"
            " (select count(*) from pg_class where relowner = pg_roles.oid)"
            " from pg_roles where rolname = current_user"
        )
        assert cursor.fetchone() == ("clusterwerk_app", False, False, False, False, 0)


def test_every_table_is_empty_without_settings_but_for_what_is_public(world: World) -> None:
    clear_settings()
    seen = {
        table: count(table)
        for table, access in declared_tables().items()
        if access.name not in PUBLIC_CLASSES
    }
    assert {table: number for table, number in seen.items() if number} == {}
    assert "members_membership" in seen
    assert "platform_user" in seen
    assert "django_session" in seen


def test_every_table_in_the_database_declares_its_class(db: None) -> None:
    assert existing_tables() == set(declared_tables())


def test_every_model_of_ours_declares_its_class_in_its_body() -> None:
    undeclared = [
        model.__name__
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("clusterwerk")
        and not isinstance(vars(model).get("access"), TableAccess)
    ]
    assert undeclared == []


def test_grants_and_policies_are_those_of_the_classes(db: None) -> None:
    call_command("access_apply", check=True)


def test_a_policy_changed_by_hand_is_named(transactional_db: None) -> None:
    with as_owner():
        with connection.cursor() as cursor:
            cursor.execute("alter table members_membership disable row level security")
        with pytest.raises(SystemExit):
            call_command("access_apply", check=True)
        with connection.cursor() as cursor:
            cursor.execute("alter table members_membership enable row level security")
    call_command("access_apply", check=True)


CLUSTER_TABLES = [
    TargetGroup,
    TargetGroupCount,
    MembershipCategory,
    Membership,
    Contribution,
    SizeStatement,
    CountedReading,
    *PEOPLE_TABLES,
    *RULE_TABLES,
    RelatedEnterprise,
]
CLUSTER_TABLES += [KnownColumn, Move, MoveFile, MoveRow, Activity, Attendance, StatedReading]
CLUSTER_TABLES += [ActivityPart, Registration, Handout, HandoutFile, HandoutMail]
CLUSTER_TABLES += MATCHING_TABLES
CLUSTER_TABLES += [Mailing, MailingRecipient]
CLUSTER_TABLES += GROUP_TABLES
CLUSTER_TABLES += MERGING_TABLES
CLUSTER_TABLES += TEAM_TABLES
CLUSTER_TABLES += PRIVACY_TABLES


@pytest.mark.parametrize("model", CLUSTER_TABLES)
def test_a_cluster_sees_its_own_rows_and_no_others(world: World, model: type[models.Model]) -> None:
    enter(cluster_seats(world.alpha))
    assert set(model._default_manager.values_list("cluster_id", flat=True)) == {world.alpha.pk}


@pytest.mark.parametrize("model", CLUSTER_TABLES)
def test_a_person_without_a_seat_sees_no_cluster_rows(
    world: World, model: type[models.Model]
) -> None:
    enter(Seats(actor=world.people["stranger"].pk))
    assert model._default_manager.count() == 0


def test_an_agency_sees_memberships_of_its_programme_but_no_amounts(world: World) -> None:
    enter(agency_seats(world.agency))
    clusters = set(Membership.objects.values_list("cluster_id", flat=True))
    assert clusters == {world.alpha.pk, world.beta.pk}
    assert Contribution.objects.count() == 0
    assert SizeStatement.objects.count() == 0
    assert MembershipCategory.objects.count() == 0


def test_a_member_sees_its_own_membership_and_amount_only(world: World) -> None:
    enter(organisation_seats(world.company))
    assert list(Membership.objects.values_list("organisation_id", flat=True)) == [world.company.pk]
    assert list(Contribution.objects.values_list("organisation_id", flat=True)) == [
        world.company.pk
    ]
    assert Cluster.objects.count() == 0
    assert Agreement.objects.count() == 0


def test_agreements_and_targets_are_seen_by_their_cluster_and_agency(world: World) -> None:
    enter(cluster_seats(world.alpha))
    assert list(Agreement.objects.values_list("cluster_id", flat=True)) == [world.alpha.pk]
    assert list(Target.objects.values_list("cluster_id", flat=True)) == [world.alpha.pk]
    enter(agency_seats(world.agency))
    assert Agreement.objects.count() == 2


def insert_category(cluster: Cluster) -> None:
    MembershipCategory.objects.create(cluster=cluster, name="Smuggled")


def test_a_row_for_another_cluster_is_refused(world: World) -> None:
    enter(cluster_seats(world.alpha))
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        insert_category(world.beta)


@pytest.mark.parametrize(
    "seats",
    [
        lambda _: NOBODY,
        lambda world: agency_seats(world.agency),
        lambda world: organisation_seats(world.company),
        lambda world: cluster_seats(world.alpha, SeatRole.OBSERVER),
    ],
    ids=["nobody", "agency", "member", "observer"],
)
def test_only_those_who_work_for_a_cluster_write_its_rows(world: World, seats: object) -> None:
    assert callable(seats)
    enter(seats(world))
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        insert_category(world.alpha)


def test_updating_and_deleting_another_clusters_rows_reaches_none(world: World) -> None:
    enter(cluster_seats(world.alpha))
    others = MembershipCategory.objects.filter(cluster_id=world.beta.pk)
    assert others.update(name="Taken") == 0
    assert others._raw_delete("default") == 0
    enter(cluster_seats(world.beta))
    assert MembershipCategory.objects.get().name == "Member"


def test_a_row_cannot_be_moved_into_another_cluster(world: World) -> None:
    enter(cluster_seats(world.alpha))
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Membership.objects.update(cluster_id=world.beta.pk)


def test_a_member_cannot_change_what_it_promised(world: World) -> None:
    enter(organisation_seats(world.company))
    assert Contribution.objects.update(amount=1) == 0


def test_an_agency_cannot_write_a_membership(world: World) -> None:
    enter(agency_seats(world.agency))
    assert Membership.objects.update(is_paying=False) == 0


def test_a_key_to_another_clusters_category_is_refused(world: World) -> None:
    enter(cluster_seats(world.beta))
    foreign = MembershipCategory.objects.get().pk
    enter(cluster_seats(world.alpha))
    with pytest.raises(IntegrityError, match="membership_category_of_cluster"), checked_at_once():
        Membership.objects.filter(pk=world.membership.pk).update(category_id=foreign)


def test_a_row_cannot_name_another_agency_than_its_clusters(world: World) -> None:
    enter(cluster_seats(world.alpha))
    with pytest.raises(IntegrityError, match="membership_cluster_of_agency"), checked_at_once():
        Membership.objects.filter(pk=world.membership.pk).update(agency_id=world.foreign_agency.pk)


@contextmanager
def checked_at_once() -> Iterator[None]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
        yield


def test_readings_are_written_by_the_reporting_action_only(world: World) -> None:
    enter(cluster_seats(world.alpha))
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        CountedReading.objects.create(
            agency=world.agency,
            cluster=world.alpha,
            indicator="members.paying",
            definition_version=1,
            day="2020-01-31",
            unit="count",
            evidence_digest="",
            evidence_count=0,
        )


def test_a_reading_is_never_changed_or_taken_away(world: World) -> None:
    enter(cluster_seats(world.alpha))
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        CountedReading.objects.update(number=99)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        CountedReading.objects.all()._raw_delete("default")


def test_staff_cannot_hand_out_seats_of_their_cluster(world: World) -> None:
    enter(cluster_seats(world.alpha, SeatRole.STAFF))
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        give_seat(world, world.alpha)


def test_an_agency_cannot_give_itself_a_seat_in_a_cluster(world: World) -> None:
    enter(agency_seats(world.agency))
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        give_seat(world, world.alpha)


def test_a_manager_hands_out_seats_of_the_own_cluster_only(world: World) -> None:
    enter(cluster_seats(world.alpha))
    give_seat(world, world.alpha)
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        give_seat(world, world.beta)


def give_seat(world: World, cluster: Cluster) -> None:
    Seat.objects.create(
        user=world.people["stranger"],
        kind=SeatKind.CLUSTER,
        role=SeatRole.STAFF,
        cluster=cluster,
        agency=world.agency,
    )


def test_the_application_may_not_leave_its_role_or_touch_the_structure(db: None) -> None:
    forbidden = [
        "set role clusterwerk_owner",
        "truncate members_membership",
        "alter table members_membership disable row level security",
        "create table loot (id int)",
        "drop policy select_rows on members_membership",
    ]
    for statement in forbidden:
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_seats_are_read_from_the_database_as_they_stand_today(world: World) -> None:
    manager = world.people["manager"]
    enter(Seats(actor=manager.pk))
    assert seats_for(manager.pk).held == (
        HeldSeat(SeatKind.CLUSTER, SeatRole.MANAGER, world.alpha.pk, world.agency.pk),
    )


def test_a_seat_that_ended_opens_nothing(world: World) -> None:
    enter(cluster_seats(world.alpha))
    Seat.objects.filter(user=world.people["staff"]).update(until="2019-01-01")
    staff = world.people["staff"]
    enter(Seats(actor=staff.pk))
    assert seats_for(staff.pk).held == ()


def test_a_person_sees_no_other_peoples_accounts_without_the_door(world: World) -> None:
    clear_settings()
    assert User.objects.count() == 0


def test_an_agency_cannot_give_itself_a_seat_of_a_member_organisation(world: World) -> None:
    """It would read what members promised; the row is refused with and without the agency."""
    enter(agency_seats(world.agency))
    for agency in (world.agency, None):
        with pytest.raises(DatabaseError), transaction.atomic():
            Seat.objects.create(
                user=world.people["stranger"],
                kind=SeatKind.ORGANISATION,
                role=SeatRole.REPRESENTATIVE,
                organisation=world.company,
                agency=agency,
            )
