"""What moves in this room when organisations are merged."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from clusterwerk.directory.duplicates.registry import Clash, Moves
from clusterwerk.directory.models import (
    Organisation,
    OrganisationIdentifier,
    OrganisationSector,
    OrganisationWords,
    RegisterChange,
)


def _one_main(row: OrganisationSector, kept: "QuerySet[OrganisationSector]") -> Mapping[str, Any]:
    """The main activity is that of the organisation that stays, where it has one."""
    has_main = kept.filter(nomenclature=row.nomenclature, is_main=True).exists()
    return {"is_main": False} if row.is_main and has_main else {}


DIRECTORY_MOVES = (
    Moves(Organisation, "merged_into"),
    # A number stands once in the directory and once in a cluster, so it cannot clash.
    Moves(OrganisationIdentifier, "organisation"),
    Moves(
        OrganisationSector,
        "organisation",
        Clash(fields=("nomenclature", "code"), yielding=_one_main),
    ),
    Moves(RegisterChange, "organisation"),
    Moves(OrganisationWords, "organisation", stays="The database writes it from the name."),
)
