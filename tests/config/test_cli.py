"""The command line: exit codes, answers for programs, messages for people."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from clusterwerk.config import cli
from clusterwerk.platform.postgres.address import embedded_settings
from clusterwerk.platform.postgres.client import connect_with
from factories.supervised import Serve, environment_of

pytestmark = pytest.mark.xdist_group("serve")  # one prepared folder for all


def run(var: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "clusterwerk.config", *words],
        env=environment_of(var) | more,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def states(answer: subprocess.CompletedProcess[str]) -> dict[str, str]:
    found: list[dict[str, Any]] = json.loads(answer.stdout)["findings"]
    return {one["name"]: one["state"] for one in found}


def test_help_names_the_commands_and_the_exit_codes(tmp_path: Path) -> None:
    answer = run(tmp_path, "--help")
    assert answer.returncode == 0
    for word in ("serve", "doctor", "database", "people", "0 well, 1 problems found"):
        assert word in " ".join(answer.stdout.split())


@pytest.mark.parametrize("kind", ["GROUPS", "SINGLE"])
def test_a_command_whose_module_is_missing_is_an_error(
    monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(cli, "app", typer.Typer())
    monkeypatch.setattr(cli, kind, ("fly",))
    with pytest.raises(ModuleNotFoundError, match=r"commands\.fly"):
        cli._register()


@pytest.mark.parametrize("words", [["fly"], ["serve", "--port", "none"], ["serve", "--port", "0"]])
def test_wrong_usage_ends_with_two(tmp_path: Path, words: list[str]) -> None:
    assert run(tmp_path, *words).returncode == 2


def test_a_missing_database_program_ends_with_three_and_a_sentence(tmp_path: Path) -> None:
    answer = run(tmp_path, "serve", CLUSTERWERK_PG_BIN=str(tmp_path))
    assert answer.returncode == 3
    assert answer.stderr.startswith("clusterwerk: CLUSTERWERK_PG_BIN names")
    assert "Traceback" not in answer.stderr


def test_a_wrong_setting_ends_with_three_and_its_name(tmp_path: Path) -> None:
    answer = run(tmp_path, "serve", DATABASE_URL="mysql://host/name")
    assert answer.returncode == 3
    assert "DATABASE_URL starts with 'mysql'" in answer.stderr


def test_the_state_of_the_database_is_an_exit_code_and_json(var: Path) -> None:
    down = run(var, "database", "status", "--json")
    assert (down.returncode, json.loads(down.stdout)["running"]) == (1, False)
    assert run(var, "database", "start").returncode == 0
    up = run(var, "database", "status", "--json")
    assert (up.returncode, json.loads(up.stdout)["running"]) == (0, True)
    assert run(var, "database", "stop").returncode == 0


def test_doctor_finds_nothing_wrong_while_serve_runs(var: Path) -> None:
    serve = Serve(var)
    serve.address()
    answer = run(var, "doctor", "--json")
    found = states(answer)
    assert found.pop("worker") in {"ok", "warn"}, "it may not have registered yet"
    assert set(found.values()) == {"ok"}, answer.stdout
    assert {"application role", "migrations", "access rules", "extensions"} <= set(found)
    assert answer.returncode == 0
    assert serve.end() == 0


def test_the_plan_of_an_upgrade_is_told_while_serve_runs_and_the_upgrade_itself_waits(
    var: Path,
) -> None:
    serve = Serve(var)
    serve.address()
    answer = run(var, "upgrade", "--plan")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "No tables change" in answer.stdout
    refused = run(var, "upgrade")
    assert refused.returncode == 3
    assert "Clusterwerk runs in this folder" in refused.stderr
    assert serve.end() == 0


def test_a_web_server_whose_port_is_taken_says_so_in_a_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        answer = run(tmp_path, "web", "--port", str(port))
    said = f"clusterwerk: Cannot listen on 127.0.0.1, port {port}: Address already in use\n"
    assert (answer.returncode, answer.stderr) == (3, said)


def test_doctor_says_that_the_database_is_away_and_what_to_do(var: Path) -> None:
    answer = run(var, "doctor")
    assert answer.returncode == 1
    assert "fail     database: Does not answer" in answer.stdout
    assert "Start `clusterwerk serve`." in answer.stdout


def test_doctor_sees_rules_changed_by_hand_and_a_secret_that_others_can_read(var: Path) -> None:
    run(var, "database", "start")
    (var / "secret_key").chmod(0o644)
    with connect_with(embedded_settings("owner", var)) as connection:
        connection.execute("grant delete on django_migrations to clusterwerk_app")
        found = states(run(var, "doctor", "--json"))
        connection.execute("revoke delete on django_migrations from clusterwerk_app")
    (var / "secret_key").chmod(0o600)
    run(var, "database", "stop")
    assert (found["secret key"], found["access rules"]) == ("fail", "fail")


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_doctor_refuses_the_owner_as_application(var: Path) -> None:
    run(var, "database", "start")
    folder = var / "postgres" / "run"
    url = f"postgresql://clusterwerk_owner@/clusterwerk?host={folder}"
    answer = run(var, "doctor", "--json", DATABASE_URL=url)
    serve = run(var, "serve", DATABASE_URL=url)
    run(var, "database", "stop")
    assert states(answer)["application role"] == "fail"
    assert serve.returncode == 3
    assert "owns the database" in serve.stderr
