"""The steward's page of the register: upload, job, refusals."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import translation

from clusterwerk.directory.models import RegisterEdition
from clusterwerk.directory.register.frames import FREE_TEXT, RULES
from clusterwerk.directory.register.layout import columns_of
from clusterwerk.directory.register.reading import CELLS, ENCODING, QUOTES, ZERO
from clusterwerk.directory.register.wording import said
from clusterwerk.platform.access.session import enter, opened
from clusterwerk.platform.files.models import PreparedFile
from clusterwerk.platform.jobs.models import JobRun
from clusterwerk.platform.jobs.registry import JOBS
from clusterwerk.platform.jobs.running import run_job
from clusterwerk.platform.jobs.states import JobState
from factories.register_extracts import full, update
from factories.world import STEWARD, World

PAGE = "/directory/register/"


@pytest.fixture
def steward(client: Client, world: World) -> Client:
    client.force_login(world.people["steward"])
    return client


def upload(path: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile("Extract_Full.zip", path.read_bytes(), "application/zip")


def carried_out() -> JobRun:
    with opened("jobs"):
        run = JobRun.objects.latest("pk")
    run_job(JOBS[run.kind], None, run.pk)
    with opened("jobs"):
        return JobRun.objects.get(pk=run.pk)


def files_kept() -> int:
    with opened("files"):
        return PreparedFile.objects.count()


def test_an_upload_is_loaded_by_a_job_and_then_gone(steward: Client, tmp_path: Path) -> None:
    answer = steward.post(PAGE, {"file": upload(full(tmp_path / "full.zip", 40))})
    assert answer.status_code == 302
    run = carried_out()
    assert (run.state, run.result) == (JobState.SUCCEEDED, PAGE)
    enter(STEWARD)
    edition = RegisterEdition.objects.get(is_in_use=True)
    assert (edition.enterprise_count, edition.file_name) == (40, "Extract_Full.zip")
    assert files_kept() == 0
    page = steward.get(PAGE).text
    assert "invented" in page
    assert "Extract_Full.zip" in page


def test_what_is_no_zip_is_said_at_once(steward: Client) -> None:
    picture = SimpleUploadedFile("register.zip", b"\x89PNG....", "application/zip")
    answer = steward.post(PAGE, {"file": picture})
    assert answer.status_code == 422
    assert "This is no ZIP file" in answer.text
    with opened("jobs"):
        assert JobRun.objects.count() == 0


def test_a_zip_of_something_else_fails_with_its_reason(steward: Client) -> None:
    other = SimpleUploadedFile("holiday.zip", b"PK\x03\x04 and no more", "application/zip")
    steward.post(PAGE, {"file": other})
    run = carried_out()
    assert run.state == JobState.FAILED
    assert "holiday.zip is no ZIP file" in run.error
    assert files_kept() == 0


def test_an_update_that_comes_too_early_is_kept_to_be_tried_again(
    steward: Client, tmp_path: Path
) -> None:
    early = update(tmp_path / "update.zip", 11, {})
    steward.post(PAGE, {"file": upload(early)})
    run = carried_out()
    assert run.state == JobState.FAILED
    assert "load a full one first" in run.error
    assert files_kept() == 1


def test_the_page_is_the_stewards(client: Client, world: World) -> None:
    client.force_login(world.people["manager"])
    assert client.get(PAGE).status_code == 403


def test_broken_rows_stand_in_the_order_of_their_lines_in_the_readers_language(
    steward: Client, tmp_path: Path
) -> None:
    lines: list[str | bytes] = ["0403.019.262,AC,000,2,610,,01-01-2000", "x,y"]
    steward.post(
        PAGE, {"file": upload(full(tmp_path / "f.zip", 40, broken={"enterprise.csv": lines}))}
    )
    assert carried_out().state == JobState.SUCCEEDED
    page = steward.get(PAGE, headers={"accept-language": "nl"}).text
    first, second = "EnterpriseNumber heeft foute controlecijfers", "een ander aantal cellen dan"
    assert 0 < page.index(first) < page.index(second)


def test_each_reason_for_a_broken_row_has_its_words_in_dutch() -> None:
    reasons = {CELLS, ENCODING, QUOTES, ZERO, "a second row of it", "the enterprise is unknown"}
    for part, rule in RULES.items():
        columns = columns_of(f"{part}.csv")
        reasons |= {reason for reason, _is_broken in rule.faults(columns[0])}
        reasons |= {f"{column} is too long" for column in columns if part in FREE_TEXT}
    with translation.override("nl"):
        unsaid = {reason for reason in reasons if said(reason) == reason}
    assert (len(reasons) > 30, unsaid) == (True, set())
