"""Every change to the shared directory; its tables open for these functions only."""

from clusterwerk.directory.actions.organisations import (
    DOOR,
    NewOrganisation,
    add_identifier,
    organisation_of_source,
    register_organisation,
    register_organisations,
)

__all__ = [
    "DOOR",
    "NewOrganisation",
    "add_identifier",
    "organisation_of_source",
    "register_organisation",
    "register_organisations",
]
