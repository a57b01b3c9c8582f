"""Activity codes, their crosswalk and the ecosystems, from files and from the register's codes."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from clusterwerk.directory import access
from clusterwerk.directory.models import (
    Ecosystem,
    EcosystemSector,
    Nomenclature,
    Sector,
    SectorLevel,
    SectorLink,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import unlocked

FOLDER = Path(__file__).parent / "data" / "sectors"
SOURCE = "Eurostat; Statbel"
REGISTER_SOURCE = "enterprise register"
# Categories of the register's list of codes.
CATEGORIES = {
    "Nace2003": Nomenclature.NACE_2003,
    "Nace2008": Nomenclature.NACE_2008,
    "Nace2025": Nomenclature.NACE_2025,
}
CODE = re.compile(r"[A-V]|\d{2,7}")
LABELS = ["label_en", "label_nl"]
Key = tuple[str, str]
Row = Mapping[str, str]


@transaction.atomic
def load_sectors(*, seats: Seats) -> int:
    """Add and correct codes, crosswalk and ecosystems of the files; returns how many codes changed.

    A code that the files leave out stays, because an organisation may carry it.
    """
    access.may_load_places(seats).require()
    with unlocked(seats, "directory"):
        changed = _keep(_rows_of_file())
        _load_links()
        _load_ecosystems()
    return changed


@transaction.atomic
def load_sectors_from_codes(rows: Iterable[Row], *, seats: Seats) -> int:
    """Add codes and missing Dutch labels out of the register's list; returns how many changed.

    A row has `Category`, `Code`, `Language` and `Description`, as the register writes them; other
    categories and languages than Dutch are passed over. Labels of the files stand, because those
    of the register are shortened. The caller may already hold the door of the directory.
    """
    access.may_load_places(seats).require()
    kept = {(sector.nomenclature, sector.code): sector for sector in Sector.objects.all()}
    wanted: dict[Key, Sector] = {}
    for row in rows:
        nomenclature = CATEGORIES.get(row["Category"])
        code = row["Code"].replace(".", "").strip()
        if nomenclature is None or row["Language"] != "NL" or not CODE.fullmatch(code):
            continue
        own = kept.get((nomenclature, code))
        if own is None or not own.label_nl:
            wanted[nomenclature, code] = Sector(
                nomenclature=nomenclature,
                code=code,
                level=level_of(code),
                label_nl=row["Description"].strip(),
                label_en=own.label_en if own else "",
                source=REGISTER_SOURCE,
            )
    with unlocked(seats, "directory"):
        return _keep(wanted.values())


def level_of(code: str) -> SectorLevel:
    """By the number of digits; a letter is a section, and what is longer than five a subclass."""
    if code.isalpha():
        return SectorLevel.SECTION
    return SectorLevel(min(len(code), SectorLevel.SUBCLASS))


def _rows_of_file() -> Iterator[Sector]:
    for row in _csv("sectors.csv"):
        sector = Sector(
            nomenclature=row["nomenclature"],
            code=row["code"],
            level=level_of(row["code"]),
            label_en=row["label_en"],
            label_nl=row["label_nl"],
            source=SOURCE,
        )
        sector.section = row["parent"]  # type: ignore[attr-defined] # read by _parent_code
        yield sector


def _keep(rows: Iterable[Sector]) -> int:
    """Write what differs, parents before children; the caller holds the door."""
    kept = {(sector.nomenclature, sector.code): sector for sector in Sector.objects.all()}
    wanted = sorted(rows, key=lambda row: (row.level, row.nomenclature, row.code))
    number = 0
    for level in SectorLevel:
        new, corrected = [], []
        for row in (row for row in wanted if row.level == level):
            own = kept.get((row.nomenclature, row.code))
            if own is None:
                row.parent = kept.get((row.nomenclature, _parent_code(row)))
                new.append(row)
            elif any(getattr(own, name) != getattr(row, name) for name in [*LABELS, "source"]):
                row.pk, row.parent_id = own.pk, own.parent_id
                corrected.append(row)
        Sector.objects.bulk_create(new)
        Sector.objects.bulk_update(corrected, [*LABELS, "source"])
        kept |= {(row.nomenclature, row.code): row for row in new}
        number += len(new) + len(corrected)
    return number


def _parent_code(row: Sector) -> str:
    """The code above; the section of a division is told by the file alone."""
    if row.level == SectorLevel.DIVISION:
        return str(getattr(row, "section", ""))
    return row.code[: min(len(row.code) - 1, SectorLevel.CLASS)]


def _load_links() -> None:
    sectors = {(sector.nomenclature, sector.code): sector.pk for sector in Sector.objects.all()}
    wanted = {
        (sectors[row["older"], row["older_code"]], sectors[row["newer"], row["newer_code"]]): row
        for row in _csv("crosswalk.csv")
    }
    SectorLink.objects.all().delete()
    SectorLink.objects.bulk_create(
        SectorLink(
            older_id=older,
            newer_id=newer,
            is_partial=row["is_partial"] == "true",
            source="Eurostat",
        )
        for (older, newer), row in wanted.items()
    )


def _load_ecosystems() -> None:
    Ecosystem.objects.all().delete()
    names = [(number, row) for number, row in enumerate(_csv("ecosystems.csv"), 1)]
    made = Ecosystem.objects.bulk_create(
        Ecosystem(key=row["key"], name=row["name"], name_nl=row["name_nl"], position=number)
        for number, row in names
    )
    by_key = {ecosystem.key: ecosystem for ecosystem in made}
    EcosystemSector.objects.bulk_create(
        EcosystemSector(
            ecosystem=by_key[row["ecosystem"]],
            nomenclature=row["nomenclature"],
            code=row["code"],
            weight=Decimal(row["weight"]) if row["weight"] else None,
            is_confirmed=row["is_confirmed"] == "true",
            source=row["source"],
        )
        for row in _csv("ecosystem_sectors.csv")
    )


def _csv(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
