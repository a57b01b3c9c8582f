"""E-mail addresses and telephone numbers of people, written one way however they were typed."""

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from clusterwerk.platform.errors import DomainError

LONGEST_EMAIL = 254
SHORTEST_IN_PAIRS = 6


def written_email(typed: str) -> str:
    """In lower case and without what stands around it; empty stays empty.

    Two addresses that differ in case alone reach the same person everywhere we know of. Raises
    `DomainError` for what is no address.
    """
    email = typed.strip().strip("<>").removeprefix("mailto:").strip().lower()
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError as error:
        raise DomainError(_no_email(typed)) from error
    if len(email) > LONGEST_EMAIL:
        raise DomainError(_no_email(typed))
    return email


def _no_email(typed: str) -> str:
    message = _("“%(typed)s” is no e-mail address; it looks like name@organisation.be.")
    return message % {"typed": typed.strip()[:80]}


def written_telephone(typed: str, country: str = "BE") -> str:
    """In E.164 (`+3292223344`); a number without a country is one of `country`; empty stays empty.

    Raises `DomainError` for what is no number that can be called.
    """
    text = typed.strip()
    if not text:
        return ""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise DomainError(_no_telephone(text)) from error
    if not phonenumbers.is_possible_number(number):
        raise DomainError(_no_telephone(text))
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _no_telephone(typed: str) -> str:
    message = _(
        "“%(typed)s” is no telephone number; write it as 09 222 33 44, or with its country as "
        "+32 9 222 33 44."
    )
    return message % {"typed": typed[:40]}


def shown_telephone(number: str, country: str = "BE") -> str:
    """As people of the country write it: 09 222 33 44 there, +32 9 222 33 44 elsewhere."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_valid_number(parsed):
        return _in_pairs(number, parsed)
    at_home = phonenumbers.region_code_for_country_code(parsed.country_code or 0) == country
    formats = phonenumbers.PhoneNumberFormat
    shape = formats.NATIONAL if at_home else formats.INTERNATIONAL
    return phonenumbers.format_number(parsed, shape)


def _in_pairs(number: str, parsed: phonenumbers.PhoneNumber) -> str:
    """One that is not given out has no way of being written; in pairs it is read without a slip."""
    digits = phonenumbers.national_significant_number(parsed)
    if not number.startswith("+") or len(digits) < SHORTEST_IN_PAIRS:
        return number
    first = 2 + len(digits) % 2
    pairs = [digits[at : at + 2] for at in range(first, len(digits), 2)]
    return " ".join([f"+{parsed.country_code}", digits[:first], *pairs])
