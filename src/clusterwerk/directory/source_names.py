"""Kinds of organisations that documents only name (`data/source_names.csv`)."""

import csv
from functools import cache
from pathlib import Path

from clusterwerk.directory.models import OrganisationKind
from clusterwerk.platform.text import folded

SOURCE_NAMES = Path(__file__).parent / "data" / "source_names.csv"


@cache
def _kinds() -> dict[str, OrganisationKind]:
    with SOURCE_NAMES.open(encoding="utf-8", newline="") as file:
        return {folded(row["name"]): OrganisationKind(row["kind"]) for row in csv.DictReader(file)}


def kind_of(name: str) -> OrganisationKind | None:
    """Kind of the organisation with this name, without regard to case and accents."""
    return _kinds().get(folded(name))
