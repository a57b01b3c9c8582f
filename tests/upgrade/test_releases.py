"""Every release, with the data it left behind, becomes this one and loses nothing."""

import json
import re
from pathlib import Path

import pytest

from clusterwerk.config.upgrading import written
from factories.facts import rows_of_tables, sums
from factories.releases import FOLDER, Old, facts_of, old_database, releases
from factories.upgrades import run

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("upgrade")]

ROOT = Path(__file__).resolve().parents[2]
# Tables whose rows follow the program, not the people: what exists, what was applied, what is kept
# for a while.
TECHNICAL = {"auth_permission", "django_content_type", "django_migrations", "platform_cache"}


def test_every_released_version_has_a_fixture() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    released = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", text, re.MULTILINE)
    assert "0.1.0" in released
    assert set(released) == set(releases()) == {path.stem for path in FOLDER.glob("*.json")}


@pytest.mark.parametrize("release", releases())
def test_a_fixture_is_small_and_is_what_its_facts_say(release: str, server_var: Path) -> None:
    assert (FOLDER / f"{release}.sql.xz").stat().st_size < 1_500_000
    facts = facts_of(release)
    with old_database(server_var, release) as old, old.connect() as connection:
        assert (rows_of_tables(connection), sums(connection)) == (facts["rows"], facts["sums"])


def test_no_row_is_lost_and_no_sum_changes(upgraded: Old) -> None:
    facts = facts_of(upgraded.release)
    with upgraded.connect() as connection:
        rows, found = rows_of_tables(connection), sums(connection)
    kept = {table: number for table, number in facts["rows"].items() if table not in TECHNICAL}
    assert {table: rows.get(table) for table in kept} == kept
    assert found == facts["sums"]
    assert rows["django_migrations"] >= facts["rows"]["django_migrations"]


def test_the_database_tells_which_release_wrote_it(upgraded: Old) -> None:
    with upgraded.connect() as connection:
        row = connection.execute(written.READ.encode()).fetchone()
    assert row
    assert written.release_in(row[0]) == written.program_version()


def test_nothing_is_left_to_migrate_and_rules_and_history_stand(
    upgraded: Old, tmp_path: Path
) -> None:
    _code, said = run(upgraded, tmp_path, "clusterwerk.config", "doctor", "--json")
    states = {one["name"]: one["state"] for one in json.loads(said)["findings"]}
    wanted = ("migrations", "access rules", "application role", "extensions")
    assert {name: states[name] for name in wanted} == dict.fromkeys(wanted, "ok"), said


def test_every_person_finds_their_pages_and_the_main_actions_work(
    present: Old, tmp_path: Path
) -> None:
    code, said = run(present, tmp_path, "walk", CLUSTERWERK_DEBUG="yes")
    assert code == 0, said
    found = json.loads(said.splitlines()[-1])
    with present.connect() as connection:
        rows = rows_of_tables(connection)
    people = {"manager", "staff", "programme", "account", "member", "evaluator", "steward"}
    assert set(found["pages"]) == people | {"nobody"}
    for person, pages in found["pages"].items():
        assert len(pages) >= 5, person
        refused = {address: status for address, status in pages.items() if status != 200}
        assert refused == {}, person
    assert found["actions"] == {"profile": 302, "name": True, "count": 200}
    before = facts_of(present.release)["rows"]
    assert rows["reporting_countedreading"] >= before["reporting_countedreading"]
    assert rows["django_session"] > before["django_session"]
