"""VAT numbers, each by the rule of its country; kept with the code of the country in front.

Rules of the European Union, of its neighbours and of others come from python-stdnum. Greece writes
EL and Northern Ireland XI. A Belgian VAT number is an enterprise number and is kept as one.
"""

import re
from collections.abc import Callable

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from stdnum import exceptions
from stdnum.util import get_cc_module

from clusterwerk.directory.countries import country_name
from clusterwerk.platform.errors import DomainError

PREFIXED = re.compile(r"\s*(?:(CHE)|([A-Z]{2})(?=[\s.\-]*[A-Z]?[0-9]))[\s.\-]*", re.IGNORECASE)
OWN_CODES = {"EL": "GR", "XI": "GB", "CHE": "CH"}
WRITTEN_CODES = {"GR": "EL"}
# Digits after the code of the country, where there is nothing but digits.
DIGITS = {
    "BE": (10,), "BG": (9, 10), "CZ": (8, 9, 10), "DE": (9,), "DK": (8,), "EE": (9,), "FI": (8,),
    "GB": (9, 12), "GR": (9,), "HR": (11,), "HU": (8,), "IT": (11,), "LT": (9, 12), "LU": (8,),
    "LV": (11,), "MT": (8,), "NO": (9,), "PL": (10,), "PT": (9,), "SE": (12,), "SI": (8,),
    "SK": (10,),
}  # fmt: skip
# The others by an example: 9 stands for a digit, X for a letter or a digit.
SHAPES = {
    "AT": "ATU99999999", "CH": "CHE-999.999.999", "CY": "CY99999999X", "ES": "ESX9999999X",
    "FR": "FRXX999999999", "IE": "IE9999999X", "NL": "NL999999999B99", "RO": "RO99999999",
}  # fmt: skip


def country_of(value: str, default: str = "") -> str:
    """Country that a number names in front, by its two letters; else the default."""
    found = PREFIXED.match(value)
    code = (found.group(1) or found.group(2)).upper() if found else ""
    return OWN_CODES.get(code, code) or default


def without_country(value: str) -> str:
    """The number without the letters of its country."""
    return PREFIXED.sub("", value, count=1)


def has_rule(country: str) -> bool:
    return _rule(country) is not None


def shortest(country: str) -> int:
    """Fewest letters and digits after the code of the country; 0 where we do not know."""
    if country in DIGITS:
        return min(DIGITS[country])
    return sum(map(str.isalnum, without_country(SHAPES.get(country, ""))))


def vat_number(value: str, country: str = "") -> str:
    """The number with the code of its country in front; refused when the rule does not hold."""
    known = country_of(value, country)
    rule = _rule(known)
    if not known or rule is None:
        raise DomainError(_no_rule(value, known))
    bare = without_country(value) if country_of(value) else value
    prefix = "CHE" if known == "CH" else ""
    try:
        number = str(rule(prefix + bare))
    except exceptions.InvalidChecksum as error:
        message = _("%(number)s is no VAT number of %(country)s: its check digits do not fit.")
        raise DomainError(_told(message, value, known)) from error
    except exceptions.ValidationError as error:
        message = _("%(number)s is no VAT number of %(country)s: %(expected)s expected.")
        raise DomainError(_told(message, value, known)) from error
    code = WRITTEN_CODES.get(known, known)
    return number if number.startswith(code) else code + number


def _rule(country: str) -> Callable[[str], str] | None:
    module = get_cc_module(country.lower(), "vat") if country else None
    return module.validate if module else None


def _no_rule(value: str, country: str) -> str:
    if not country:
        message = _("%(number)s does not say its country: begin with its two letters, as in NL.")
        return message % {"number": value.strip()}
    message = _("We know no rule for VAT numbers of %(country)s; note the number in another way.")
    return message % {"country": country_name(country)}


def _told(message: str, value: str, country: str) -> str:
    return message % {
        "number": value.strip(),
        "country": country_name(country),
        "expected": expected(country),
    }


def expected(country: str) -> str:
    """How a number of the country is written, in words or by its shape."""
    lengths = DIGITS.get(country)
    if not lengths:
        return SHAPES.get(country, _("another form"))
    listed = format_lazy(gettext_lazy(" or ").join(["{}"] * len(lengths)), *lengths)
    return ngettext("%(number)s digit", "%(number)s digits", lengths[-1]) % {"number": listed}
