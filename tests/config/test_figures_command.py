"""`clusterwerk figures`: what it answers to a person and to a program, and its exit codes."""

import json
import shutil
from contextlib import nullcontext
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clusterwerk.clusters.models import Agency
from clusterwerk.config import exits
from clusterwerk.config.commands import figures
from clusterwerk.config.commands.figures import SHIPPED


@pytest.fixture
def under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the tests stands in for the one that a command brings up itself."""
    monkeypatch.setattr(figures, "django_ready", nullcontext)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = tmp_path / "flanders-2020"
    shutil.copytree(SHIPPED, copied)
    return copied


def test_a_first_import_says_what_it_wrote_and_a_second_that_nothing_changed(
    db: None, under_way: None
) -> None:
    first = CliRunner().invoke(figures.app, ["import", "--json"])
    assert first.exit_code == exits.OK
    assert json.loads(first.stdout)["changed"]["clusters"] == 26
    second = CliRunner().invoke(figures.app, ["import"])
    assert second.stdout.splitlines()[-1] == "Nothing had changed."


def test_mistakes_are_listed_for_a_program_and_nothing_is_imported(
    db: None, under_way: None, folder: Path
) -> None:
    (folder / "collaborations.csv").unlink()
    table = folder / "contributions.csv"
    table.write_text(table.read_text("utf-8").replace("euka,449969", "euka,-1"), "utf-8")
    result = CliRunner().invoke(figures.app, ["import", str(folder), "--json"])
    assert result.exit_code == exits.PROBLEMS
    errors = json.loads(result.stdout)["errors"]
    assert [(error["file"], error["line"], error["column"]) for error in errors] == [
        ("collaborations.csv", 0, ""),
        ("contributions.csv", 9, "subsidy_eur"),
    ]
    assert not Agency.objects.exists()


@pytest.mark.parametrize("word", ["import", "check"])
def test_a_folder_that_is_not_there_is_wrong_usage_and_named(word: str) -> None:
    result = CliRunner().invoke(figures.app, [word, "away"])
    assert result.exit_code == exits.USAGE
    assert "'away' does not exist" in result.stderr
    assert ".csv" not in result.stderr


def test_one_mistake_is_counted_as_one(folder: Path) -> None:
    (folder / "collaborations.csv").unlink()
    result = CliRunner().invoke(figures.app, ["check", str(folder)])
    assert result.exit_code == exits.PROBLEMS
    assert result.stderr.startswith("Nothing was checked; 1 mistake:\n")


def test_the_check_answers_with_every_finding_and_an_exit_code_of_its_own() -> None:
    result = CliRunner().invoke(figures.app, ["check", "--json"])
    assert result.exit_code == exits.PROBLEMS
    found = json.loads(result.stdout)
    assert {"check", "class", "subject", "printed", "against", "sentence"} <= set(found[0])
    mean = [one for one in found if "62.6" in one["sentence"]["en"]]
    assert len(mean) == 2
    assert {one["class"] for one in mean} == {"incompatible unless"}


def test_the_check_speaks_dutch_when_asked() -> None:
    result = CliRunner().invoke(figures.app, ["check", "--language", "nl"])
    assert "62,6" in result.stdout
    assert CliRunner().invoke(figures.app, ["check", "--language", "fr"]).exit_code == exits.USAGE


def test_checks_that_cannot_be_read_are_no_finding(folder: Path) -> None:
    (folder / "checks.toml").write_text("[[check]]\nkey = 1\n")
    result = CliRunner().invoke(figures.app, ["check", str(folder)])
    assert result.exit_code == exits.ENVIRONMENT
    assert "cannot be read" in result.stderr
