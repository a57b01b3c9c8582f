"""What the doctor says of mail to teams: domain, folder, and who looks into it."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from clusterwerk.config.doctor import mail_in, names
from clusterwerk.config.doctor.mail_in import HOURS, TASK, leads_here, looked, waiting
from clusterwerk.platform.jobs.asking import app
from clusterwerk.platform.postgres.client import Connection
from factories.names import name_server

DOMAIN = "in.voorbeeld.be"
NOW = 1_800_000_000.0


@pytest.mark.parametrize(
    ("records", "state", "said"),
    [
        (["20 b.voorbeeld.be.", "10 a.voorbeeld.be."], "ok", "to a.voorbeeld.be, b.voorbeeld.be."),
        ([], "fail", "has no MX record"),
        (["0 ."], "fail", "takes no mail"),
    ],
)
def test_a_domain_leads_to_a_mail_server_or_mail_comes_back(
    monkeypatch: pytest.MonkeyPatch, records: list[str], state: str, said: str
) -> None:
    with name_server({DOMAIN: ["a text"]}, exchanges={DOMAIN: records}) as address:
        monkeypatch.setenv("CLUSTERWERK_DNS", address)
        found = leads_here(DOMAIN)
    assert (found.state, said in found.message) == (state, True), found.message


def test_a_domain_that_does_not_exist_has_no_record(monkeypatch: pytest.MonkeyPatch) -> None:
    with name_server({}) as address:
        monkeypatch.setenv("CLUSTERWERK_DNS", address)
        assert leads_here(DOMAIN).state == "fail"


def test_without_a_connection_nothing_is_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "PATIENCE", 0.3)
    with name_server({}, silent=True) as address:
        monkeypatch.setenv("CLUSTERWERK_DNS", address)
        assert leads_here(DOMAIN).state == "unknown"


def test_a_folder_without_a_domain_fails_and_without_both_nothing_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("DOMAIN", "FOLDER"):
        monkeypatch.delenv(f"CLUSTERWERK_MAIL_IN_{name}", raising=False)
    assert list(mail_in.findings()) == []
    (tmp_path / "new").mkdir()
    monkeypatch.setenv("CLUSTERWERK_MAIL_IN_FOLDER", str(tmp_path))
    assert [found.state for found in mail_in.findings()] == ["fail", "ok"]


def test_mails_that_wait_for_hours_and_those_for_nobody_are_counted(tmp_path: Path) -> None:
    assert waiting(tmp_path, NOW).state == "fail"
    for folder in ("new", "cur"):
        (tmp_path / folder).mkdir()
    mail = tmp_path / "new" / "1"
    mail.touch()
    os.utime(mail, (NOW - 60, NOW - 60))
    assert waiting(tmp_path, NOW).state == "ok"
    os.utime(mail, (NOW - HOURS * 3600 - 1,) * 2)
    assert waiting(tmp_path, NOW).message.startswith("1 mails wait")
    mail.rename(tmp_path / "cur" / "1")
    assert waiting(tmp_path, NOW).message.startswith("1 mails in")


@pytest.mark.parametrize(
    ("hours", "state", "said"),
    [(0.5, "ok", "30 minutes"), (HOURS + 3, "warn", "for 5 hours"), (None, "warn", "yet")],
)
def test_a_folder_that_nobody_looks_into_is_told(
    monkeypatch: pytest.MonkeyPatch, hours: float | None, state: str, said: str
) -> None:
    monkeypatch.setenv("CLUSTERWERK_MAIL_IN_FOLDER", "mail")
    last = None if hours is None else datetime.now(UTC) - timedelta(hours=hours)
    answer = SimpleNamespace(fetchone=lambda: (last,))
    connection = cast("Connection", SimpleNamespace(execute=lambda _sql, _values: answer))
    found = looked(connection)
    assert (found.state, said in found.message) == (state, True), found.message


def test_the_job_that_looks_into_the_folder_has_the_name_that_is_asked_for() -> None:
    from clusterwerk.members.correspondence import folder  # noqa: PLC0415 - registers the task

    assert folder.pick_up_mail.name == TASK
    assert TASK in app.tasks
