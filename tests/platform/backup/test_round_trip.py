"""What is backed up comes out again, whatever happens at the same time."""

import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pyrage
import pytest

from clusterwerk.platform.backup import filestore, making, work
from clusterwerk.platform.backup.encryption import Key, Lock
from clusterwerk.platform.backup.errors import BackupError
from clusterwerk.platform.backup.installation import Installation
from clusterwerk.platform.backup.making import make
from clusterwerk.platform.backup.restoring import check, restore
from clusterwerk.platform.postgres.client import Connection
from clusterwerk.platform.postgres.errors import ServerError
from factories.backups import Stand, packed, unpacked

Empty = Callable[[], Stand]
PASSPHRASE = "a polder, a mill and a duck"


def test_every_table_rule_sequence_file_and_key_comes_back(
    kept_source: Stand, source: Installation, empty: Empty, tmp_path: Path
) -> None:
    made = make(source, tmp_path / "one.cwbackup", with_keys=True)
    target = empty()
    restored = restore(target.point(), made.file, Key(), known=set())
    assert restored.manifest == made.manifest
    assert len(made.manifest.tables) > 40
    assert target.contents() == kept_source.contents() == made.manifest.tables
    assert target.rules() == kept_source.rules()
    held = {name: (target.files / name).read_bytes() for name in filestore.stands(target.files)}
    assert held == {
        "ab/ab000000000000000000000000000001": b"first",
        "cd/cd000000000000000000000000000002": b"second" * 100_000,
    }
    key = target.var / "secret_key"
    assert (key.read_text("ascii"), key.stat().st_mode & 0o777) == ("the key of the source", 0o600)
    assert sorted(path.name for path in (target.var / "backups").iterdir()) == ["lock"]


def test_no_trigger_fires_while_rows_are_loaded_and_every_one_does_afterwards(
    source: Installation, empty: Empty, tmp_path: Path
) -> None:
    made = make(source, tmp_path / "one.cwbackup")
    target = empty()
    restore(target.point(), made.file, Key(), known=set())
    with target.connect() as connection:
        events = "select note from access.event order by id"
        assert connection.execute(events).fetchall() == [("one",), ("two",)]
        connection.execute("insert into note (text) values ('three')")
        assert connection.execute("select id from note where text = 'three'").fetchone() == (3,)
        assert connection.execute(events).fetchall() == [("one",), ("two",), ("three",)]
        allowed = "select has_function_privilege('clusterwerk_app', 'access.keep()', 'execute')"
        assert connection.execute(allowed).fetchone() == (False,)


def test_tables_of_a_fresh_start_give_way(
    source: Installation, kept_source: Stand, empty: Empty, tmp_path: Path
) -> None:
    made = make(source, tmp_path / "one.cwbackup")
    target = empty()
    with target.connect() as connection:
        connection.execute("create schema access; create schema older")
        connection.execute("create table platform_user (id int)")
        connection.execute("create table older.platform_cache (id int)")
        connection.execute("create function sort_key(text) returns text return $1")
        connection.execute("create type procrastinate_job_status as enum ('new')")
        connection.execute("create extension pg_trgm")
        name = connection.info.dbname
        connection.execute(f'comment on database "{name}" is \'clusterwerk {{"database": "x"}}\'')
    restore(target.point(), made.file, Key(), known=set())
    assert target.contents() == kept_source.contents()
    with target.connect() as connection:
        comment = "select shobj_description(oid, 'pg_database') from pg_database where datname = %s"
        assert connection.execute(comment, [name]).fetchone() == (None,)


@pytest.mark.slow
def test_a_passphrase_locks_and_opens_a_back_up_with_its_keys(
    source: Installation, kept_source: Stand, empty: Empty, tmp_path: Path
) -> None:
    made = make(source, tmp_path / "locked.cwbackup", lock=Lock(passphrase=PASSPHRASE))
    assert made.encrypted
    assert [part.name for part in made.manifest.keys] == ["keys/secret_key"]
    assert b"the key of the source" not in made.file.read_bytes()
    target = empty()
    with pytest.raises(BackupError, match="The passphrase does not open this file"):
        restore(target.point(), made.file, Key(passphrase=lambda: "another one"), known=set())
    assert target.is_empty()
    restore(target.point(), made.file, Key(passphrase=lambda: PASSPHRASE), known=set())
    assert target.contents() == kept_source.contents()


