"""`clusterwerk demo load` on a database without anything."""

import json
from contextlib import nullcontext
from datetime import date

import pytest
from typer.testing import CliRunner

from clusterwerk.config import exits
from clusterwerk.config.commands import demo
from clusterwerk.config.demo.load import load_demo
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.errors import DomainError


def test_without_the_published_figures_the_demo_says_what_to_do(db: None) -> None:
    with pytest.raises(DomainError, match="clusterwerk figures import"):
        load_demo(date(2020, 1, 31))
    assert not Organisation.objects.exists()


@pytest.fixture
def under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the tests stands in for the one that a command brings up itself."""
    monkeypatch.setattr(demo, "django_ready", nullcontext)


def test_an_installation_that_is_no_demo_gets_no_accounts_with_a_known_password(
    db: None, under_way: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLUSTERWERK_DEMO", "no")
    result = CliRunner().invoke(demo.app, ["load"])
    assert result.exit_code == exits.ENVIRONMENT
    assert "CLUSTERWERK_DEMO" in result.stderr
    assert not Organisation.objects.exists()


def test_the_command_imports_the_figures_and_loads_the_demo(db: None, under_way: None) -> None:
    first = CliRunner().invoke(demo.app, ["load", "--json"])
    assert first.exit_code == exits.OK
    assert json.loads(first.stdout)["added"]["members"] == 840
    assert "air-cargo-belgium" in first.stderr
    second = CliRunner().invoke(demo.app, ["load"])
    assert second.stdout == "782 demo organisations, 840 memberships.\nNothing was missing.\n"
