"""Cells as people and programs wrote them over the years, understood or refused in words.

Every function takes a text that is not empty and gives a value, or raises `ValueError` with a
sentence that says what was expected.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

import phonenumbers
from django.utils.translation import gettext as _
from stdnum.be import vat as belgian
from stdnum.eu import vat as european
from stdnum.exceptions import ValidationError

from clusterwerk.directory.models import OrganisationKind
from clusterwerk.members.moving_in.words import MONTH_NUMBERS, NO, ORGANISATION_KINDS, YES
from clusterwerk.platform.text import folded

EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets, whose 1900 wrongly is a leap year
FULL_YEAR = 4  # digits
LAST_CENTURY = 50  # a year of two digits from here on
COMPACT = 10**7  # 20231231 and the like are above
MONTHS_A_YEAR = 12
LONGEST_EMAIL = 254
WITHOUT_ZERO = 9  # digits of an enterprise number whose first zero a spreadsheet took away
LONGEST_SHOWN = 40
SERIALS = (14_000, 80_000)  # 1938 to 2119; a smaller or larger number is no day
YEARS = (1900, 2100)

_PARTS = re.compile(r"^(\d{1,4})[/.\-\s](\d{1,2})[/.\-\s](\d{1,4})\.?$")
_WORDS = re.compile(
    r"^(?:[a-z]{2,9},?\s+)?(\d{1,2})(?:er|e|st|nd|rd|th|\.)?[\s\-]+([a-z]{3,9})\.?[\s\-,]+(\d{2,4})$"
)
_MONTH_FIRST = re.compile(r"^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$")
_CLOCK = re.compile(
    r"^(.*?)[T\s,]+(\d{1,2})[:hu.](\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(am|pm)?\s*(?:z|utc|[+-]\d\d:?\d\d)?$",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"^[^@\s<>(),;:\"']+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}$", re.IGNORECASE
)
_AMOUNT_SIGNS = re.compile(r"[\s\u00a0\u202f']|€|\$|eur(?:o)?\b|,-+$|,--$", re.IGNORECASE)
_GROUPED = re.compile(r"^-?\d{1,3}(?:[.,]\d{3})+$")
_POSTCODE = re.compile(
    r"^(?:[A-Z]{1,2}[- ]?)?(\d{4,5}(?:\s?[A-Z]{2})?|[A-Z0-9]{2,4} ?[A-Z0-9]{3})$"
)


class Kind(StrEnum):
    TEXT = "text"
    LONG = "long text"
    DAY = "day"
    MOMENT = "moment"
    AMOUNT = "amount"
    COUNT = "count"
    YES_NO = "yes or no"
    FLAG = "mark"
    EMAIL = "e-mail"
    PHONE = "phone"
    NUMBER = "enterprise or VAT number"
    POSTCODE = "postcode"
    URL = "web address"
    COUNTRY = "country"
    ORGANISATION = "kind of organisation"
    LANGUAGE = "language"


# Before a headcount that was not counted to the last person.
_ABOUT = re.compile(
    r"^\s*(?:circa|ca\.?|c\.|ongeveer|ong\.?|about|environ|env\.?|±|~|\+/-)\s*", re.IGNORECASE
)


def understood(kind: Kind, text: str, *, month_first: bool = False) -> Any:  # noqa: ANN401 - the kind says which
    """The value of a cell; raises `ValueError` with a sentence."""
    if kind == Kind.DAY:
        return day(text, month_first=month_first)
    if kind == Kind.MOMENT:
        return moment(text, month_first=month_first)
    return _READERS[kind](text)


# --- Days ----------------------------------------------------------------------------------------


def day(text: str, *, month_first: bool = False) -> date:
    """A day; a year alone is its first of January."""
    clock = _CLOCK.match(text)
    found = _day(folded(clock.group(1) if clock else text).strip(), month_first)
    if found is None:
        raise ValueError(_("“%(text)s” is no day. Write it as 31/12/2023.") % {"text": short(text)})
    return found


def moment(text: str, *, month_first: bool = False) -> datetime:
    """A day with its time, at midnight where none is told; without a time zone."""
    clock = _CLOCK.match(text)
    on = day(text, month_first=month_first)
    if not clock:
        return datetime.combine(on, time())
    hour, minute = int(clock.group(2)), int(clock.group(3))
    half = (clock.group(5) or "").lower()
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    try:
        return datetime.combine(on, time(hour, minute))
    except ValueError as error:
        raise ValueError(_("“%(text)s” is no time.") % {"text": short(text)}) from error


def _day(text: str, month_first: bool) -> date | None:  # noqa: FBT001 - inside this file alone
    for read in (_of_parts, _of_words, _of_serial):
        found = read(text, month_first)
        if found is not None and YEARS[0] <= found.year <= YEARS[1]:
            return found
    return None


def _of_parts(text: str, month_first: bool) -> date | None:  # noqa: FBT001
    parts = _PARTS.match(text)
    if not parts:
        return None
    one, two, three = (int(part) for part in parts.groups())
    if len(parts.group(1)) == FULL_YEAR:
        return _date(one, two, three)
    if len(parts.group(1)) == FULL_YEAR - 1 or len(parts.group(3)) not in {2, FULL_YEAR}:
        return None
    year = _full_year(three)
    return _date(year, one, two) if month_first else _date(year, two, one)


def _of_words(text: str, _month_first: bool) -> date | None:  # noqa: FBT001
    if named := _WORDS.match(text):
        number, month, year = int(named.group(1)), named.group(2), int(named.group(3))
    elif named := _MONTH_FIRST.match(text):
        number, month, year = int(named.group(2)), named.group(1), int(named.group(3))
    else:
        return None
    return _date(_full_year(year), MONTH_NUMBERS.get(month, 0), number)


def _of_serial(text: str, _month_first: bool) -> date | None:  # noqa: FBT001
    try:
        number = int(float(text.replace(",", ".")))
    except ValueError:
        return None
    if YEARS[0] <= number <= YEARS[1]:
        return date(number, 1, 1)
    if SERIALS[0] <= number <= SERIALS[1]:
        return EPOCH + timedelta(days=number)
    return _date(number // 10_000, number // 100 % 100, number % 100) if number > COMPACT else None


def _full_year(year: int) -> int:
    """Two digits are a year of this century up to 50, of the last from then on."""
    if year >= 100:  # noqa: PLR2004 - more than two digits
        return year
    return year + (2000 if year < LAST_CENTURY else 1900)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def is_month_first(texts: Iterable[str]) -> bool:
    """Whether a column writes 12/31/2023: some day only fits so, and none only the other way."""
    first = second = False
    for text in texts:
        parts = _PARTS.match(text.split(" ", 1)[0])
        if parts and len(parts.group(1)) < FULL_YEAR:
            first |= int(parts.group(1)) > MONTHS_A_YEAR
            second |= int(parts.group(2)) > MONTHS_A_YEAR
    return second and not first


# --- Numbers -------------------------------------------------------------------------------------


def amount(text: str) -> Decimal:
    """Euro: `1.500,00`, `1,500.00`, `€ 1500`, `1 500,-`; three digits behind a sign: thousands."""
    bare = _AMOUNT_SIGNS.sub("", text.replace(",-", ""))
    if _GROUPED.match(bare):
        bare = bare.replace(".", "").replace(",", "")
    elif "," in bare and "." in bare:
        bare = _with_point(bare)
    else:
        bare = bare.replace(",", ".")
    try:
        value = Decimal(bare)
    except InvalidOperation as error:
        message = _("“%(text)s” is no amount. Write it as 1.500,00.")
        raise ValueError(message % {"text": short(text)}) from error
    if not value.is_finite():
        raise ValueError(_("“%(text)s” is no amount. Write it as 1.500,00.") % {"text": text})
    return value


def _with_point(bare: str) -> str:
    """Of two signs the last is the decimal one, and the other parts thousands."""
    decimal = max(bare.rfind(","), bare.rfind("."))
    whole, sign = bare[:decimal], bare[decimal]
    if sign in whole or not _GROUPED.match(whole):
        return "no amount"
    return f"{re.sub('[.,]', '', whole)}.{bare[decimal + 1 :]}"


def count(text: str) -> int:
    """A whole number that is not negative; people part-time count up to the next whole."""
    message = _("“%(text)s” is no number of people.") % {"text": short(text)}
    try:
        value = amount(_ABOUT.sub("", text))
    except ValueError as error:
        raise ValueError(message) from error
    if value < 0 or value >= 2**31:
        raise ValueError(message)
    return int(value.to_integral_value(rounding="ROUND_HALF_UP"))


def yes_no(text: str) -> bool:
    word = folded(text).strip()
    if word in YES:
        return True
    if word in NO:
        return False
    raise ValueError(_("“%(text)s” is neither yes nor no.") % {"text": short(text)})


def flag(text: str) -> bool:
    """Anything but a no is a yes: a reason, a day or a cross in a column of marks."""
    return folded(text).strip() not in NO


# --- Addresses and names ------------------------------------------------------------------------


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
    try:
        return str(belgian.validate(digits.zfill(10) if len(digits) == WITHOUT_ZERO else digits))
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


COUNTRIES = {
    "belgie": "BE", "belgium": "BE", "belgique": "BE", "nederland": "NL", "netherlands": "NL",
    "the netherlands": "NL", "pays-bas": "NL", "duitsland": "DE", "germany": "DE",
    "allemagne": "DE", "deutschland": "DE", "frankrijk": "FR", "france": "FR", "luxemburg": "LU",
    "luxembourg": "LU", "verenigd koninkrijk": "GB", "united kingdom": "GB", "uk": "GB",
    "denemarken": "DK", "denmark": "DK", "zwitserland": "CH", "switzerland": "CH",
    "oostenrijk": "AT", "austria": "AT", "italie": "IT", "italy": "IT", "spanje": "ES",
    "spain": "ES", "zweden": "SE", "sweden": "SE", "united states": "US", "usa": "US",
}  # fmt: skip
LANGUAGES = {
    "nl": "nl", "nederlands": "nl", "dutch": "nl", "neerlandais": "nl", "n": "nl", "ned": "nl",
    "fr": "fr", "frans": "fr", "french": "fr", "francais": "fr", "f": "fr",
    "en": "en", "engels": "en", "english": "en", "anglais": "en", "e": "en", "eng": "en",
    "de": "de", "duits": "de", "german": "de", "deutsch": "de", "allemand": "de", "d": "de",
}  # fmt: skip


def country(text: str) -> str:
    word = folded(text).strip()
    if len(word) == len("BE") and word.isalpha():
        return "GB" if word == "uk" else word.upper()
    if word in COUNTRIES:
        return COUNTRIES[word]
    raise ValueError(_("“%(text)s” is no country. Write its two letters.") % {"text": short(text)})


def organisation(text: str) -> OrganisationKind:
    found = kind_told(text)
    if found is None:
        raise ValueError(_("“%(text)s” is no kind of organisation.") % {"text": short(text)})
    return found


def kind_told(text: str) -> OrganisationKind | None:
    """By a word that stands in the text, such as "Kennisinstelling" or "Lid (overheid)"."""
    word = folded(text)
    for kind, parts in ORGANISATION_KINDS.items():
        if any(re.search(rf"\b{part}", word) for part in parts):
            return OrganisationKind(kind)
    return None


def language(text: str) -> str:
    word = folded(text).strip().partition("-")[0].partition("_")[0]
    if word in LANGUAGES:
        return LANGUAGES[word]
    raise ValueError(_("“%(text)s” is no language: nl, fr, en or de.") % {"text": short(text)})


def words(text: str) -> str:
    """A text in one line, as names are kept."""
    return " ".join(text.split())


def short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"


_READERS: dict[Kind, Callable[[str], Any]] = {
    Kind.TEXT: words,
    Kind.LONG: str.strip,
    Kind.AMOUNT: amount,
    Kind.COUNT: count,
    Kind.YES_NO: yes_no,
    Kind.FLAG: flag,
    Kind.EMAIL: email,
    Kind.PHONE: phone,
    Kind.NUMBER: number,
    Kind.POSTCODE: postcode,
    Kind.URL: url,
    Kind.COUNTRY: country,
    Kind.ORGANISATION: organisation,
    Kind.LANGUAGE: language,
}
