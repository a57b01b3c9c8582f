"""The directory as screens and other rooms read it; a file for each group of nouns."""

from clusterwerk.directory.queries.finding import Found, find_organisations, found_of
from clusterwerk.directory.queries.organisations import (
    enterprise_numbers,
    numbers_of,
    organisation_known_as,
    organisations_known_as,
    places_by_nis_code,
    shared_known_as,
)
from clusterwerk.directory.queries.places import (
    FoundPlace,
    PlaceBook,
    find_place,
    place_book,
    place_of,
)
from clusterwerk.directory.queries.sectors import (
    SectorName,
    codes_under,
    sector_names,
    sectors_of,
)

__all__ = [
    "Found",
    "FoundPlace",
    "PlaceBook",
    "SectorName",
    "codes_under",
    "enterprise_numbers",
    "find_organisations",
    "find_place",
    "found_of",
    "numbers_of",
    "organisation_known_as",
    "organisations_known_as",
    "place_book",
    "place_of",
    "places_by_nis_code",
    "sector_names",
    "sectors_of",
    "shared_known_as",
]
