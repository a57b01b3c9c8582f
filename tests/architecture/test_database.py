"""What would let rows slip past the policies does not exist in the database."""

import pytest
from django.core.management import call_command
from django.db import connection

# Each works as the owner because nobody of the application may read the events of all clusters.
REVIEWED_DEFINERS = {
    "seal_history",  # appends entries to the chain; takes a number and returns a number
    "history_state",  # counts entries and tells the newest digest, which is salted
    "stamp_published",  # draws a new stamp for the agencies of changed rows; tells nothing
    "stamp_published_host",  # the same for the agencies whose hosts changed
    "register_empty",  # empties the register table that nobody reads; asks for its door
    "register_index",  # gives a register table its indexes back; asks for its door
    "key_to_shared_or_own",  # compares the owner of a row with that of the one a key names
    "new_key_to_shared_or_own",  # the same when a key changes
    "owner_of_part",  # copies the owner of an organisation to its parts
    "pass_owner_on",  # the same when the owner changes
    "clusters_that_know",  # numbers of clusters whose rows follow a merge; steward and door
    "clusters_of_merge",  # the same, to undo it
    "promised_to_own_members",  # tells who represents a member what its category promises it
    "own_contacts",  # tells a person what clusters keep under the proven own address
    "hold_own_contact",  # locks one of these rows, so that two savings come one after the other
    "change_own_contact",  # changes name, telephone and language in these rows
    "say_own_consent",  # what that person allows
    "tell_team_of_own_contact",  # a task for the team, about these rows
    "show_private_members",  # tells an organisation of whose agency its membership is evidence
    "count_places",  # adds to and takes from the places of an activity when a registration changes
    "share_activity",  # writes who accepted on each row of an activity held together
    "follow_activity",  # gives a new row of an activity what its activity says of that
    "answer_for_oneself",  # refuses that a cluster is said to accept by another; changes nothing
    "shared_stays_shared",  # refuses to make a shared row private
    "erase_history",  # empties declared personal fields and records it; asks for its door
}


def rows(query: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [name for (name,) in cursor.fetchall()]


def test_no_view_runs_as_its_owner(db: None) -> None:
    views = rows(
        "select relname from pg_class c join pg_namespace n on n.oid = relnamespace"
        " where relkind = 'v' and nspname in ('public', 'access')"
        " and not coalesce('security_invoker=true' = any(reloptions), false)"
    )
    assert views == []


def test_no_materialised_view_keeps_rows_beyond_their_policies(db: None) -> None:
    assert rows("select relname from pg_class where relkind = 'm'") == []


def test_functions_that_work_as_their_owner_were_reviewed(db: None) -> None:
    definers = rows(
        "select proname from pg_proc p join pg_namespace n on n.oid = pronamespace"
        " where prosecdef and nspname in ('public', 'access') "
        # Those of history can be called by nobody: test_tracking.py looks at their rights.
        " and not (proname like 'pgtrigger\\_%' and prorettype = 'trigger'::regtype)"
    )
    assert set(definers) == REVIEWED_DEFINERS


def test_states_are_text_because_enum_comparison_is_not_leakproof(db: None) -> None:
    enums = rows(
        "select distinct c.relname from pg_attribute a join pg_type t on t.oid = a.atttypid"
        " join pg_class c on c.oid = a.attrelid"
        " where t.typtype = 'e' and c.relkind = 'r' and c.relname not like 'procrastinate%'"
    )
    assert enums == []


def test_migrations_say_all_that_the_models_say(db: None) -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    except SystemExit:
        pytest.fail("a model changed without its migration; run makemigrations")
