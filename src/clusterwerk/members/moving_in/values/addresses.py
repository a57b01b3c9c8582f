"""Where an organisation or a person is reached, and the number that names an enterprise."""

import re

import phonenumbers
from django.utils.translation import gettext as _
from stdnum.be import vat as belgian
from stdnum.eu import vat as european
from stdnum.exceptions import ValidationError

from clusterwerk.directory.identifiers import is_enterprise_number
from clusterwerk.members.moving_in.values.shown import short

LONGEST_EMAIL = 254
WITHOUT_ZERO = 9  # digits of an enterprise number whose first zero a spreadsheet took away

_EMAIL = re.compile(
    r"^[^@\s<>(),;:\"']+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}$", re.IGNORECASE
)
# Four or five digits, with a country before or letters behind; or the mixed ones of islands, of
# Canada and of countries that part digits: none is without a digit, which a word is.
_POSTCODE = re.compile(
    r"^(?:[A-Z]{1,2}[- ]?)?(\d{4,5}(?:\s?[A-Z]{2})?|(?=.*\d)[A-Z0-9]{2,4} ?[A-Z0-9]{3})$"
)


def email(text: str) -> str:
    """In lower case; a name before an address in angle brackets is left out."""
    bare = text.strip().removeprefix("mailto:").strip(" ;,<>").lower()
    if "<" in bare:
        bare = bare.rpartition("<")[2].strip(" >")
    if not _EMAIL.match(bare) or ".." in bare or len(bare) > LONGEST_EMAIL:
        raise ValueError(_("“%(text)s” is no e-mail address.") % {"text": short(text)})
    return bare


def phone(text: str) -> str:
    """In the form +3291234567; a number without a country is Belgian."""
    bare = re.sub(r"\(0\)", "", text).strip()
    bare = f"0{bare}" if re.fullmatch(r"[1-9]\d{7,8}", re.sub(r"[\s./-]", "", bare)) else bare
    try:
        number = phonenumbers.parse(bare, "BE")
    except phonenumbers.NumberParseException as error:
        message = _("“%(text)s” is no telephone number.")
        raise ValueError(message % {"text": short(text)}) from error
    if not phonenumbers.is_possible_number(number):
        raise ValueError(_("“%(text)s” is no telephone number.") % {"text": short(text)})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def number(text: str) -> str:
    """A Belgian enterprise number as ten digits, a VAT number of elsewhere with its country."""
    bare = re.sub(r"[^0-9A-Z]", "", text.upper()).removeprefix("BTW").removeprefix("TVA")
    if not bare[:2].isalpha() or bare.startswith("BE"):
        return _belgian(bare.removeprefix("BE"), text)
    try:
        return str(european.validate(bare))
    except ValidationError as error:
        message = _("“%(text)s” is no VAT number of its country.")
        raise ValueError(message % {"text": short(text)}) from error


def _belgian(digits: str, text: str) -> str:
    """Spreadsheets take the leading zero away, so nine digits get it back."""
    digits = digits.zfill(10) if len(digits) == WITHOUT_ZERO else digits
    if is_enterprise_number(digits):
        return digits
    try:
        return str(belgian.validate(digits))
    except ValidationError as error:
        message = _("“%(text)s” is no enterprise number: ten digits, of which the last two check.")
        raise ValueError(message % {"text": short(text)}) from error


def postcode(text: str) -> str:
    bare = " ".join(text.upper().split())
    if not _POSTCODE.match(bare):
        raise ValueError(_("“%(text)s” is no postcode.") % {"text": short(text)})
    return re.sub(r"^(?:B|BE)[- ]?(?=\d{4}$)", "", bare)


def url(text: str) -> str:
    bare = text.strip().rstrip("/")
    if not re.match(r"^https?://", bare, re.IGNORECASE):
        bare = f"https://{bare}"
    if not re.match(r"^https?://[^\s/@]+\.[a-z]{2,}(?:[:/?#]\S*)?$", bare, re.IGNORECASE):
        raise ValueError(_("“%(text)s” is no web address.") % {"text": short(text)})
    return bare[:300]
