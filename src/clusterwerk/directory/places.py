"""The municipalities and postcodes of Belgium, from the files that come with the product."""

import csv
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from clusterwerk.directory import access
from clusterwerk.directory.models import Place, Postcode
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import unlocked

FOLDER = Path(__file__).parent / "data" / "places"
MUNICIPALITIES = FOLDER / "municipalities.csv"
POSTCODES = FOLDER / "postcodes.csv"
FACTS = ["name", "name_fr", "province", "region", "latitude", "longitude"]
DEGREES = {"latitude", "longitude"}


@transaction.atomic
def load_places(*, seats: Seats) -> int:
    """Add and correct municipalities and their postcodes; returns how many municipalities changed.

    A municipality that merged into another stays, because organisations of earlier years stand in
    it; a postcode leads to the municipality of today alone.
    """
    access.may_load_places(seats).require()
    kept = {place.nis_code: place for place in Place.objects.all()}
    listed = read_municipalities()
    new = [place for place in listed if place.nis_code not in kept]
    corrected = [
        place for place in listed if place.nis_code in kept and _differ(place, kept[place.nis_code])
    ]
    for place in corrected:
        place.pk = kept[place.nis_code].pk
    with unlocked(seats, "directory"):
        Place.objects.bulk_create(new)
        Place.objects.bulk_update(corrected, FACTS)
        _load_postcodes()
    return len(new) + len(corrected)


def read_municipalities(path: Path = MUNICIPALITIES) -> list[Place]:
    """Rows of the file, not saved; an empty degree is unknown."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Place(**{name: _value(name, text) for name, text in row.items()})
            for row in csv.DictReader(file)
        ]


def read_postcodes(path: Path = POSTCODES) -> set[tuple[str, str]]:
    """Pairs of postcode and NIS code."""
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["code"], row["nis_code"]) for row in csv.DictReader(file)}


def _load_postcodes() -> None:
    wanted = read_postcodes()
    kept = {(row.code, row.place.nis_code): row for row in Postcode.objects.select_related("place")}
    gone = [row.pk for pair, row in kept.items() if pair not in wanted]
    places = {place.nis_code: place for place in Place.objects.all()}
    new = [Postcode(code=code, place=places[nis]) for code, nis in sorted(wanted - kept.keys())]
    Postcode.objects.filter(pk__in=gone).delete()
    Postcode.objects.bulk_create(new)


def _value(name: str, text: str) -> str | Decimal | None:
    if name not in DEGREES:
        return text
    return Decimal(text) if text else None


def _differ(one: Place, other: Place) -> bool:
    return any(getattr(one, fact) != getattr(other, fact) for fact in FACTS)
