"""Facts of the shared directory; a file for each group of nouns."""

from clusterwerk.directory.models.organisations import (
    IdentifierScheme,
    Organisation,
    OrganisationIdentifier,
    OrganisationKind,
    OrganisationQuery,
)
from clusterwerk.directory.models.places import Place, Postcode
from clusterwerk.directory.models.sectors import (
    Ecosystem,
    EcosystemSector,
    Nomenclature,
    OrganisationSector,
    Sector,
    SectorLevel,
    SectorLink,
)

__all__ = [
    "Ecosystem",
    "EcosystemSector",
    "IdentifierScheme",
    "Nomenclature",
    "Organisation",
    "OrganisationIdentifier",
    "OrganisationKind",
    "OrganisationQuery",
    "OrganisationSector",
    "Place",
    "Postcode",
    "Sector",
    "SectorLevel",
    "SectorLink",
]
