"""The unattended run: what it makes, keeps, copies, and writes down."""

import json
import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest

from clusterwerk.platform.backup import copying, record
from clusterwerk.platform.backup.copying import Destination
from clusterwerk.platform.backup.encryption import Lock
from clusterwerk.platform.backup.errors import BackupError
from clusterwerk.platform.backup.installation import Installation
from clusterwerk.platform.backup.keeping import Keep, name_at
from clusterwerk.platform.backup.scheduled import Schedule, run
from clusterwerk.platform.postgres.errors import ServerError

KEEP = Keep(daily=1, weekly=0, monthly=0)
LOCK = Lock(recipients=(str(pyrage.x25519.Identity.generate().to_public()),))
OLD = name_at(datetime(2020, 1, 1, tzinfo=UTC))


AT_ONCE = (0.0, 0.0)


def folders(tmp_path: Path, *names: str) -> list[Path]:
    made = [tmp_path / name for name in names]
    for folder in made:
        folder.mkdir()
        (folder / OLD).touch()
    return made


def test_a_run_makes_thins_out_copies_and_writes_it_down(
    source: Installation, tmp_path: Path
) -> None:
    here, there = folders(tmp_path, "here", "there")
    outcome = run(source, Schedule(here, KEEP, LOCK, Destination(str(there))))
    assert outcome.removed == [OLD]
    assert outcome.copied_to == str(there)
    assert [path.name for path in here.iterdir()] == [outcome.made.file.name]
    assert [path.name for path in there.iterdir()] == [outcome.made.file.name]
    assert (there / outcome.made.file.name).read_bytes() == outcome.made.file.read_bytes()
    last = record.last_backup(source.var)
    assert last
    assert (last.file, last.size) == (str(outcome.made.file), outcome.made.size)
    assert (last.made_at, last.encrypted) == (outcome.made.manifest.made_at, True)
    assert (last.problem, last.copied_to, last.copy_problem) == ("", str(there), "")
    assert last.copied_at


def test_a_copy_by_a_command_gets_the_file_and_its_name_without_a_shell(
    source: Installation, tmp_path: Path
) -> None:
    (here,) = folders(tmp_path, "here")
    program = "import shutil, sys; shutil.copy(sys.argv[1], sys.argv[2])"
    words = [sys.executable, "-c", program, "{file}", f"{tmp_path}/$(touch x); {{name}}"]
    outcome = run(source, Schedule(here, KEEP, LOCK, Destination(shlex.join(words))))
    assert (outcome.copied_to, outcome.copy_problem) == (sys.executable, "")
    copied = tmp_path / f"$(touch x); {outcome.made.file.name}"
    assert copied.read_bytes() == outcome.made.file.read_bytes()


def test_a_copy_that_fails_three_times_is_told_and_the_back_up_stays(
    source: Installation, tmp_path: Path
) -> None:
    (here,) = folders(tmp_path, "here")
    program = "import sys; open(sys.argv[1], 'a').write('x'); sys.exit('no route')"
    words = [sys.executable, "-c", program, str(tmp_path / "attempts"), "{file}"]
    copies = Destination(shlex.join(words), pauses=AT_ONCE)
    outcome = run(source, Schedule(here, KEEP, LOCK, copies))
    assert outcome.copy_problem == f"{sys.executable} ended with 1: no route"
    assert outcome.made.file.exists()
    assert (tmp_path / "attempts").read_text() == "xxx"
    last = record.last_backup(source.var)
    assert last
    assert last.copy_problem == outcome.copy_problem
    assert last.problem == ""


def test_a_copy_that_hangs_or_does_not_exist_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    hanging = shlex.join([sys.executable, "-c", "import time; time.sleep(60)", "{file}"])
    with pytest.raises(BackupError, match=r"did not end within 0 s"):
        copying.copy(tmp_path / "file", Destination(hanging, 0.1, ()))
    with pytest.raises(BackupError, match="no-such-program cannot be started: No such file"):
        copying.copy(tmp_path / "file", Destination("no-such-program {file}", pauses=()))
    with pytest.raises(BackupError, match="not-mounted does not exist"):
        copying.copy(tmp_path / "file", Destination(str(tmp_path / "not-mounted"), pauses=()))


def test_a_back_up_in_clear_does_not_leave_its_folder(source: Installation, tmp_path: Path) -> None:
    here, there = folders(tmp_path, "here", "there")
    outcome = run(source, Schedule(here, KEEP, Lock(), Destination(str(there))))
    assert "A back-up in clear is not copied" in outcome.copy_problem
    assert [path.name for path in there.iterdir()] == [OLD]


def test_a_run_that_fails_keeps_what_was_known_and_removes_nothing(
    source: Installation, tmp_path: Path
) -> None:
    (here,) = folders(tmp_path, "here")
    first = run(source, Schedule(here, KEEP, LOCK))
    with pytest.raises(ServerError, match="does not exist"):
        run(source, Schedule(tmp_path / "absent", KEEP, LOCK))
    last = record.last_backup(source.var)
    assert last
    assert last.made_at == first.made.manifest.made_at
    assert "absent does not exist" in last.problem
    assert first.made.file.exists()


def test_a_record_that_is_absent_or_broken_is_no_record(tmp_path: Path) -> None:
    assert record.last_backup(tmp_path) is None
    place = record.folder(tmp_path) / "last.json"
    for text in ("", "[]", "{", json.dumps({"made_at": "yesterday"}), json.dumps({"other": 1})):
        place.write_text(text, "utf-8")
        assert record.last_backup(tmp_path) is None
    record.note(tmp_path, size=7)
    found = record.last_backup(tmp_path)
    assert found
    assert (found.size, found.made_at) == (7, None)
