"""Every change to the shared directory; its tables open for these functions only."""

from clusterwerk.directory.actions.choosing import (
    organisation_chosen,
    organisation_from_register,
    organisations_from_register,
)
from clusterwerk.directory.actions.correcting import correct_organisation
from clusterwerk.directory.actions.organisations import (
    DOOR,
    NewOrganisation,
    add_identifier,
    organisation_of_source,
    register_organisation,
    register_organisations,
)
from clusterwerk.directory.actions.private import (
    move_private,
    publish_organisation,
    type_in_organisation,
)

__all__ = [
    "DOOR",
    "NewOrganisation",
    "add_identifier",
    "correct_organisation",
    "move_private",
    "organisation_chosen",
    "organisation_from_register",
    "organisation_of_source",
    "organisations_from_register",
    "publish_organisation",
    "register_organisation",
    "register_organisations",
    "type_in_organisation",
]
