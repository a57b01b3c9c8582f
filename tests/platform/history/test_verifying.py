"""Whoever owns the tables may change the past, but not without being named."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.history.heads import Head, newest
from clusterwerk.platform.history.sealing import seal_batch, seal_state
from clusterwerk.platform.history.tracking import event_models
from clusterwerk.platform.history.verifying import Fault, verify
from clusterwerk.platform.history.verifying.faults import What
from factories.seals import rows, run
from factories.world import World

AMOUNTS = "members_contributionevent"
PEOPLE = "platform_userevent"


@contextmanager
def asleep(table: str) -> Iterator[None]:
    """The triggers of a table are off for a while, as only its owner can switch them."""
    run("set constraints all immediate")
    run(f"alter table {table} disable trigger user")
    yield
    run("set constraints all immediate")
    run(f"alter table {table} enable trigger user")


def entry_of(table: str, nth: int = 0) -> tuple[int, int]:
    """Number of an entry of the table, and the event it seals."""
    found = rows(
        "select number, event_id from platform_historyentry"
        " where event_table = %s and kind = 'event' order by number offset %s limit 1",
        table,
        nth,
    )
    number, event = found[0]
    return number, event


def told(fault: Fault | None) -> tuple[object, ...] | None:
    return (fault.what, fault.number, fault.table, fault.event) if fault else None


def test_what_was_sealed_verifies(sealed: World) -> None:
    found = verify()
    assert (found.broken, found.named, found.first) == (0, [], None)
    (counted,) = rows("select count(*), max(number) from platform_historyentry")
    assert (found.entries, found.newest) == counted
    assert found.head == seal_state().head
    assert (found.waiting, found.heads, found.tables) == (0, 0, len(event_models()))


def test_without_any_seal_all_events_wait(owner: None, world: World) -> None:
    found = verify()
    (events,) = rows("select count(*) from members_contributionevent")
    assert (found.entries, found.broken, events) == (0, 0, (3,))
    assert found.waiting == seal_batch()


def test_sealing_twice_seals_nothing_twice(sealed: World) -> None:
    before = seal_state()
    assert seal_batch() == 0
    assert seal_state() == before


def test_small_batches_make_the_same_chain_of_all_events(owner: None, world: World) -> None:
    sealed = [seal_batch(7) for _ in range(40)]
    assert sum(sealed) == verify().entries - len(
        rows("select number from platform_historyentry where kind = 'cut'")
    )
    assert (set(sealed) <= set(range(8)), sealed[-1], verify().broken) == (True, 0, 0)


CHANGES = {
    "amount": "amount = amount + 1",
    "actor": "pgh_context = coalesce(pgh_context, '{}') || '{\"actor\": 9}'",
    "reason": "pgh_context = coalesce(pgh_context, '{}') || '{\"reason\": \"another\"}'",
    "no context": "pgh_context = null",
    "time": "pgh_created_at = pgh_created_at + interval '1 microsecond'",
    "kind": "pgh_label = 'update'",
    "object": "pgh_obj_id = 99",
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_an_event_is_named_with_its_entry(sealed: World, change: str) -> None:
    number, event = entry_of(AMOUNTS, 1)
    run(f"update members_contributionevent set {change} where pgh_id = %s", event)
    assert told(verify().first) == (What.CHANGED, number, AMOUNTS, event)


@pytest.mark.parametrize(
    "statement",
    [
        "delete from members_contributionevent where pgh_id = %s",
        "update members_contributionevent set pgh_id = 99999 where pgh_id = %s",
    ],
)
def test_an_event_that_was_removed_is_named(sealed: World, statement: str) -> None:
    number, event = entry_of(AMOUNTS, 1)
    run(statement, event)
    assert told(verify().first) == (What.REMOVED, number, AMOUNTS, event)


def test_the_newest_event_that_was_removed_is_named(sealed: World) -> None:
    number, event = entry_of(AMOUNTS, 2)
    run("delete from members_contributionevent where pgh_id = %s", event)
    assert told(verify().first) == (What.REMOVED, number, AMOUNTS, event)


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("entry_digest = sha256('x')", What.ENTRY_CHANGED),
        ("chain_digest = sha256('x')", What.ENTRY_CHANGED),
        ("sealed_at = sealed_at - interval '1 day'", What.CHANGED),
        ("salt = gen_random_uuid()", What.CHANGED),
        ("personal = sha256('x')", What.CHANGED),
        ("key = 4", What.CHANGED),
    ],
)
def test_an_entry_that_was_altered_is_named(sealed: World, change: str, what: What) -> None:
    number, event = entry_of(AMOUNTS, 1)
    run(f"update platform_historyentry set {change} where number = %s", number)
    assert told(verify().first) == (what, number, AMOUNTS, event)


def test_the_fault_is_told_in_plain_words(sealed: World) -> None:
    number, event = entry_of(AMOUNTS)
    run("update members_contributionevent set amount = 1 where pgh_id = %s", event)
    (at,) = rows("select pgh_created_at from members_contributionevent where pgh_id = %s", event)
    first = verify().first
    assert str(first) == (
        f"entry {number}, members_contributionevent {event}, of {at[0]:%Y-%m-%d %H:%M:%S} UTC:"
        " the row, its time, its actor or its reason was changed after it was sealed"
    )


def test_a_personal_value_that_was_changed_is_named_with_its_field(sealed: World) -> None:
    number, event = entry_of(PEOPLE, 2)
    run("update platform_userevent set name = 'Somebody' where pgh_id = %s", event)
    first = verify().first
    assert told(first) == (What.PERSONAL_CHANGED, number, PEOPLE, event)
    assert first
    assert first.detail == "name"


def test_two_rows_that_were_swapped_are_both_named(sealed: World) -> None:
    (one, first), (two, second) = entry_of(AMOUNTS, 0), entry_of(AMOUNTS, 1)
    for old, new in ((first, -1), (second, first), (-1, second)):
        run("update members_contributionevent set pgh_id = %s where pgh_id = %s", new, old)
    found = verify()
    assert [told(fault) for fault in found.named] == [
        (What.CHANGED, one, AMOUNTS, first),
        (What.CHANGED, two, AMOUNTS, second),
    ]


def test_two_entries_that_were_swapped_are_named(sealed: World) -> None:
    (one, _), (two, _) = entry_of(AMOUNTS, 0), entry_of(AMOUNTS, 1)
    for old, new in ((one, -1), (two, one), (-1, two)):
        run("update platform_historyentry set number = %s where number = %s", new, old)
    found = verify()
    assert found.first
    assert (found.first.what, found.first.number) == (What.ENTRY_CHANGED, one)
    assert found.broken >= 2


def test_entries_that_were_removed_are_counted(sealed: World) -> None:
    number, _ = entry_of(AMOUNTS, 1)
    run("delete from platform_historyentry where number between %s and %s", number, number + 1)
    first = verify().first
    assert first
    assert (first.what, first.number) == (What.ENTRIES_MISSING, number)
    assert first.detail == f"2 before entry {number + 2}"


def test_the_first_entry_cannot_be_taken_away(sealed: World) -> None:
    run("delete from platform_historyentry where number = 1")
    first = verify().first
    assert first
    assert (first.what, first.number) == (What.ENTRIES_MISSING, 1)


def test_a_row_without_a_seal_among_sealed_ones_was_added_behind(sealed: World) -> None:
    run(
        "insert into members_contributionevent select * from jsonb_populate_record("
        " null::members_contributionevent, (select to_jsonb(e) || '{\"pgh_id\": -5}'"
        " from members_contributionevent e order by pgh_id limit 1))"
    )
    found = verify()
    assert [told(fault) for fault in found.named] == [(What.BEHIND, None, AMOUNTS, -5)]


def test_a_row_added_behind_is_named_even_when_it_was_given_a_seal(sealed: World) -> None:
    run(
        "insert into members_contributionevent select * from jsonb_populate_record("
        " null::members_contributionevent, (select to_jsonb(e) || '{\"pgh_id\": -5}'"
        " from members_contributionevent e order by pgh_id limit 1))"
    )
    run("select access.seal_events(%s, array[-5])", AMOUNTS)
    found = verify()
    assert (found.broken, told(found.first)) == (1, (What.BEHIND, found.newest, AMOUNTS, -5))


def test_a_row_that_claims_a_time_before_the_last_sealing_is_named(sealed: World) -> None:
    run(
        "insert into members_contributionevent select * from jsonb_populate_record("
        " null::members_contributionevent, (select to_jsonb(e) || jsonb_build_object("
        " 'pgh_id', e.pgh_id + 1000, 'pgh_created_at', now() - interval '3 days')"
        " from members_contributionevent e order by pgh_id desc limit 1))"
    )
    assert seal_batch() == 1
    first = verify().first
    assert first
    assert (first.what, first.table) == (What.LATE, AMOUNTS)


def test_an_end_that_was_cut_off_is_found_by_a_head_noted_before(sealed: World) -> None:
    head = newest()
    assert head
    assert verify(head=head.digest, noted=[head]).broken == 0
    run("delete from platform_historyentry where number = %s", head.number)
    assert verify().broken == 0
    assert told(verify(head=head.digest).first) == (What.HEAD, None, "", None)
    assert told(verify(noted=[head]).first) == (What.HEAD, head.number, "", None)


def test_a_chain_made_anew_verifies_but_does_not_hold_the_head_noted_before(sealed: World) -> None:
    head = newest()
    assert head
    run("update members_contributionevent set amount = 1")
    run("update members_contribution set amount = 1")
    run("delete from platform_historyentry")
    seal_batch()
    assert verify().broken == 0
    found = verify(noted=[head])
    assert (found.broken, found.heads) == (1, 1)
    assert told(found.first) == (What.HEAD, head.number, "", None)


def test_a_key_that_was_removed_without_an_erasure_is_named(sealed: World) -> None:
    number, event = entry_of(PEOPLE, 3)
    run(
        "delete from platform_historykey where object_id ="
        " (select pgh_obj_id from platform_userevent where pgh_id = %s)",
        event,
    )
    assert told(verify().first) == (What.KEY_GONE, number, PEOPLE, event)


def test_an_erasure_written_by_hand_excuses_no_missing_key(sealed: World) -> None:
    number, event = entry_of(PEOPLE)
    run(
        "insert into platform_erasure (key, erased_at, reason, subject_model, subject_id, taken)"
        " select gen_random_uuid(), now(), '', 'platform.User', 1, jsonb_build_object("
        " 'platform_userevent', jsonb_build_object('keys', jsonb_agg(id)))"
        " from platform_historykey where event_table = 'platform_userevent'"
    )
    run("delete from platform_historykey where event_table = 'platform_userevent'")
    found = verify()
    assert told(found.first) == (What.KEY_GONE, number, PEOPLE, event)
    assert found.kinds["behind"] == 1


def test_a_list_of_sealed_columns_that_was_shortened_is_named(sealed: World) -> None:
    run(
        "update platform_historylayout set columns = array_remove(columns, 'amount')"
        " where event_table = %s",
        AMOUNTS,
    )
    found = verify()
    assert (found.kinds["layout"], found.kinds["changed"]) == (1, 3)


def test_a_sealed_column_that_is_gone_is_said_so(sealed: World) -> None:
    run("alter table members_contributionevent drop column amount")
    found = verify()
    assert found.kinds == {"column_gone": 3}


def test_a_column_added_by_a_later_version_leaves_old_seals_as_they_are(sealed: World) -> None:
    run("alter table members_contributionevent add column note text not null default ''")
    assert verify().broken == 0
    run(
        "insert into members_contributionevent select * from jsonb_populate_record("
        " null::members_contributionevent, (select to_jsonb(e) || jsonb_build_object("
        " 'pgh_id', e.pgh_id + 1000, 'note', 'new')"
        " from members_contributionevent e order by pgh_id desc limit 1))"
    )
    seal_batch()
    assert verify().broken == 0
    run("update members_contributionevent set note = 'bent' where note = 'new'")
    assert verify().kinds == {"changed": 1}


def test_a_row_changed_while_the_triggers_slept_is_named(sealed: World) -> None:
    (row,) = rows("select min(id) from members_contribution")
    with asleep("members_contribution"):
        run("update members_contribution set amount = 7 where id = %s", row[0])
    first = verify().first
    assert first
    assert told(first) == (What.UNRECORDED, None, "members_contribution", row[0])
    assert first.detail.startswith("amount differ from its newest event")


INSERTED = """
    insert into members_contribution (id, cluster_id, membership_id, organisation_id, working_year,
      amount, is_demo)
    select 777, cluster_id, membership_id, organisation_id, 3, amount, is_demo
    from members_contribution
    where id = %s
