"""`clusterwerk register`, as an operator uses it."""

from contextlib import nullcontext
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clusterwerk.config import exits
from clusterwerk.config.commands import register
from factories.english import english
from factories.register_extracts import full

__all__ = ["english"]


@pytest.fixture(autouse=True)
def under_way(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(register, "django_ready", nullcontext)


def test_an_extract_is_loaded_once_and_shown(tmp_path: Path) -> None:
    file = full(tmp_path / "full.zip", 40)
    loaded = CliRunner().invoke(register.app, ["load", str(file)])
    assert loaded.exit_code == exits.OK
    assert "Edition 10 of 2026-11-01 (full, invented): 40 enterprises" in loaded.stdout
    again = CliRunner().invoke(register.app, ["load", str(file)])
    assert (again.exit_code, "nothing was changed" in again.stdout) == (exits.OK, True)
    shown = CliRunner().invoke(register.app, ["show"])
    assert shown.stdout == loaded.stdout


def test_a_broken_file_is_refused_with_its_reason(tmp_path: Path) -> None:
    file = tmp_path / "holiday.zip"
    file.write_bytes(b"no archive")
    refused = CliRunner().invoke(register.app, ["load", str(file)])
    assert refused.exit_code == exits.PROBLEMS
    assert "holiday.zip is no ZIP file" in refused.stderr
    shown = CliRunner().invoke(register.app, ["show"])
    assert (shown.exit_code, "No edition is loaded" in shown.stdout) == (exits.PROBLEMS, True)
