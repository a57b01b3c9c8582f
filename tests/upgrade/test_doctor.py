"""The doctor on an upgraded database that somebody has been at."""

import json
from pathlib import Path

import pytest

from clusterwerk.config.upgrading import written
from factories.releases import Old
from factories.upgrades import run

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("upgrade")]

NEW_JOB = "insert into procrastinate_jobs (queue_name, task_name) values ('default', 'lost')"
BENT = [
    "alter table members_membership disable trigger user",
    "grant delete on django_migrations to clusterwerk_app",
    NEW_JOB,
    "update procrastinate_jobs set status = 'doing' where task_name = 'lost'",
    "update procrastinate_jobs set status = 'failed' where task_name = 'lost'",
]
TAKEN = [
    "revoke all on platform_user from clusterwerk_app",
    "revoke all on procrastinate_workers from clusterwerk_app",
    "revoke all on procrastinate_events from clusterwerk_app",
    "revoke all on function access.history_state() from clusterwerk_app, public",
]
PUBLIC = {
    "CLUSTERWERK_HOSTS": "clusters.voorbeeld.be",
    "CLUSTERWERK_SECRET_KEY": "Zeer9 Geheim" * 4,
}


def doctor(old: Old, var: Path, **more: str) -> tuple[int, dict[str, dict[str, str]], str]:
    """Exit code, findings by name, and all that was said."""
    code, said = run(old, var, "clusterwerk.config", "doctor", "--json", **more)
    return code, {one["name"]: one for one in json.loads(said)["findings"]}, said


def test_each_thing_that_was_bent_is_named_with_its_mending(present: Old, tmp_path: Path) -> None:
    code, found, _said = doctor(present, tmp_path)
    wrong = {name for name, one in found.items() if one["state"] == "fail"}
    assert (code, wrong) == (0, set())
    with present.connect() as connection:
        for statement in BENT:
            connection.execute(statement.encode())
    code, found, said = doctor(present, tmp_path, **PUBLIC)
    wrong = {name for name, one in found.items() if one["state"] == "fail"}
    assert code == 1
    assert wrong == {"access rules", "history", "demo", "demo people", "tls"}
    assert found["jobs"]["state"] == "warn"
    assert "members_membership" in found["history"]["message"]
    assert all(one["why"] for one in found.values())
    assert all(one["mend"] for one in found.values() if one["state"] in {"warn", "fail"})
    assert PUBLIC["CLUSTERWERK_SECRET_KEY"] not in said


def test_rights_that_were_taken_away_are_findings_and_hide_no_others(
    present: Old, tmp_path: Path
) -> None:
    with present.connect() as connection:
        for statement in TAKEN:
            connection.execute(statement.encode())
    code, found, _said = doctor(present, tmp_path)
    refused = {
        name for name, one in found.items() if one["message"].startswith("The database refuses:")
    }
    assert (code, refused) == (1, {"worker", "jobs", "seals", "demo people"})
    assert "permission denied for table platform_user" in found["demo people"]["message"]
    assert (found["access rules"]["state"], found["release"]["state"]) == ("fail", "ok")
    assert found["back-up"]["mend"]


@pytest.mark.parametrize(
    "url", ["postgresql://an:sec/ret@db/name", "postgresql://db/name?sesame=1"]
)
def test_an_address_that_cannot_be_used_is_a_finding(
    server_var: Path, tmp_path: Path, url: str
) -> None:
    code, found, said = doctor(Old(server_var, "nowhere"), tmp_path, DATABASE_URL=url)
    assert (code, found["database"]["state"]) == (1, "fail")
    assert "sec" not in said.replace("secret key", "").replace("seconds", "")


def test_a_newer_database_is_named_with_the_release_to_install(
    present: Old, tmp_path: Path
) -> None:
    with present.connect() as connection:
        connection.execute(
            "insert into django_migrations (app, name, applied)"
            " values ('members', '9999_future', now())"
        )
        connection.execute(written.statement("7.8.9").encode())
    code, found, _said = doctor(present, tmp_path)
    assert (code, found["release"]["state"]) == (1, "fail")
    assert "Install release 7.8.9" in found["release"]["mend"]
    assert "access rules" not in found, "this program does not know what they should be"


def test_an_earlier_database_is_told_to_upgrade(present: Old, tmp_path: Path) -> None:
    code, found, _said = doctor(present, tmp_path, DJANGO_SETTINGS_MODULE="later_site")
    assert (code, found["migrations"]["state"]) == (1, "fail")
    assert "`clusterwerk upgrade`" in found["migrations"]["mend"]


def test_a_server_that_is_away_and_a_setting_that_is_wrong_hide_nothing_else(
    server_var: Path, tmp_path: Path
) -> None:
    away = Old(server_var, "nowhere")
    code, found, _said = doctor(away, tmp_path, CLUSTERWERK_TLS="perhaps")
    assert code == 1
    assert found["database"]["state"] == "fail"
    assert "CLUSTERWERK_TLS is 'perhaps'" in found["settings"]["message"]
    assert found["hosts"]["state"] == "ok"
