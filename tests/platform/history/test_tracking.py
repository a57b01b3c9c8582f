"""History is kept by the database, whatever the path, and the application cannot bend it."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client

from clusterwerk.clusters.models import PublicProfile
from clusterwerk.members.models import Contribution, Membership, MembershipCategory
from clusterwerk.platform.access.classes import IDENTITY, TECHNICAL
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import because, enter, unlocked
from clusterwerk.platform.access.triggers import history_functions
from clusterwerk.platform.history.checking import check_history
from clusterwerk.platform.history.tracking import event_model, event_models, tracked_model
from clusterwerk.platform.models import User
from factories.world import STEWARD, World, agency_seats, cluster_seats

# Tables whose rows are no facts of the domain: what they hold is made anew or thrown away.
WITHOUT_HISTORY = {"JobRun", "OutgoingMail", "OutsideEffect", "PreparedFile", "PublishedStamp"}
WITHOUT_HISTORY |= {"HandoutFile"}  # bytes that never change, and a count
WITHOUT_HISTORY |= {"HandoutMail"}  # that a mail was asked for, once
WITHOUT_HISTORY |= {"SavedView"}  # a person's bookmark, no fact about anybody
# The register tells its own past by its editions, and each is loaded anew.
WITHOUT_HISTORY |= {"RegisterChange", "RegisterCode", "RegisterEdition", "RegisterLoad"}
WITHOUT_HISTORY |= {"RegisteredEnterprise1", "RegisteredEnterprise2"}
WITHOUT_HISTORY |= {"HandledRegisterChange"}  # a tick beside a line
WITHOUT_HISTORY |= {"SavedView"}  # a person's bookmark, no fact about anybody
WITHOUT_HISTORY |= {"RetentionRun"}  # a log, whose rows never change
# The seals of the history themselves; the chain is their history.
# Working material of a move, thrown away a month later; what it wrote has its history.
WITHOUT_HISTORY |= {"KnownColumn", "MoveFile", "MoveRow"}
WITHOUT_HISTORY |= {"Erasure", "HistoryEntry", "HistoryHorizon", "HistoryKey", "HistoryLayout"}


# Lists out of files that come with the product or the register, and counts that can be made again.
WITHOUT_HISTORY |= {"Postcode", "Sector", "SectorLink", "Ecosystem", "EcosystemSector"}
WITHOUT_HISTORY |= {"TargetGroupCount", "OrganisationWords"}
# Counted by a trigger out of registrations, which have theirs; the places stand on the activity.
WITHOUT_HISTORY |= {"ActivityPlaces"}
# Whom somebody marked before they changed their mind is nobody's; a plan is drawn anew as a whole.
WITHOUT_HISTORY |= {"MatchWish", "MatchMeeting"}
# What a search for duplicates found, and the log of a merge, which is a history itself.
WITHOUT_HISTORY |= {"DuplicateCandidate", "MergeStep"}


def past(model: type, **facts: object) -> list[dict[str, object]]:
    events = event_model(model)
    assert events is not None
    return list(events._default_manager.filter(**facts).order_by("pgh_id").values())


def test_every_domain_table_has_a_history() -> None:
    domain = {
        model
        for model in apps.get_models()
        if model.__module__.startswith("clusterwerk")
        and not hasattr(model, "pgh_tracked_model")
        and getattr(model, "access", TECHNICAL) is not TECHNICAL
        and model.__name__ not in WITHOUT_HISTORY
    }
    assert domain - {tracked_model(event) for event in event_models()} == set()


def test_history_tables_are_read_only_for_the_application(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name, privilege_type from information_schema.role_table_grants"
            " where grantee = current_user and table_name = any(%s) and privilege_type <> 'SELECT'",
            [[event._meta.db_table for event in event_models()]],
        )
        assert cursor.fetchall() == []


def test_insert_update_and_delete_leave_actor_and_reason(world: World) -> None:
    seats = cluster_seats(world.alpha)
    enter(seats)
    because(41, "a new kind of member")
    category = MembershipCategory.objects.create(cluster=world.alpha, name="Guest")
    because(42, "named better")
    category.name = "Visitor"
    category.save()
    because(43, "not needed")
    key = category.pk
    category.delete()
    found = past(MembershipCategory, pgh_obj_id=key)
    assert [(event["pgh_label"], event["name"], event["pgh_context"]) for event in found] == [
        ("insert", "Guest", {"actor": 41, "reason": "a new kind of member"}),
        ("update", "Visitor", {"actor": 42, "reason": "named better"}),
        ("delete", "Visitor", {"actor": 43, "reason": "not needed"}),
    ]


def test_raw_sql_and_bulk_changes_are_kept_too(world: World) -> None:
    enter(cluster_seats(world.alpha))
    with connection.cursor() as cursor:
        cursor.execute("update members_contribution set amount = amount + 1")
    rows = [MembershipCategory(cluster=world.alpha, name=f"Kind {n}") for n in range(3)]
    MembershipCategory.objects.bulk_create(rows)
    assert [event["amount"] for event in past(Contribution)] == [Decimal(500), Decimal(501)]
    assert [event["name"] for event in past(MembershipCategory)] == [
        "Member",
        "Kind 0",
        "Kind 1",
        "Kind 2",
    ]


def test_an_update_that_changes_nothing_leaves_no_event(world: World) -> None:
    enter(cluster_seats(world.alpha))
    world.membership.save()
    assert len(past(Membership)) == 1


def test_opening_a_door_keeps_the_actor_and_reason(world: World) -> None:
    enter(STEWARD, reason="told at the beginning")
    with unlocked(STEWARD, "directory"):
        world.company.source = "register"
        world.company.save()
    (event,) = past(type(world.company), pgh_obj_id=world.company.pk, pgh_label="update")
    assert event["pgh_context"] == {"actor": None, "reason": "told at the beginning"}


def test_the_past_stands_behind_the_wall_of_its_table(world: World) -> None:
    enter(cluster_seats(world.beta))
    assert {event["cluster_id"] for event in past(Membership)} == {world.beta.pk}
    assert {event["cluster_id"] for event in past(Contribution)} == {world.beta.pk}
    enter(agency_seats(world.agency))
    assert {event["cluster_id"] for event in past(Membership)} == {world.alpha.pk, world.beta.pk}
    assert past(Contribution) == []
    enter(NOBODY)
    assert past(Membership) == []


def test_what_was_published_once_is_not_public_in_its_history(world: World) -> None:
    enter(NOBODY)
    assert PublicProfile.objects.count() == 3
    assert past(PublicProfile) == []
    enter(cluster_seats(world.alpha))
    assert {event["cluster_id"] for event in past(PublicProfile)} == {world.alpha.pk}


@pytest.mark.parametrize(
    "statement",
    [
        """
        insert into members_membershipcategoryevent
          (pgh_created_at, pgh_label, pgh_obj_id, id, cluster_id, name)
        select now(), 'insert', 1, 1, id, 'forged' from clusters_cluster
        """,
        "update members_membershipcategoryevent set name = 'bent'",
        "delete from members_membershipcategoryevent",
        "truncate members_membershipcategoryevent",
        "alter table members_membershipcategory disable trigger user",
        "set session_replication_role = replica",
        "drop table members_membershipcategoryevent",
        """
        create or replace function _pgtrigger_should_ignore(trigger_name name) returns boolean
        as 'begin return true; end' language plpgsql
        """,
    ],
)
def test_the_application_cannot_write_or_silence_history(world: World, statement: str) -> None:
    enter(cluster_seats(world.alpha))
    before = past(MembershipCategory)
    refused = pytest.raises(ProgrammingError, match=r"permission denied|must be owner")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert past(MembershipCategory) == before


def test_the_switch_of_the_library_silences_nothing(world: World) -> None:
    enter(cluster_seats(world.alpha))
    with connection.cursor() as cursor:
        cursor.execute(
            "select array_agg(tgname::text) from pg_trigger where tgname like 'pgtrigger%%'"
        )
        (names,) = cursor.fetchone()
        cursor.execute("select set_config('pgtrigger.ignore', %s, true)", [str(set(names))])
        cursor.execute(
            "select set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(names) + "}"]
        )
    MembershipCategory.objects.create(cluster=world.alpha, name="Seen")
    assert [event["name"] for event in past(MembershipCategory)] == ["Member", "Seen"]


def test_a_trigger_function_cannot_be_hung_on_a_table_of_ones_own(world: World) -> None:
    """Otherwise the application could forge events, since the function works as the owner."""
    enter(cluster_seats(world.alpha))
    name = next(
        function.signature for function in history_functions() if "insert" in function.signature
    )
    with connection.cursor() as cursor:
        cursor.execute("create temporary table own (like members_membershipcategory)")
        with pytest.raises(ProgrammingError, match="permission denied for function"):
            cursor.execute(
                "create trigger forge after insert on own referencing new table as new_values"
                f" for each statement execute function {name}"
            )


def test_the_check_of_history_is_content(db: None) -> None:
    assert check_history() == []
    assert {function.is_guarded for function in history_functions()} == {True}


def test_a_password_and_the_last_sign_in_are_never_kept(world: World, client: Client) -> None:
    events = event_model(User)
    assert events is not None
    held = {field.name for field in events._meta.get_fields()}
    assert {"email", "name"} <= held
    assert not {"password", "last_login"} & held
    assert User.access is IDENTITY
    assert events.access.read == IDENTITY.read  # type: ignore[attr-defined]


def test_a_form_leaves_its_screen_as_the_reason(world: World, client: Client) -> None:
    person = world.people["manager"]
    client.force_login(person)
    client.post("/account/", {"name": "Someone New", "language": "nl"})
    enter(NOBODY)
    changed = [
        event for event in past(User, pgh_obj_id=person.pk) if event["pgh_label"] == "update"
    ]
    assert [event["pgh_context"]["actor"] for event in changed] == [person.pk]  # type: ignore[index]
