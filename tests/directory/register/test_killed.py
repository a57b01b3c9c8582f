"""A process killed in the middle of a load, and readers meanwhile."""

from pathlib import Path

import pytest

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