"""


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("delete from members_contribution where id = %s", "it is gone without a deletion"),
        (INSERTED, "there is no event of it"),
    ],
    ids=["removed", "inserted"],
)
def test_rows_that_came_or_went_while_the_triggers_slept(
    sealed: World, statement: str, said: str
) -> None:
    (row,) = rows("select min(id) from members_contribution")
    with asleep("members_contribution"):
        run(statement, row[0])
    found = verify()
    assert (found.broken, found.kinds) == (1, {"unrecorded": 1})
    assert found.first
    assert found.first.detail.startswith(said)


def test_a_stretch_can_be_verified_alone(sealed: World) -> None:
    number, event = entry_of(AMOUNTS, 1)
    run("update members_contributionevent set pgh_context = null where pgh_id = %s", event)
    later = verify(since=number)
    assert (later.broken, later.entries) == (0, later.newest - number)
    assert told(verify(since=number - 1).first) == (What.CHANGED, number, AMOUNTS, event)
    with pytest.raises(DomainError, match="There is no entry 123456"):
        verify(since=123456)


def test_the_application_may_not_verify_because_it_may_not_read_everything(world: World) -> None:
    with pytest.raises(DomainError, match="it needs the owner's role"):
        verify()


def test_session_settings_do_not_reach_into_the_digests(sealed: World) -> None:
    run("set local timezone = 'Pacific/Chatham'")
    run("set local datestyle = 'SQL, DMY'")
    run("set local bytea_output = 'escape'")
    run("set local extra_float_digits = 0")
    run("update members_contribution set amount = amount + 1")
    seal_batch()
    assert verify().broken == 0


def test_a_personal_value_cannot_be_matched_by_trying_values(sealed: World) -> None:
    """Who knows everything but the key tries the very name, in every form that is digested."""
    (row,) = rows(
        "select h.personal, k.secret, row('name', e.pgh_id, e.name)::text, e.name"
        " from platform_historyentry h join platform_userevent e on e.pgh_id = h.event_id"
        " join platform_historykey k on k.id = h.key where h.event_table = %s limit 1",
        PEOPLE,
    )
    personal, secret = bytes(row[0]), bytes(row[1])
    text, name = str(row[2]), str(row[3])
    with_key = sha256(secret + sha256(secret + text.encode()).digest()).digest()
    tried = [text, name, "name" + name]
    without = {sha256(one.encode()).digest() for one in tried}
    without |= {sha256(sha256(one.encode()).digest()).digest() for one in tried}
    kept = {personal[place : place + 32] for place in range(0, len(personal), 32)}
    assert with_key in kept
    assert kept & without == set()
    assert len(secret) == 32


def test_equal_values_have_unequal_digests(sealed: World) -> None:
    """Otherwise one would see who is called as somebody else, and when a name did not change."""
    run("update platform_user set language = 'en'")
    seal_batch()
    (row,) = rows(
        "select count(*), count(distinct personal) from platform_historyentry"
        " where event_table = %s and kind = 'event'",
        PEOPLE,
    )
    assert row == (20, 20)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_change_of_any_sealed_value_is_found(sealed: World, data: st.DataObject) -> None:
    tables = rows(
        "select distinct event_table from platform_historyentry where kind = 'event' order by 1"
    )
    table = data.draw(st.sampled_from([str(name) for (name,) in tables]))
    column, kind = data.draw(st.sampled_from(columns_of(table)))
    number, event = entry_of(table, data.draw(st.integers(0, 1)))
    with transaction.atomic():
        value = bent(column, kind)
        run(f'update "{table}" set "{column}" = {value} where pgh_id = %s', event)
        first = verify(since=number - 1).first
        transaction.set_rollback(True)
    assert first
    assert (first.number, first.event) == (number, event)


def test_every_sealed_column_can_be_bent(sealed: World) -> None:
    """The draws above meet a column of a new type only by luck; this meets each of them."""
    tables = rows(
        "select distinct event_table from platform_historyentry where kind = 'event' order by 1"
    )
    same = [
        f"{table}.{column}"
        for table in [str(name) for (name,) in tables]
        for column, kind in columns_of(table)
        if rows(
            f'select 1 from "{table}" where "{column}" is not distinct from {bent(column, kind)}'
            f" and pgh_id = %s",
            entry_of(table)[1],
        )
    ]
    assert (len(tables) > 30, same) == (True, [])


def columns_of(table: str) -> list[tuple[str, str]]:
    """Name and type of the table's columns, but for the number of the event."""
    found = rows(
        "select attname, format_type(atttypid, atttypmod) from pg_attribute"
        " where attrelid = %s::regclass and attnum > 0 and not attisdropped and attname <> 'pgh_id'"
        " order by 1",
        table,
    )
    return [(str(column), str(kind)) for column, kind in found]


