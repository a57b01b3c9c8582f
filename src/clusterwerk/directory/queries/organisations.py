"""The shared directory as screens and other rooms read it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from clusterwerk.directory.identifiers import shown
from clusterwerk.directory.models import (
    IdentifierScheme,
    Organisation,
    OrganisationIdentifier,
    Place,
)
from clusterwerk.platform.prepared import prepared


def shared_known_as(scheme: IdentifierScheme, values: Iterable[str]) -> dict[str, Organisation]:
    """Shared organisations that a register or document knows by these values, as stored."""
    return _by_value(OrganisationIdentifier.objects.filter(cluster_id=None), scheme, values)


def organisations_known_as(
    scheme: IdentifierScheme, values: Iterable[str]
) -> dict[str, Organisation]:
    """Organisations that one may see, by their value in its stored form.

    Where a cluster of one's own typed in what is shared now, the shared one is meant.
    """
    values = list(values)
    private = OrganisationIdentifier.objects.filter(cluster_id__isnull=False)
    return {**_by_value(private, scheme, values), **shared_known_as(scheme, values)}


def _by_value(
    rows: QuerySet[OrganisationIdentifier], scheme: IdentifierScheme, values: Iterable[str]
) -> dict[str, Organisation]:
    """Two indexes hold them, of shared and of private ones, so each is asked by itself."""
    found = rows.filter(scheme=scheme, value__in=list(values)).select_related("organisation")
    return {row.value: row.organisation for row in found}


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


def numbers_of(organisation: int) -> list[str]:
    """The same of an organisation by its key."""
    return [shown(value) for (value,) in _enterprise_numbers(organisation)]


@prepared
def _enterprise_numbers(organisation: int) -> QuerySet[OrganisationIdentifier, tuple[str]]:
    rows = OrganisationIdentifier.objects.filter(organisation_id=organisation)
    return rows.filter(scheme=IdentifierScheme.BE_ENTERPRISE).values_list("value")
