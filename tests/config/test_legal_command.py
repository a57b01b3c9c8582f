"""`clusterwerk legal`: files in a folder, or one message."""

from pathlib import Path

import pytest
import typer
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings
from typer.testing import CliRunner

from clusterwerk.config import cli, exits
from clusterwerk.config.commands import legal
from factories.world import World

NAMES = {
    "processor-agreement",
    "record-of-processing",
    "roles",
    "impact-assessment",
    "breaches",
}


@pytest.fixture(autouse=True)
def _no_answers(settings: Settings, tmp_path: Path) -> None:
    settings.LEGAL_FILE, settings.VAR = "", tmp_path / "var"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_document_is_written_as_page_and_as_text(
    world: World, tmp_path: Path, language: str
) -> None:
    names, still_open = legal._written(tmp_path / "new" / "pack", language)
    expected = {f"{name}-{language}.{ending}" for name in NAMES for ending in ("html", "docx")}
    assert set(names) == expected
    assert {path.name for path in (tmp_path / "new" / "pack").iterdir()} == expected
    assert still_open > 50


def test_a_place_that_cannot_be_written_to_is_named(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with pytest.raises(typer.Exit) as ended:
        legal._written(tmp_path / "file", "nl")
    assert ended.value.exit_code == exits.ENVIRONMENT
    assert str(tmp_path / "file") in capsys.readouterr().err


def test_answers_that_cannot_be_read_are_about_the_machine(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    settings.LEGAL_FILE = str(tmp_path / "away.toml")
    with pytest.raises(ImproperlyConfigured, match=r"away\.toml") as refused:
        legal._written(tmp_path, "nl")
    assert cli._is_about_the_machine(refused.value)
    assert list(tmp_path.iterdir()) == []


def test_another_language_is_refused_before_a_database_is_started(tmp_path: Path) -> None:
    cli._register()
    asked = ["legal", "--to", str(tmp_path), "--language", "fr"]
    answer = CliRunner().invoke(cli.app, asked)
    assert answer.exit_code == exits.USAGE
    assert list(tmp_path.iterdir()) == []
