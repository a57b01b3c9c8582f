"""Extracts of the register made to break the loader: nothing changes, and the reason is said."""

import zipfile
from pathlib import Path

import pytest

from clusterwerk.directory.actions.register import load_register
from clusterwerk.directory.models import RegisterEdition
from clusterwerk.directory.queries.register import register_entry
from clusterwerk.directory.register import layout
from clusterwerk.platform.errors import DomainError
from factories.english import english
from factories.register_extracts import (
    CommandSteps,
    enterprise,
    exact,
    name,
    own_folder,
    plain,
    seat,
)

__all__ = ["own_folder"]

__all__ = ["english"]
ROWS = {
    "enterprise": [enterprise(1), enterprise(2)],
    "denomination": [name(1, "Noord BV"), name(2, "Zuid BV")],
    "address": [seat(1), seat(2)],
}


def load(path: Path) -> RegisterEdition:
    return load_register(steps=CommandSteps(), path=path).edition


def rebuilt(path: Path, **parts: bytes) -> Path:
    """The same extract with other bytes in these parts."""
    changed = path.with_name("changed.zip")
    with (
        zipfile.ZipFile(path) as before,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for member in before.namelist():
            after.writestr(member, parts.get(member.removesuffix(".csv")) or before.read(member))
    return changed


def heading(part: str) -> bytes:
    return ",".join(layout.columns_of(f"{part}.csv")).encode() + b"\n"


def test_names_of_members_that_climb_out_write_nothing(db: None, tmp_path: Path) -> None:
    path = exact(tmp_path / "full.zip", ROWS)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../climbed.csv", "x")
        archive.writestr("/climbed.csv", "x")
    assert load(path).enterprise_count == 2
    assert list(tmp_path.parent.rglob("climbed.csv")) == []


def test_a_file_that_grows_without_end_is_refused(db: None, tmp_path: Path) -> None:
    path = exact(tmp_path / "full.zip", ROWS)
    bomb = rebuilt(path, activity=heading("activity") + b"0" * 100 * 1024**2)
    with pytest.raises(DomainError, match="would grow to"):
        load(bomb)
    assert not RegisterEdition.objects.exists()


@pytest.mark.parametrize(
    "odd",
    [
        b'"No\x00ord BV"',
        b'"Noord\nBV"',
        b'"Noord""',
        b'Noord" BV',
        b'"\xff\xfe"',
        "\u202eNoord\u2066".encode(),
        b'"' + b"x" * 200_000 + b'"',
    ],
)
def test_an_odd_name_stops_neither_the_load_nor_the_row_beside_it(
    db: None, tmp_path: Path, odd: bytes
) -> None:
    path = exact(tmp_path / "full.zip", ROWS)
    number = enterprise(1)[0].encode(), enterprise(2)[0].encode()
    lines = [number[0] + b",2,001," + odd, number[1] + b',2,001,"Zuid BV"']
    edition = load(rebuilt(path, denomination=heading("denomination") + b"\n".join(lines) + b"\n"))
    assert edition.enterprise_count == 2
    entry = register_entry(plain(2))
    assert entry is not None
    assert entry.name == "Zuid BV"


def test_a_number_that_is_written_with_other_digits_is_told(db: None, tmp_path: Path) -> None:
    path = exact(tmp_path / "full.zip", ROWS)
    meta = "Variable,Value\nSnapshotDate,01-11-2026\nExtractType,full\nExtractNumber,\u0661\n"
    with pytest.raises(DomainError, match="no number that can be read"):
        load(rebuilt(path, meta=meta.encode()))
