"""One way in for every number: checked by its register, or recognised when none is named."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from clusterwerk.directory.identifiers import belgian, vat
from clusterwerk.directory.identifiers.schemes import schemes_of, stored_form
from clusterwerk.directory.models import IdentifierScheme
from clusterwerk.platform.errors import DomainError


class Known(NamedTuple):
    """A number in its stored form, and the register it is of."""

    scheme: IdentifierScheme
    value: str


def checked(scheme: IdentifierScheme, value: str, *, is_demo: bool) -> str:
    """The value in the form in which it is stored; raises `DomainError` when it cannot be right."""
    stored = stored_form(scheme, value)
    if scheme == IdentifierScheme.VAT and stored.startswith("BE"):
        raise DomainError(_("A Belgian VAT number is an enterprise number; note it as that."))
    if scheme == IdentifierScheme.BE_ENTERPRISE:
        belgian.require_range(stored, is_demo=is_demo)
    return stored


def recognised(value: str, country: str = "BE") -> Known | None:
    """What register a typed number is of; None for what is no number of the country or the world.

    A number that names another country in front is one of that country. A Belgian VAT number is an
    enterprise number.
    """
    country = vat.country_of(value, country)
    if country == "BE":
        own = [IdentifierScheme.BE_ENTERPRISE, IdentifierScheme.BE_ESTABLISHMENT]
        world = [scheme for scheme in schemes_of("BE") if scheme not in own]
        order = [*own, *world]
    else:
        order = schemes_of(country)
    for scheme in order:
        found = _tried(scheme, value, country)
        if found is not None:
            return Known(scheme, found)
    return None


def _tried(scheme: IdentifierScheme, value: str, country: str) -> str | None:
    try:
        if scheme == IdentifierScheme.VAT:
            return vat.vat_number(value, country)
        return stored_form(scheme, value)
    except DomainError:
        return None
