"""Loading a full edition: what becomes of rows, and what a broken file does."""

from pathlib import Path

from clusterwerk.directory.actions.register import load_register
from clusterwerk.directory.queries.register import (
    edition_in_use,
    enterprises,
)
from factories.register_extracts import CommandSteps, full


def test_a_full_extract_becomes_the_edition_in_use(db: None, tmp_path: Path) -> None:
    loaded = load_register(steps=CommandSteps(), path=full(tmp_path / "full.zip"))
    assert loaded.is_new
    assert loaded.edition == edition_in_use()
    assert (loaded.edition.enterprise_count, enterprises().count()) == (60, 60)
    assert (loaded.edition.number, loaded.edition.problem_count) == (10, 0)
    assert loaded.edition.is_synthetic
