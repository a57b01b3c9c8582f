"""Dates as mail programs write them above a forwarded mail, in the languages of the country."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils import timezone

# The first letters that tell the months apart in Dutch, French, English and German.
MONTHS = {
    "jan": 1, "feb": 2, "fév": 2, "fev": 2, "maa": 3, "mrt": 3, "mar": 3, "mär": 3, "apr": 4,
    "avr": 4, "mei": 5, "may": 5, "mai": 5, "jun": 6, "juin": 6, "jul": 7, "juil": 7, "aug": 8,
    "aoû": 8, "aou": 8, "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12, "déc": 12, "dez": 12,
}  # fmt: skip
ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
NUMBERS = re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})")
DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:er)?\.?\s+(?P<name>[^\W\d_]{3,})\.?,?\s+(?P<year>\d{4})"
)
MONTH_FIRST = re.compile(r"(?P<name>[^\W\d_]{3,})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{4})")
CLOCK = re.compile(r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?::\d{2})?\s*(?P<half>[AaPp]\.?[Mm])?")
ZONE = re.compile(r"[+-]\d{4}\b")


def written_moment(text: str) -> datetime | None:
    """The moment, in the local time zone where none is told; None when it cannot be read."""
    text = text.replace("\u202f", " ").replace("\u00a0", " ").strip()
    if ZONE.search(text) and (told := _of_protocol(text)):
        return told
    for shape in (ISO, NUMBERS, DAY_FIRST, MONTH_FIRST):
        found = shape.search(text)
        if found and (month := _month(found.groupdict())):
            return _moment(found, month, text[found.end() :])
    return None


def _of_protocol(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None


def _month(found: dict[str, str]) -> int | None:
    if "month" in found:
        return int(found["month"])
    name = found["name"].lower()
    return MONTHS.get(name[:4]) or MONTHS.get(name[:3])


def _moment(found: re.Match[str], month: int, rest: str) -> datetime | None:
    clock = CLOCK.search(rest)
    hour, minute = (int(clock["hour"]), int(clock["minute"])) if clock else (12, 0)
    if clock and clock["half"]:
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    try:
        here = timezone.get_current_timezone()
        local = datetime(int(found["year"]), month, int(found["day"]), hour, minute, tzinfo=here)
    except ValueError:
        return None
    return local.astimezone(UTC)
