"""A process killed in the middle of a load, and readers meanwhile."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection

from clusterwerk.directory.actions import register
from clusterwerk.directory.actions.register import load_register
from clusterwerk.directory.models import RegisterLoad
from clusterwerk.directory.queries.register import edition_in_use, enterprises, search_register
from clusterwerk.directory.register import archive, pieces
from clusterwerk.platform.access.session import acting
from factories.register_extracts import CommandSteps, full
from factories.supervised import wait_until
from factories.trial_loader import BLOCK, BUCKET, begun, furthest
from factories.world import STEWARD

READING, COPYING = 100, 600


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "BUCKET", BUCKET)
    monkeypatch.setattr(archive, "BLOCK", BLOCK)


def killed_at(point: int, path: Path, notes: Path) -> None:
    process = begun(path, notes)
    try:
        assert wait_until(lambda: furthest(notes) >= point, 60)
    finally:
        process.kill()
        process.join()
    notes.unlink()


def test_a_killed_load_changes_nothing_and_the_next_goes_on(
    transactional_db: None, small_pieces: None, tmp_path: Path
) -> None:
    load_register(steps=CommandSteps(), path=full(tmp_path / "old.zip", 60))
    path, notes = full(tmp_path / "new.zip", 600, number=11), tmp_path / "notes"
    killed_at(READING, path, notes)
    with acting(STEWARD):
        assert (edition_in_use().number, enterprises().count()) == (10, 60)  # type: ignore[union-attr] # loaded above
    killed_at(COPYING, path, notes)
    with acting(STEWARD):
        assert (edition_in_use().number, enterprises().count()) == (10, 60)  # type: ignore[union-attr] # loaded above
        assert RegisterLoad.objects.get().buckets > 0
    steps = CommandSteps()
    loaded = load_register(steps=steps, path=path)
    with acting(STEWARD):
        assert (edition_in_use(), enterprises().count()) == (loaded.edition, 600)
        assert RegisterLoad.objects.count() == 0
    assert not (Path(pieces.folder_of(archive.read_extract(path)))).exists()


def test_a_reader_sees_the_old_edition_until_the_new_is_whole(
    transactional_db: None, small_pieces: None, tmp_path: Path
) -> None:
    load_register(steps=CommandSteps(), path=full(tmp_path / "old.zip", 60))
    seen: list[tuple[int, int, int]] = []

    class Watched(CommandSteps):
        def tell(self, done: int, note: str) -> None:
            super().tell(done, note)
            with acting(STEWARD):
                edition = edition_in_use()
                assert edition is not None
                count = len(search_register("b", limit=1000)) > 0
                seen.append((done, edition.number, enterprises().count() * count))

    load_register(steps=Watched(), path=full(tmp_path / "new.zip", 300, number=11))
    assert {(number, count) for done, number, count in seen if done < 1000} == {(10, 60)}
    assert seen[-1] == (1000, 11, 300)
    assert len(seen) > 10


def indexes(slot: int) -> set[str]:
    table = f"directory_registeredenterprise{slot}"
    with connection.cursor() as cursor:
        cursor.execute("select indexname from pg_indexes where tablename = %s", [table])
        return {name.removeprefix(f"{table}_") for (name,) in cursor.fetchall()}


ALL = {"pkey", "name", "postcode", "words", "nace"}


def test_two_connections_build_every_index_of_an_edition(
    transactional_db: None, tmp_path: Path
) -> None:
    for number, slot in ((10, 1), (11, 2)):
        path = full(tmp_path / f"{number}.zip", 60, number=number)
        edition = load_register(steps=CommandSteps(), path=path).edition
        assert (edition.slot, indexes(slot)) == (slot, ALL)


def test_an_index_that_fails_beside_the_others_leaves_the_old_edition_and_is_built_next_time(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_register(steps=CommandSteps(), path=full(tmp_path / "old.zip", 60))
    path, whole = full(tmp_path / "new.zip", 90, number=11), register._call

    def full_disk(function: str, slot: int, *part: str) -> None:
        if part == ("gathered",):
            raise DatabaseError("No space left on device")
        whole(function, slot, *part)

    with monkeypatch.context() as broken:
        broken.setattr(register, "_call", full_disk)
        with pytest.raises(DatabaseError, match="No space left"):
            load_register(steps=CommandSteps(), path=path)
    with acting(STEWARD):
        assert (edition_in_use().number, enterprises().count()) == (10, 60)  # type: ignore[union-attr] # loaded above
        assert not RegisterLoad.objects.get().is_indexed
    edition = load_register(steps=CommandSteps(), path=path).edition
    with acting(STEWARD):
        assert (edition_in_use(), enterprises().count()) == (edition, 90)
    assert indexes(edition.slot) == ALL
