"""The shared directory as screens and other rooms read it."""

from collections.abc import Iterable

from clusterwerk.directory.identifiers import shown
from clusterwerk.directory.models import (
    IdentifierScheme,
    Organisation,
    OrganisationIdentifier,
    Place,
)


def organisations_known_as(
    scheme: IdentifierScheme, values: Iterable[str]
) -> dict[str, Organisation]:
    """Organisations that a register or document knows by these values, in their stored form."""
    rows = OrganisationIdentifier.objects.filter(scheme=scheme, value__in=list(values))
    return {row.value: row.organisation for row in rows.select_related("organisation")}


def organisation_known_as(scheme: IdentifierScheme, value: str) -> Organisation | None:
    """The one organisation with this value, in its stored form."""
    return organisations_known_as(scheme, [value]).get(value)


def places_by_nis_code() -> dict[str, Place]:
    return {place.nis_code: place for place in Place.objects.all()}


def enterprise_numbers(organisation: Organisation) -> list[str]:
    """Its numbers as people write them; asks the database unless they were fetched before."""
    return [
        shown(identifier.value)
        for identifier in organisation.identifiers.all()
        if identifier.scheme == IdentifierScheme.BE_ENTERPRISE
    ]
