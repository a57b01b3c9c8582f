"""`clusterwerk demo load` on a database without anything."""

import json
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from typer.testing import CliRunner

from clusterwerk.config.commands import demo
from clusterwerk.config.demo.load import load_demo
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.errors import DomainError


def test_without_the_published_figures_the_demo_says_what_to_do(db: None) -> None:
    with pytest.raises(DomainError, match="clusterwerk figures import"):
        load_demo(date(2020, 1, 31))
    assert not Organisation.objects.exists()


def test_an_installation_that_is_no_demo_gets_no_accounts_with_a_known_password(
    db: None,
) -> None:
    with override_settings(DEMO=False):
        result = CliRunner().invoke(demo.app, ["load"])
    assert isinstance(result.exception, ImproperlyConfigured)
    assert "CLUSTERWERK_DEMO" in str(result.exception)
    assert not Organisation.objects.exists()


def test_the_command_imports_the_figures_and_loads_the_demo(db: None) -> None:
    first = CliRunner().invoke(demo.app, ["load", "--json"])
    assert first.exit_code == 0
    assert json.loads(first.stdout)["added"]["members"] == 840
    assert "air-cargo-belgium" in first.stderr
    second = CliRunner().invoke(demo.app, ["load"])
    assert second.stdout == "782 demo organisations, 840 memberships.\nNothing was missing.\n"
