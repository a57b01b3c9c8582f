"""`clusterwerk backup` and `clusterwerk restore` at the command line."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyrage
import pytest
from django.conf import settings
from typer.testing import CliRunner

from clusterwerk.config import backing_up, cli, exits
from clusterwerk.platform.backup import programs
from clusterwerk.platform.backup.errors import BackupError
from clusterwerk.platform.backup.keeping import Keep
from clusterwerk.platform.postgres.testing import trial_server
from factories.backups import empty_database
from factories.releases import Old, old_database

CLI = "clusterwerk.config"


@pytest.fixture(scope="module")
def old() -> Iterator[Old]:
    """A database with the data of the first release."""
    with trial_server(settings.VAR), old_database(settings.VAR, "0.1.0") as found:
        yield found


def ran(old: Old, var: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", CLI, *words],
        env=old.environment(var, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["one", "--scheduled"],
        ["one", "--unencrypted", "--recipient", "age1"],
        ["--scheduled", "--unencrypted"],
    ],
)
def test_what_does_not_go_together_is_wrong_usage(words: list[str]) -> None:
    if "backup" not in {command.name for command in cli.app.registered_commands}:
        cli._register()
    assert CliRunner().invoke(cli.app, ["backup", *words]).exit_code == exits.USAGE


@pytest.mark.slow
def test_a_back_up_of_an_earlier_release_is_restored_compared_and_migrated(
    old: Old, tmp_path: Path
) -> None:
    file = str(tmp_path / "one.cwbackup")
    made = ran(old, tmp_path / "a", "backup", file, "--unencrypted", "--json")
    assert made.returncode == exits.OK, made.stderr
    facts = json.loads(made.stdout)
    assert (facts["encrypted"], facts["keys"], facts["missing_files"]) == (False, [], [])
    assert "Not encrypted: whoever reads this file reads everything" in made.stderr
    with empty_database(settings.VAR) as fresh:
        restored = ran(fresh, tmp_path / "b", "restore", file, "--json")
        assert restored.returncode == exits.OK, restored.stderr
        told = json.loads(restored.stdout)
        assert told["rows"] == facts["rows"]
        with fresh.connect() as connection:
            later = "select count(*) from django_migrations where name like '0002%'"
            assert connection.execute(later).fetchone() != (0,)
            seen = "select count(*) > 0 from pg_policies where roles = '{clusterwerk_app}'"
            assert connection.execute(seen).fetchone() == (True,)
        again = ran(fresh, tmp_path / "b", "restore", file)
        assert again.returncode == exits.PROBLEMS
        assert again.stderr.startswith("This installation is not empty: ")


@pytest.mark.slow
def test_a_passphrase_comes_from_a_file_or_the_environment_and_is_asked_for_nowhere_else(
    old: Old, tmp_path: Path
) -> None:
    secret = "a mill on a polder"
    file = tmp_path / "one.cwbackup"
    made = ran(old, tmp_path / "a", "backup", str(file), CLUSTERWERK_BACKUP_PASSPHRASE=secret)
    assert made.returncode == exits.OK, made.stderr
    assert "Not encrypted" not in made.stderr
    asked = ran(old, tmp_path / "a", "restore", "--check", str(file))
    assert asked.returncode == exits.PROBLEMS
    assert asked.stderr.startswith("A passphrase is needed: name a file that holds it")
    (tmp_path / "secret").write_text(f"{secret}\nnot this\n", "utf-8")
    words = ["restore", "--check", str(file), "--passphrase-file", str(tmp_path / "secret")]
    checked = ran(old, tmp_path / "a", *words)
    assert checked.returncode == exits.OK, checked.stderr
    assert checked.stdout.startswith("Checked: ")
    assert "every part is whole" in checked.stdout


def test_the_unattended_run_follows_the_settings_and_its_exit_code_tells_of_the_copy(
    old: Old, tmp_path: Path
) -> None:
    (tmp_path / "here").mkdir()
    public = str(pyrage.x25519.Identity.generate().to_public())
    chosen = {
        "CLUSTERWERK_BACKUP_FOLDER": str(tmp_path / "here"),
        "CLUSTERWERK_BACKUP_RECIPIENT": public,
        "CLUSTERWERK_BACKUP_KEEP": "2 daily",
        "CLUSTERWERK_BACKUP_COPY": f"{sys.executable} -c pass {{file}}",
    }
    run = ran(old, tmp_path / "a", "backup", "--scheduled", "--json", **chosen)
    assert run.returncode == exits.OK, run.stderr
    facts = json.loads(run.stdout)
    assert (facts["encrypted"], facts["copied_to"]) == (True, sys.executable)
    assert os.listdir(tmp_path / "here") == [Path(facts["file"]).name]  # noqa: PTH208 - names
    chosen["CLUSTERWERK_BACKUP_FOLDER"] = str(tmp_path / "absent")
    failed = ran(old, tmp_path / "a", "backup", "--scheduled", **chosen)
    assert failed.returncode == exits.ENVIRONMENT
    assert "absent does not exist" in failed.stderr
    last = json.loads((tmp_path / "a" / "backups" / "last.json").read_text("utf-8"))
    assert last["made_at"] == facts["made_at"]
    assert "absent does not exist" in last["problem"]


def test_a_damaged_file_ends_with_one_sentence(old: Old, tmp_path: Path) -> None:
    (tmp_path / "bad").write_bytes(b"not a back-up" * 100)
    found = ran(old, tmp_path / "a", "restore", "--check", str(tmp_path / "bad"))
    assert found.returncode == exits.PROBLEMS
    assert found.stderr == "This is no back-up of Clusterwerk, or it is damaged.\n"


def test_settings_are_read_as_they_are_documented(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLUSTERWERK_VAR", str(tmp_path))
    found = backing_up.schedule()
    assert found.folder == tmp_path / "backups"
    assert (found.keep, found.lock.is_open, found.copies) == (Keep(7, 4, 12), True, None)
    monkeypatch.setenv("CLUSTERWERK_BACKUP_PASSPHRASE", "short")
    with pytest.raises(BackupError, match="at least 10 characters"):
        backing_up.schedule()
    monkeypatch.setenv("CLUSTERWERK_BACKUP_RECIPIENT", "age1one, age1two")
    monkeypatch.setenv("CLUSTERWERK_BACKUP_COPY", "/mnt/elsewhere")
    found = backing_up.schedule()
    assert found.lock.recipients == ("age1one", "age1two")
    assert found.copies
    assert found.copies.folder == Path("/mnt/elsewhere")


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_back_up_that_is_told_to_stop_leaves_no_dump_in_clear(
    old: Old, tmp_path: Path, number: signal.Signals
) -> None:
    lingering = dump_that_lingers(old, tmp_path / "bin")
    before = signal.signal(number, signal.SIG_DFL)  # tests that `nohup` runs hand on a deaf ear
    process = subprocess.Popen(
        [sys.executable, "-m", CLI, "backup", str(tmp_path / "one"), "--unencrypted"],
        env=old.environment(tmp_path / "var", CLUSTERWERK_PG_BIN=str(lingering)),
        stdin=subprocess.DEVNULL,
    )
    signal.signal(number, before)
    while process.poll() is None and not (lingering / "dumped").exists():
        time.sleep(0.01)
    assert list(tmp_path.glob("var/backups/work-*/*")) != []
    process.send_signal(number)
    assert process.wait() == 128 + number
    assert list(tmp_path.glob("var/backups/work-*")) == []
    assert not (tmp_path / "one").exists()


def dump_that_lingers(old: Old, folder: Path) -> Path:
    """PostgreSQL's programs, of which `pg_dump` ends a minute after all of its dump was written."""
    with old.connect() as connection:
        real = programs.fitting(connection.info.server_version // 10_000)
    folder.mkdir()
    for name in ("pg_restore", "psql"):
        (folder / name).symlink_to(real.program(name))
    script = f"""#!/bin/sh
{real.program("pg_dump")} "$@" || exit
[ "$1" = --version ] && exit
touch {folder / "dumped"}
exec sleep 60
"""
    (folder / "pg_dump").write_text(script, "utf-8")
    (folder / "pg_dump").chmod(0o700)
    return folder
