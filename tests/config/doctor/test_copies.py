"""What the doctor says of back-ups, by what their record holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from clusterwerk.config.doctor import copies
from clusterwerk.platform.backup import record
from clusterwerk.platform.backup.record import LastBackup

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MADE = LastBackup(made_at=NOW - timedelta(hours=12), file="daily.cwbackup")


@pytest.fixture(autouse=True)
def _on_a_laptop(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOSTS", "TLS", "BACKUP_HOURS"):
        monkeypatch.delenv(f"CLUSTERWERK_{name}", raising=False)


def in_public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLUSTERWERK_HOSTS", "clusters.voorbeeld.be")


@pytest.mark.parametrize(
    ("hours", "here", "public"),
    [(12, "ok", "ok"), (36, "ok", "ok"), (37, "warn", "warn"), (24 * 11, "warn", "fail")],
)
def test_the_age_decides(
    monkeypatch: pytest.MonkeyPatch, hours: int, here: str, public: str
) -> None:
    known = replace(MADE, made_at=NOW - timedelta(hours=hours))
    assert copies.backup(known, NOW, holds_data=True).state == here
    in_public(monkeypatch)
    assert copies.backup(known, NOW, holds_data=True).state == public


def test_none_at_all_matters_when_there_is_something_to_lose(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert copies.backup(LastBackup(), NOW, holds_data=False).state == "ok"
    assert copies.backup(LastBackup(), NOW, holds_data=True).state == "warn"
    in_public(monkeypatch)
    assert copies.backup(LastBackup(), NOW, holds_data=True).state == "fail"


def test_a_failed_attempt_is_told_beside_the_age_of_the_last_good_one() -> None:
    found = copies.backup(replace(MADE, problem="The disk is full."), NOW, holds_data=True)
    assert found.state == "warn"
    assert found.message == (
        "The last one is 12 hours old: daily.cwbackup. "
        "The attempt after it failed: The disk is full."
    )


@pytest.mark.parametrize(
    ("known", "state"),
    [
        (MADE, "warn"),
        (replace(MADE, copied_at=NOW - timedelta(hours=71), copied_to="elsewhere"), "ok"),
        (replace(MADE, copied_at=NOW - timedelta(hours=73), copied_to="elsewhere"), "warn"),
        (replace(MADE, copied_at=NOW, copied_to="elsewhere", copy_problem="Away."), "warn"),
    ],
)
def test_the_copy_elsewhere_has_an_age_too(known: LastBackup, state: str) -> None:
    assert copies.copy(known, NOW, holds_data=True).state == state


def test_the_record_of_the_folder_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record.note(tmp_path, made_at=datetime.now(UTC), file="now.cwbackup")
    found = list(copies.findings(tmp_path, holds_data=True))
    assert [(one.name, one.state) for one in found] == [("back-up", "ok")]
    in_public(monkeypatch)
    found = list(copies.findings(tmp_path, holds_data=True))
    assert [(one.name, one.state) for one in found] == [
        ("back-up", "ok"),
        ("off-site copy", "warn"),
    ]
