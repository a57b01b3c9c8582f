"""Names under which documents know organisations."""

import csv
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from clusterwerk.directory.models import OrganisationKind
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.text import folded

SOURCE_NAMES = Path(__file__).parents[1] / "data" / "source_names.csv"


def kind_of_source_name(name: str) -> OrganisationKind | None:
    """Kind of an organisation that documents only name, when `data/source_names.csv` lists it."""
    return _listed_kinds().get(folded(name))


@cache
def _listed_kinds() -> dict[str, OrganisationKind]:
    with SOURCE_NAMES.open(encoding="utf-8", newline="") as file:
        return {folded(row["name"]): OrganisationKind(row["kind"]) for row in csv.DictReader(file)}


def printed_name(value: str) -> str:
    """With single blanks; raises `DomainError` when nothing is left."""
    name = " ".join(value.split())
    if not name:
        raise DomainError(_("The name in the source is empty."))
    return name