def test_a_recipients_back_up_opens_with_the_identity_alone(
    source: Installation, kept_source: Stand, empty: Empty, tmp_path: Path
) -> None:
    mine, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    lock = Lock(recipients=(str(mine.to_public()),))
    made = make(source, tmp_path / "locked.cwbackup", lock=lock)
    (tmp_path / "mine").write_text(f"# created: today\n{mine}\n", "ascii")
    (tmp_path / "other").write_text(f"{other}\n", "ascii")
    with pytest.raises(BackupError, match="This key does not open the back-up"):
        check(made.file, Key(identity=tmp_path / "other"))
    with pytest.raises(BackupError, match="name the file of its identity"):
        check(made.file, Key())
    target = empty()
    restore(target.point(), made.file, Key(identity=tmp_path / "mine"), known=set())
    assert target.contents() == kept_source.contents()


@pytest.mark.slow
def test_an_identity_behind_a_passphrase_opens_a_back_up(
    source: Installation, tmp_path: Path
) -> None:
    mine = pyrage.x25519.Identity.generate()
    made = make(source, tmp_path / "one", lock=Lock(recipients=(str(mine.to_public()),)))
    locked = pyrage.passphrase.encrypt(f"{mine}\n".encode(), PASSPHRASE)
    (tmp_path / "mine.age").write_bytes(locked)
    key = Key(tmp_path / "mine.age", lambda: PASSPHRASE)
    assert check(made.file, key).manifest == made.manifest


@pytest.mark.skipif(not shutil.which("age"), reason="the standard age program is not installed")
def test_the_standard_age_program_opens_a_back_up_too(source: Installation, tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "mine").write_text(f"{identity}\n", "ascii")
    made = make(source, tmp_path / "one", lock=Lock(recipients=(str(identity.to_public()),)))
    command = ["age", "--decrypt", "--identity", str(tmp_path / "mine"), str(made.file)]
    clear = subprocess.run(command, capture_output=True, check=True).stdout
    names = subprocess.run(["tar", "-t"], input=clear, capture_output=True, check=True).stdout
    assert names.split() == [
        b"manifest.json",
        b"database.dump",
        b"keys/secret_key",
        b"files/ab/ab000000000000000000000000000001",
        b"files/cd/cd000000000000000000000000000002",
    ]


def test_a_public_key_that_is_none_is_refused_before_anything_is_written(
    source: Installation, tmp_path: Path
) -> None:
    secret = str(pyrage.x25519.Identity.generate())
    with pytest.raises(BackupError, match="A secret key is no recipient"):
        make(source, tmp_path / "one", lock=Lock(recipients=(secret,)))
    with pytest.raises(BackupError, match="'age1x' is no recipient"):
        make(source, tmp_path / "one", lock=Lock(recipients=("age1x",)))
    assert list(tmp_path.iterdir()) == []


def test_a_back_up_tells_of_one_moment_while_four_writers_go_on(
    kept_source: Stand, source: Installation, empty: Empty, tmp_path: Path
) -> None:
    with kept_source.connect() as connection:
        connection.execute("create table debit (amount int); create table credit (amount int)")
    stop, written = threading.Event(), [0, 0, 0, 0]

    def write(number: int) -> None:
        with kept_source.connect() as connection:
            while not stop.is_set():
                with connection.transaction():
                    connection.execute("insert into debit values (%s)", [number])
                    connection.execute("update note set text = text where id = 1")
                    connection.execute("insert into credit values (%s)", [-number])
                written[number] += 1

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    try:
        while min(written) == 0:
            stop.wait(0.01)
        before = sum(written)
        made = make(source, tmp_path / "one.cwbackup")
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    target = empty()
    restore(target.point(), made.file, Key(), known=set())
    both = "select count(*), sum(amount) from {}"
    with target.connect() as connection:
        debit = connection.execute(both.format("debit")).fetchone()
        credit = connection.execute(both.format("credit")).fetchone()
    assert debit
    assert credit == (debit[0], -debit[1])
    assert before <= debit[0] < sum(written)
    with kept_source.connect() as connection:
        connection.execute("drop table debit, credit; delete from access.event where id > 2")


