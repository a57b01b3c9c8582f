"""Time zones as iCalendar writes them (RFC 5545, 3.6.5).

Made from the system's rules, because the library of calendars writes the hour at which clocks go
forward by the new clock, where the standard asks for the old one.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


@lru_cache(maxsize=256)
def zone_part(name: str, first_year: int, last_year: int) -> bytes:
    """A VTIMEZONE that holds from the first year to the end of the last."""
    zone = ZoneInfo(name)
    first = datetime(first_year, 1, 1, tzinfo=UTC)
    part = Timezone()
    part.add("tzid", name)
    part.add_component(_observance(zone, first, first))
    for change in _changes(zone, first, datetime(last_year, 12, 31, tzinfo=UTC)):
        part.add_component(_observance(zone, change, change - SECOND))
    written: bytes = part.to_ical()
    return written


def _changes(zone: ZoneInfo, moment: datetime, end: datetime) -> Iterator[datetime]:
    """The moments at which clocks are put forward or back."""
    while moment < end:
        following = moment + DAY
        if _offset(zone, moment) != _offset(zone, following):
            yield _change_between(zone, moment, following)
        moment = following


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second by the new clock."""
    while after - before > SECOND:
        middle = before + timedelta(seconds=(after - before) // SECOND // 2)
        if _offset(zone, middle) == _offset(zone, before):
            before = middle
        else:
            after = middle
    return after


def _observance(
    zone: ZoneInfo, change: datetime, earlier: datetime
) -> TimezoneDaylight | TimezoneStandard:
    part = TimezoneDaylight() if change.astimezone(zone).dst() else TimezoneStandard()
    before, after = _offset(zone, earlier), _offset(zone, change)
    part.add("dtstart", (change + before).replace(tzinfo=None))
    part.add("tzoffsetfrom", before)
    part.add("tzoffsetto", after)
    part.add("tzname", change.astimezone(zone).tzname() or zone.key)
    return part


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
