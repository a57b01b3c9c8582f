"""What a row says of an organisation, and the organisation that it may mean."""

from dataclasses import dataclass, field

from clusterwerk.directory.models import IdentifierScheme
from clusterwerk.directory.queries.register import RegisterEntry
from clusterwerk.measure.duplicates.scoring import Known


@dataclass(frozen=True, slots=True)
class Claim:
    """What a row says of its organisation."""

    name: str
    number: str = ""
    postcode: str = ""
    municipality: str = ""
    website: str = ""
    email: str = ""
    street: str = ""
    country: str = "BE"
    kind: str = ""  # of the organisation; enterprise when the row says none


@dataclass(slots=True)
class Firm:
    """An organisation that exists (`pk`), stands in the register, or will be made (`row`)."""

    ref: str
    name: str
    number: str = ""
    postcode: str = ""
    municipality: str = ""
    pk: int | None = None
    entry: RegisterEntry | None = None
    claim: Claim | None = None
    row: int = 0
    other_names: tuple[str, ...] = field(default=())
    merged: tuple[str, ...] = field(default=())  # references of those that became this one


def as_known(claim: Claim, key: int = -1) -> Known:
    return Known(
        key,
        claim.name,
        numbers=_numbers(claim.number),
        website=claim.website,
        mail=(claim.email,) if claim.email else (),
        postcode=claim.postcode,
        place=claim.municipality,
        street=claim.street,
        country=claim.country,
    )


def firm_as_known(firm: Firm, key: int) -> Known:
    if firm.claim is not None:
        return as_known(firm.claim, key)
    return Known(
        key,
        firm.name,
        other_names=firm.other_names,
        numbers=_numbers(firm.number),
        postcode=firm.postcode,
        place=firm.municipality,
    )


def _numbers(number: str) -> frozenset[tuple[str, str]]:
    return frozenset({(IdentifierScheme.BE_ENTERPRISE.value, number)}) if number else frozenset()