def test_a_file_that_goes_away_meanwhile_is_not_asked_for(
    kept_source: Stand, source: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row and file go between the snapshot and the look at the store; a second snapshot agrees."""
    third = "ef000000000000000000000000000003"
    kept_source.put_file(third, b"soon gone")
    with kept_source.connect() as connection:
        connection.execute("insert into note (text, stored_as) values ('gone', %s)", [third])
    asked: list[set[str]] = []

    def named(connection: Connection) -> set[str]:
        asked.append(found(connection))
        with kept_source.connect() as other:
            other.execute("delete from note where stored_as = %s", [third])
        (kept_source.files / "ef" / third).unlink(missing_ok=True)
        return asked[-1]

    found = filestore.named
    monkeypatch.setattr(filestore, "named", named)
    made = make(source, tmp_path / "one.cwbackup")
    assert [third in names for names in asked] == [True, False]
    assert made.manifest.missing_files == []
    assert {part.name[9:] for part in made.manifest.files} == asked[-1]


def test_a_file_that_the_installation_has_lost_is_named(
    kept_source: Stand, source: Installation, tmp_path: Path
) -> None:
    lost = kept_source.files / "ab" / "ab000000000000000000000000000001"
    text = lost.read_bytes()
    lost.unlink()
    try:
        made = make(source, tmp_path / "one.cwbackup")
    finally:
        lost.write_bytes(text)
    assert made.manifest.missing_files == ["ab000000000000000000000000000001"]
    assert check(made.file, Key()).manifest == made.manifest


def test_an_installation_with_rows_is_refused_and_left_alone(
    source: Installation, empty: Empty, tmp_path: Path
) -> None:
    made = make(source, tmp_path / "one.cwbackup")
    target = empty()
    with target.connect() as connection:
        connection.execute("create table ours as select 7 as value")
    with pytest.raises(BackupError, match="This installation is not empty: ours hold rows"):
        restore(target.point(), made.file, Key(), known=set())
    with target.connect() as connection:
        assert connection.execute("select value from ours").fetchall() == [(7,)]


def test_a_database_in_use_is_refused(source: Installation, empty: Empty, tmp_path: Path) -> None:
    made = make(source, tmp_path / "one.cwbackup")
    target = empty()
    with (
        target.connect(),
        pytest.raises(BackupError, match=r"connected to this database from elsewhere \(1 conn"),
    ):
        restore(target.point(), made.file, Key(), known=set())
    assert target.is_empty()


def test_two_back_ups_at_once_are_refused(source: Installation, tmp_path: Path) -> None:
    with (
        work.alone(source.var),
        pytest.raises(BackupError, match="Another back-up or restore is under way here"),
    ):
        make(source, tmp_path / "one.cwbackup")
    assert not (tmp_path / "one.cwbackup").exists()


def test_an_existing_file_is_never_written_over(source: Installation, tmp_path: Path) -> None:
    (tmp_path / "one.cwbackup").write_text("mine")
    with pytest.raises(BackupError, match=r"one\.cwbackup exists"):
        make(source, tmp_path / "one.cwbackup")
    assert (tmp_path / "one.cwbackup").read_text() == "mine"
    with pytest.raises(ServerError, match="does not exist"):
        make(source, tmp_path / "nowhere" / "one.cwbackup")


def test_roles_of_other_names_get_no_rights_of_strangers(
    kept_source: Stand, source: Installation, empty: Empty, tmp_path: Path
) -> None:
    """Grants and policies of the old names stay out; the access rules are written anew later."""
    made = make(source, tmp_path / "one.cwbackup")
    renamed = made.manifest.model_copy(update={"application": "clerk"})
    _, parts = unpacked(made.file)
    target = empty()
    restore(target.point(), packed(tmp_path / "two.cwbackup", renamed, parts), Key(), known=set())
    assert target.contents() == kept_source.contents()
    policies, grants = target.rules()[:2]
    assert policies == []
    assert {grantee for _, grantee, _ in grants} == {"clusterwerk_owner"}  # type: ignore[attr-defined]
    comments = "select count(*) from pg_class where obj_description(oid) like 'access %'"
    with target.connect() as connection:
        assert connection.execute(comments).fetchone() == (0,)


def test_a_migration_waits_for_a_back_up_that_began_before_it(
    kept_source: Stand, source: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between snapshot and dump it would make a back-up that no restore accepts."""
    start, refused = making._start_dump, []

    def changed_before(*words: Any) -> "subprocess.Popen[bytes]":
        with kept_source.connect() as connection:
            connection.execute("set lock_timeout = '100ms'")
            try:
                connection.execute("alter table members_membership add column late text")
            except psycopg.errors.LockNotAvailable as error:
                refused.append(error)
        return start(*words)

    monkeypatch.setattr(making, "_start_dump", changed_before)
    make(source, tmp_path / "one.cwbackup")
    assert len(refused) == 1
