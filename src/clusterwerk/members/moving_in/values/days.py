"""Days and moments, as people and spreadsheets write them."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from clusterwerk.members.moving_in.values.shown import short
from clusterwerk.members.moving_in.words import MONTH_NUMBERS
from clusterwerk.platform.text import folded

EPOCH = date(1899, 12, 30)  # day 0 of spreadsheets, whose 1900 wrongly is a leap year
FULL_YEAR = 4  # digits
LAST_CENTURY = 50  # a year of two digits from here on
COMPACT = 10**7  # 20231231 and the like are above
MONTHS_A_YEAR = 12
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
