"""The directory as screens and other rooms read it; a file for each group of nouns."""

from clusterwerk.directory.queries.organisations import (
    enterprise_numbers,
    organisation_known_as,
    organisations_known_as,
    places_by_nis_code,
)

__all__ = [
    "enterprise_numbers",
    "organisation_known_as",
    "organisations_known_as",
    "places_by_nis_code",
]
