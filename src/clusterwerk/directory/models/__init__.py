"""Facts of the shared directory; a file for each group of nouns."""

from clusterwerk.directory.models.organisations import (
    IdentifierScheme,
    Organisation,
    OrganisationIdentifier,
    OrganisationKind,
    OrganisationQuery,
)
from clusterwerk.directory.models.places import Place

__all__ = [
    "IdentifierScheme",
    "Organisation",
    "OrganisationIdentifier",
    "OrganisationKind",
    "OrganisationQuery",
    "Place",
]