def bent(column: str, kind: str) -> str:
    """Another value of the column's type."""
    quoted = f'"{column}"'
    ways = {
        "boolean": f"not coalesce({quoted}, false)",
        "date": f"coalesce({quoted}, '2020-01-01') + 1",
        "timestamp with time zone": f"coalesce({quoted}, now()) + interval '1 second'",
        "daterange": "'[2001-01-01,2002-01-01)'",
        "jsonb": "'{\"bent\": true}'",
        "uuid": "gen_random_uuid()",
    }
    if kind.endswith("[]"):
        return f"coalesce({quoted}, '{{}}') || '{{1}}'::{kind}"
    if kind.startswith(("bigint", "integer", "smallint", "numeric")):
        return f"coalesce({quoted}, 0) + 1"
    return ways.get(kind, f"case when {quoted} = '~' then '!' else '~' end")


def test_a_head_knows_its_entry(sealed: World) -> None:
    head = newest()
    assert isinstance(head, Head)
    assert (head.number, head.digest) == (seal_state().entries, seal_state().head)
    assert head.noted_at <= timezone.now()


def test_values_are_printed_the_same_by_every_version_of_postgresql(owner: None) -> None:
    """The form of an entry: whatever prints differently after an upgrade would break every seal."""
    run("set local timezone = 'UTC'")
    (row,) = rows(
        "select row(1, 'a \"b\", c'::text, ''::text, null::text, true, 9007199254740993::bigint,"
        " 12.50::numeric(12,2), 0.1::float8, date '2020-02-29',"
        " timestamptz '2020-02-29 12:00:00.123456+02', daterange('2020-01-01', null),"
        " array['x', 'y z', null]::text[], '{\"b\": [1.0, null], \"a\": \"é\"}'::jsonb,"
        " '\\x00ff'::bytea, 'c0ffee00-0000-4000-8000-000000000001'::uuid)::text"
    )
    assert row[0] == (
        '(1,"a ""b"", c","",,t,9007199254740993,12.50,0.1,2020-02-29,'
        '"2020-02-29 10:00:00.123456+00","[2020-01-01,)","{x,""y z"",NULL}",'
        '"{""a"": ""é"", ""b"": [1.0, null]}","\\\\x00ff",c0ffee00-0000-4000-8000-000000000001)'
    )
