"""Small extracts of the register that tests load, and the steps in which they do."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from clusterwerk.directory.identifiers import DEMO_FIRST
from clusterwerk.directory.register import layout
from clusterwerk.directory.register.synthetic import (
    Invented,
    shown_number,
    write_full,
    write_update,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import acting
from factories.world import STEWARD

DAY = date(2026, 11, 1)
Rows = Mapping[str, Sequence[Sequence[str]]]


class CommandSteps:
    """Steps of a steward; `stop_at` ends the process of the mind when so much was told."""

    def __init__(self, seats: Seats = STEWARD, stop_at: int | None = None) -> None:
        self.seats = seats
        self.stop_at = stop_at
        self.told: list[int] = []

    @contextmanager
    def step(self) -> Iterator[Seats]:
        with acting(self.seats, reason="test") as seats:
            yield seats

    def tell(self, done: int, note: str) -> None:
        assert note
        self.told.append(done)
        if self.stop_at is not None and done >= self.stop_at:
            raise KeyboardInterrupt


def full(
    path: Path,
    enterprises: int = 60,
    number: int = 10,
    broken: Mapping[str, Sequence[str | bytes]] | None = None,
    *,
    shuffled: bool = False,
) -> Path:
    what = Invented(enterprises, number=number, snapshot_on=DAY, activities=6, shuffled=shuffled)
    write_full(path, what, broken)
    return path


def dotted(index: int) -> str:
    """Number of the demo range, as the register writes it."""
    return shown_number(DEMO_FIRST + index)


def plain(index: int) -> str:
    return dotted(index).replace(".", "")


def establishment(index: int) -> str:
    eight = 20_000_000 + index
    text = f"{eight}{97 - eight % 97:02}"
    return f"{text[0]}.{text[1:4]}.{text[4:7]}.{text[7:]}"


def enterprise(index: int, form: str = "610", start: str = "01-02-2003") -> tuple[str, ...]:
    return (dotted(index), "AC", "000", "2" if form else "1", form, "", start)


def name(index: int, text: str, language: str = "2", kind: str = "001") -> tuple[str, ...]:
    return (dotted(index), language, kind, text)


def seat(index: int, postcode: str = "9000", street: str = "Kerkstraat") -> tuple[str, ...]:
    place = {"9000": ("Gent", "Gand"), "2000": ("Antwerpen", "Anvers")}[postcode]
    empty = ("", "")
    streets = (street, "Rue de l'Église")
    return (dotted(index), "REGO", *empty, postcode, *place, *streets, "7", "2", *empty)


def activity(index: int, code: str, version: str = "2025", rank: str = "MAIN") -> tuple[str, ...]:
    return (dotted(index), "001", version, code, rank)


def exact(path: Path, rows: Rows, number: int = 10) -> Path:
    """A full extract with these rows and no others, by part."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        meta = [("Variable", "Value"), ("SnapshotDate", "01-11-2026"), ("ExtractType", "full"),
                ("ExtractNumber", str(number)), ("Synthetic", "yes")]  # fmt: skip
        archive.writestr("meta.csv", _written(meta))
        labels = [
            ("JuridicalForm", "610", "NL", "Besloten vennootschap"),
            ("JuridicalForm", "610", "FR", "Société à responsabilité limitée"),
            ("JuridicalForm", "014", "NL", "Naamloze vennootschap"),
        ]
        for part in (*layout.PARTS, "code"):
            held = [*(labels if part == "code" else ()), *rows.get(part, ())]
            columns = layout.columns_of(f"{part}.csv")
            archive.writestr(f"{part}.csv", _written([columns, *held]))
    return path


def update(path: Path, number: int, rows: Rows) -> Path:
    write_update(path, number, date(2026, 11, 2), rows)
    return path


def _written(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """Pieces of a load stand apart from those of other processes that run tests."""
    settings.VAR = tmp_path
