"""Heads of the chain leave the database, into a file that only grows."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from clusterwerk.platform.access.session import enter
from clusterwerk.platform.history.heads import (
    Head,
    heads_file,
    newest,
    note_head,
    note_restore,
    noted_heads,
)
from clusterwerk.platform.history.lines import append_line
from clusterwerk.platform.history.periodic import note_outside, seal_history
from clusterwerk.platform.history.sealing import seal_batch, seal_state
from clusterwerk.platform.history.verifying import verify
from clusterwerk.platform.history.verifying.record import keep, last
from factories.seals import run
from factories.world import STEWARD, World

MOMENT = datetime(2026, 11, 22, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def test_before_the_first_seal_there_is_no_head(nobody: None) -> None:
    assert newest() is None
    note_outside()
    assert not heads_file().exists()


def test_a_head_is_noted_once_and_for_the_owner_of_the_file_alone() -> None:
    one, two = Head(5, "a" * 64, MOMENT), Head(9, "b" * 64, MOMENT)
    assert [note_head(one), note_head(one), note_head(two)] == [True, False, True]
    assert list(noted_heads()) == [one, two]
    assert stat.S_IMODE(heads_file().stat().st_mode) == 0o600


def test_a_line_that_was_cut_off_is_passed_over() -> None:
    note_head(Head(5, "a" * 64, MOMENT))
    with heads_file().open("a") as file:
        file.write("2026-11-22T10:05:00+00:00 7 bb")
    append_line(heads_file(), f"{MOMENT.isoformat()} 9 {'c' * 64}")
    assert [head.number for head in noted_heads()] == [5, 9]


def test_after_a_restore_later_heads_hold_no_more() -> None:
    for number in (5, 9, 12):
        note_head(Head(number, str(number) * 8, MOMENT))
    note_restore(9)
    assert [head.number for head in noted_heads()] == [5, 9]
    note_head(Head(11, "d" * 64, MOMENT))
    assert [head.number for head in noted_heads()] == [5, 9, 11]


def test_the_periodic_job_seals_and_notes_the_head(world: World) -> None:
    seal_history.func(timestamp=0)
    enter(STEWARD)
    state = seal_state()
    assert (state.waiting, state.entries > 50) == (0, True)
    assert [head.digest for head in noted_heads()] == [state.head]
    seal_history.func(timestamp=300)  # it may cut what nothing late can reach any more
    noted = list(noted_heads())
    assert noted[-1].digest == seal_state().head
    assert len({head.number for head in noted}) == len(noted)


def test_the_last_verification_can_be_read_without_verifying(sealed: World) -> None:
    assert last() is None
    keep(verify())
    kept = last()
    assert kept
    assert (kept.broken, kept.first, kept.newest) == (0, "", seal_state().entries)
    run("update members_contributionevent set pgh_context = null")
    found = verify()
    keep(found)
    kept = last()
    assert kept
    assert (kept.broken, kept.first) == (3, str(found.first))


def test_an_event_that_was_committed_late_is_sealed_too(owner: None, world: World) -> None:
    """The newest one was sealed before, and no cut was made because its neighbour was open."""
    run("create temporary table late as select * from members_contributionevent limit 0")
    run("insert into late select * from members_contributionevent order by pgh_id limit 1")
    run("delete from members_contributionevent where pgh_id in (select pgh_id from late)")
    seal_batch()
    run(
        "delete from platform_historyentry where number > (select max(number)"
        " from platform_historyentry where event_table < 'members_contributionevent')"
    )
    run(
        "select access.seal_events('members_contributionevent',"
        " (select array_agg(pgh_id order by pgh_id) from members_contributionevent))"
    )
    run("insert into members_contributionevent select * from late")
    assert seal_batch() > 0
    found = verify()
    assert (found.named, found.waiting) == ([], 0)
