"""Facts of the shared directory; a file for each group of nouns."""

from clusterwerk.directory.models.merging import (
    DistinctPair,
    DuplicateCandidate,
    Merge,
    MergeStep,
    MergeStepKind,
)
from clusterwerk.directory.models.organisations import (
    IdentifierScheme,
    Organisation,
    OrganisationIdentifier,
    OrganisationKind,
    OrganisationQuery,
    OrganisationWords,
)
from clusterwerk.directory.models.places import Place, Postcode
from clusterwerk.directory.models.register import (
    EditionKind,
    EnterpriseKind,
    RegisterChange,
    RegisterChangeKind,
    RegisterCode,
    RegisteredEnterprise,
    RegisteredEnterprise1,
    RegisteredEnterprise2,
    RegisterEdition,
    RegisterLoad,
)
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
    "DistinctPair",
    "DuplicateCandidate",
    "Ecosystem",
    "EcosystemSector",
    "EditionKind",
    "EnterpriseKind",
    "IdentifierScheme",
    "Merge",
    "MergeStep",
    "MergeStepKind",
    "Nomenclature",
    "Organisation",
    "OrganisationIdentifier",
    "OrganisationKind",
    "OrganisationQuery",
    "OrganisationSector",
    "OrganisationWords",
    "Place",
    "Postcode",
    "RegisterChange",
    "RegisterChangeKind",
    "RegisterCode",
    "RegisterEdition",
    "RegisterLoad",
    "RegisteredEnterprise",
    "RegisteredEnterprise1",
    "RegisteredEnterprise2",
    "Sector",
    "SectorLevel",
    "SectorLink",
]
