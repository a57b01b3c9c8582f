"""The municipalities of Belgium, from the file that comes with the product."""

import csv
from pathlib import Path

from django.db import transaction

from clusterwerk.directory import access
from clusterwerk.directory.models import Place
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import unlocked

MUNICIPALITIES = Path(__file__).parent / "data" / "places" / "municipalities.csv"
FACTS = ["name", "province", "region"]


@transaction.atomic
def load_places(*, seats: Seats) -> int:
    """Add and correct municipalities; returns how many changed.

    One that merged into another stays, because organisations of earlier years stand in it.
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
    return len(new) + len(corrected)


def read_municipalities(path: Path = MUNICIPALITIES) -> list[Place]:
    """Rows of the file, not saved."""
    with path.open(encoding="utf-8", newline="") as file:
        return [Place(**row) for row in csv.DictReader(file)]


def _differ(one: Place, other: Place) -> bool:
    return any(getattr(one, fact) != getattr(other, fact) for fact in FACTS)
