"""One way in for every number: checked by its register, or recognised when none is named."""

from collections.abc import Iterable, Iterator
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


def checked_number(value: str) -> str:
    """A Belgian enterprise number, real or of the demo."""
    return belgian.enterprise_number(value)


def recognised(value: str, country: str = "BE") -> Known | None:
    """What register a typed number is of; None for what is no number of the country or the world.

    A number that names another country in front is one of that country. A Belgian VAT number is an
    enterprise number.
    """
    country = vat.country_of(value, country)
    return next(_known(value, country, schemes_of(country)), None)


def all_recognised(value: str) -> list[Known]:
    """Every register that a typed number could be of; none for what has no digit."""
    if not any(letter.isdigit() for letter in value):
        return []
    country = vat.country_of(value, "BE")
    order = [scheme for scheme in IdentifierScheme if scheme != IdentifierScheme.SOURCE_NAME]
    return list(_known(value, country, order))


def _known(value: str, country: str, order: Iterable[IdentifierScheme]) -> Iterator[Known]:
    for scheme in order:
        found = _tried(scheme, value, country)
        if found is not None:
            yield Known(scheme, found)


def _tried(scheme: IdentifierScheme, value: str, country: str) -> str | None:
    try:
        if scheme == IdentifierScheme.VAT:
            return vat.vat_number(value, country)
        return stored_form(scheme, value)
    except DomainError:
        return None


def what_is_wrong(value: str, country: str) -> str:
    """Why a number is none that an organisation of the country can have, in words."""
    country = vat.country_of(value, country)
    try:
        if country == "BE":
            belgian.enterprise_number(value)
        else:
            vat.vat_number(value, country)
    except DomainError as error:
        return str(error)
    return ""
