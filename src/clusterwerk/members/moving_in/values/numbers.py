"""Amounts of money and numbers of people."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from clusterwerk.members.moving_in.values.shown import short
from clusterwerk.members.moving_in.words import FREE
from clusterwerk.platform.text import folded

_AMOUNT_SIGNS = re.compile(r"[\s\u00a0\u202f']|€|\$|eur(?:o)?\b|,-+$|,--$", re.IGNORECASE)
# Blanks part thousands and nothing else: `1 2` is no twelve.
_PARTED = re.compile(r"\d[\s\u00a0\u202f'](?=\d)(?!\d{3}(?!\d))")
_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)", re.ASCII)
# Thousands never begin with a nought: `0,125` is an eighth.
_GROUPED = re.compile(r"^[-+]?[1-9]\d{0,2}(?:[.,]\d{3})+$")
# Before a headcount that was not counted to the last person.
_ABOUT = re.compile(
    r"^\s*(?:circa|ca\.?|c\.|ongeveer|ong\.?|about|environ|env\.?|±|~|\+/-)\s*", re.IGNORECASE
)


def amount(text: str) -> Decimal:
    """Euro: `1.500,00`, `1,500.00`, `€ 1500`, `1 500,-`; three digits behind a sign: thousands."""
    bare = _AMOUNT_SIGNS.sub("", text.replace(",-", ""))
    if _GROUPED.match(bare):
        bare = bare.replace(".", "").replace(",", "")
    elif "," in bare and "." in bare:
        bare = _with_point(bare)
    else:
        bare = bare.replace(",", ".")
    bare = bare.replace("\u2212", "-")
    if _PARTED.search(text) or not _PLAIN.fullmatch(bare):
        message = _("“%(text)s” is no amount. Write it as 1.500,00.")
        raise ValueError(message % {"text": short(text)})
    return Decimal(bare)


def fee(text: str) -> Decimal:
    """Euro that a member pays; 0 also as a word, or as the line that spreadsheets print for it."""
    return Decimal(0) if folded(text).strip() in FREE else amount(text)


def _with_point(bare: str) -> str:
    """Of two signs the last is the decimal one, and the other parts thousands."""
    decimal = max(bare.rfind(","), bare.rfind("."))
    whole, sign = bare[:decimal], bare[decimal]
    if sign in whole or not _GROUPED.match(whole):
        return "no amount"
    return f"{re.sub('[.,]', '', whole)}.{bare[decimal + 1 :]}"


def count(text: str) -> int:
    """A whole number that is not negative; people part-time count up to the next whole."""
    try:
        value = amount(_ABOUT.sub("", text))
    except ValueError as error:
        raise ValueError(_no_count(text)) from error
    if value < 0 or value >= 2**31:
        raise ValueError(_no_count(text))
    return int(value.to_integral_value(rounding="ROUND_HALF_UP"))


def _no_count(text: str) -> str:
    return _("“%(text)s” is no number of people.") % {"text": short(text)}
