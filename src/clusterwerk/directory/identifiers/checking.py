"""One way in for every number: checked by its register, or recognised when none is named."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from clusterwerk.directory.identifiers import belgian, vat
from clusterwerk.directory.identifiers.schemes import schemes_of, stored_form
from clusterwerk.directory.models import IdentifierScheme
from clusterwerk.platform.errors import DomainError

FEWEST_DIGITS = 5  # fewer may be a name, such as 3M or 247
MOST_LETTERS = 3  # besides the country's: a Dutch, Irish, Spanish or French VAT number has some
BELGIAN_DIGITS = 10
ONLY_DIGITS = re.compile(r"[0-9\s.\-/]+", re.ASCII)
WITH_LETTERS = re.compile(r"[0-9A-Z\s.\-/]+", re.ASCII | re.IGNORECASE)


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


def why_no_number(text: str, *, is_being_typed: bool = False) -> str:
    """What keeps a searched text that is written like a number from being one; empty for a name.

    Digits alone are read as an enterprise number, those with a country in front as its VAT number.
    While somebody types, one that is still too short says nothing.
    """
    country = _country_of_number(text)
    if not country or recognised(text, country):
        return ""
    letters_and_digits = sum(letter.isalnum() for letter in text)
    if is_being_typed and letters_and_digits < _full_length(text, country):
        return ""
    return what_is_wrong(text, country)


def country_of_number(text: str) -> str:
    """Country of a text that is a number or is written like one; empty for a name."""
    return _country_of_number(text) or (vat.country_of(text, "BE") if recognised(text) else "")


def _country_of_number(text: str) -> str:
    """Country whose number the text looks like; empty where it looks like a name."""
    if sum(letter.isdigit() for letter in text) < FEWEST_DIGITS:
        return ""
    if ONLY_DIGITS.fullmatch(text):
        return "BE"
    country = vat.country_of(text)
    bare = vat.without_country(text)
    letters = sum(letter.isalpha() for letter in bare)
    is_number = WITH_LETTERS.fullmatch(bare) and letters <= MOST_LETTERS
    return country if is_number and vat.has_rule(country) else ""


def _full_length(text: str, country: str) -> int:
    """Letters and digits of the shortest number of the country, with those of it in front."""
    in_front = sum(map(str.isalnum, text)) - sum(map(str.isalnum, vat.without_country(text)))
    return in_front + (BELGIAN_DIGITS if country == "BE" else vat.shortest(country))
