"""A loaded register is backed up with everything else, and read after a restore."""

from collections.abc import Callable
from pathlib import Path

from django.db import connection

from clusterwerk.directory.actions.register import load_register
from clusterwerk.platform.backup.encryption import Key
from clusterwerk.platform.backup.making import make
from clusterwerk.platform.backup.restoring import restore
from factories.backups import Stand
from factories.register_extracts import CommandSteps, full
from factories.releases import Old

IN_USE = "select number, slot, enterprise_count from directory_registeredition where is_in_use"


def test_a_loaded_register_comes_back_with_its_indexes(
    transactional_db: None, server_var: Path, empty: Callable[[], Stand], tmp_path: Path
) -> None:
    edition = load_register(steps=CommandSteps(), path=full(tmp_path / "full.zip", 40)).edition
    own = tmp_path / "own"
    own.mkdir()
    source = Stand(Old(server_var, str(connection.settings_dict["NAME"])), own)
    made = make(source.point(), tmp_path / "one.cwbackup")
    target = empty()
    restore(target.point(), made.file, Key(), known=set())
    rows = f"select number, names from directory_registeredenterprise{edition.slot} order by 1"
    indexes = "select indexname from pg_indexes where tablename like %s order by 1"
    with source.connect() as before, target.connect() as after:
        assert after.execute(IN_USE).fetchall() == [(10, edition.slot, 40)]
        assert len(after.execute(rows).fetchall()) == 40
        assert after.execute(rows).fetchall() == before.execute(rows).fetchall()
        named = ["directory_registeredenterprise_"]
        held = after.execute(indexes, named).fetchall()
        assert held == before.execute(indexes, named).fetchall()
