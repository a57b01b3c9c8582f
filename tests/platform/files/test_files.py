"""Prepared files: written whole, for their owner alone, gone after a week."""

import os
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import NOBODY, enter, opened
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.files import actions, periodic, storage
from clusterwerk.platform.files.models import PreparedFile
from clusterwerk.platform.jobs import JobRun, Progress, ask, job
from clusterwerk.platform.jobs.errors import TryAgainError
from clusterwerk.platform.jobs.registry import JOBS
from clusterwerk.platform.jobs.running import run_job
from factories.world import STEWARD, World

CONTENT = b"a line\n" * 1000


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    return tmp_path / "files"


def written(owner: int, name: str = "members.csv", media_type: str = "text/csv") -> PreparedFile:
    enter(NOBODY)
    with storage.draft() as draft:
        draft.file.write(CONTENT)
        return actions.keep(draft, owner, name, media_type)


def stored(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def test_a_file_is_kept_with_its_size_and_digest_under_a_random_name(
    world: World, folder: Path
) -> None:
    file = written(world.people["manager"].pk)
    assert (file.size, file.digest) == (len(CONTENT), sha256(CONTENT).hexdigest())
    (path,) = stored(folder)
    assert path.read_bytes() == CONTENT
    assert path.name == file.stored_as != written(world.people["manager"].pk).stored_as
    assert path.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    assert timedelta(days=6, hours=23) < file.expires_at - timezone.now() <= timedelta(days=7)


def test_the_owner_fetches_it_as_a_download(client: Client, world: World) -> None:
    file = written(world.people["manager"].pk, "Leden é.csv")
    client.force_login(world.people["manager"])
    response = client.get(f"/files/{file.pk}/")
    assert b"".join(response.streaming_content) == CONTENT  # type: ignore[attr-defined] # streams
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''Leden")
    assert response.headers["Content-Type"] == "text/csv"
    assert response.headers["Content-Length"] == str(len(CONTENT))
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("person", ["staff", "other_manager", "programme_manager", "steward"])
def test_nobody_else_fetches_it(client: Client, world: World, person: str) -> None:
    file = written(world.people["manager"].pk)
    client.force_login(world.people[person])
    assert client.get(f"/files/{file.pk}/").status_code == 404
    enter(STEWARD if person == "steward" else Seats(actor=world.people[person].pk))
    assert not PreparedFile.objects.exists()


def test_a_file_whose_bytes_are_gone_is_said_and_no_error(
    client: Client, world: World, folder: Path
) -> None:
    file = written(world.people["manager"].pk)
    stored(folder)[0].unlink()
    client.force_login(world.people["manager"])
    assert client.get(f"/files/{file.pk}/").status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "a\r\nSet-Cookie: x=1",
        "../secret",
        "a/b",
        "a\\b",
        "a\x00b",
        "",
        " . ",
        "x" * 201,
        "a\u202eb",
    ],
)
def test_a_name_that_could_break_a_header_or_a_path_is_refused(
    world: World, folder: Path, name: str
) -> None:
    with pytest.raises(DomainError):
        written(world.people["manager"].pk, name)
    assert stored(folder) == []
    with opened("files"):
        assert not PreparedFile.objects.exists()


@pytest.mark.parametrize("media_type", ["text", "text/csv; x", "text/csv\r\nX: y", "TEXT/html"])
def test_a_type_that_is_none_is_refused(world: World, media_type: str) -> None:
    with pytest.raises(DomainError):
        written(world.people["manager"].pk, media_type=media_type)


def test_a_draft_that_is_not_kept_leaves_nothing(folder: Path) -> None:
    with storage.draft() as draft:
        draft.file.write(CONTENT)
        assert len(stored(folder)) == 1
    assert stored(folder) == []


def test_a_name_from_elsewhere_opens_no_path() -> None:
    for name in ("../../etc/passwd", "a" * 31, "A" * 32, ""):
        with pytest.raises(ValueError, match="no name"):
            storage.path_of(name)


def test_files_whose_time_is_over_go_with_their_bytes(
    world: World,
    folder: Path,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    old, new = (written(world.people["manager"].pk) for _file in range(2))
    enter(NOBODY)
    with opened("files"):
        PreparedFile.objects.filter(pk=old.pk).update(expires_at=timezone.now())
    client.force_login(world.people["manager"])
    assert client.get(f"/files/{old.pk}/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        periodic.discard_files(timestamp=0)
    assert [path.name for path in stored(folder)] == [new.stored_as]
    enter(NOBODY)
    with opened("files"):
        assert [file.pk for file in PreparedFile.objects.all()] == [new.pk]


def test_bytes_that_a_crash_left_are_swept_once_nobody_can_still_write_them(
    world: World, folder: Path
) -> None:
    kept = written(world.people["manager"].pk)
    with transaction.atomic():
        written(world.people["manager"].pk)
        transaction.set_rollback(True)
    fresh = folder / ("b" * 32 + ".part")
    old = folder / ("a" * 32 + ".part")
    for path in (fresh, old):
        path.write_bytes(b"half")
    enter(NOBODY)
    assert (actions.sweep(), len(stored(folder))) == (0, 4)
    for path in stored(folder):
        if path != fresh:
            os.utime(path, (0, 0))
    assert actions.sweep() == 2
    assert {path.name for path in stored(folder)} == {kept.stored_as, fresh.name}


def test_a_job_prepares_a_file_that_replaces_the_one_of_an_earlier_attempt(
    world: World,
    folder: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    tries: list[int] = []

    def export(progress: Progress) -> None:
        tries.append(progress.attempt)
        with progress.prepare(name="all.zip", media_type="application/zip") as file:
            progress.tell(total=1)
            with progress.step():
                file.write(b"%d" % progress.attempt)
        if progress.attempt == 1:
            raise RuntimeError

    wanted = job(title="Export")(export)
    manager = world.people["manager"].pk
    enter(Seats(actor=manager))
    run = ask(wanted, actor=manager, reason="test")
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(TryAgainError):
            run_job(wanted, None, run.pk)
        run_job(wanted, None, run.pk)
    enter(Seats(actor=manager))
    (file,) = PreparedFile.objects.all()
    assert JobRun.objects.get(pk=run.pk).file == file
    assert [path.read_bytes() for path in stored(folder)] == [b"2"]
    assert tries == [1, 2]
    JOBS.pop(wanted.kind)


def test_a_file_that_goes_leaves_the_run_that_made_it(world: World) -> None:
    manager = world.people["manager"]
    file = written(manager.pk)
    with opened("jobs"):
        run = JobRun.objects.create(asker=manager, kind="x", reason="x", key="x", file=file)
    actions.discard(file)
    enter(STEWARD)
    assert JobRun.objects.get(pk=run.pk).file_id is None
