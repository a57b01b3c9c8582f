"""Activities as screens, calendars and timelines read them."""

from clusterwerk.activities.queries.attendance import attendances_of, timeline_entries
from clusterwerk.activities.queries.listing import (
    PAGE_SIZE,
    Key,
    Shelf,
    activities_of,
    activity_page,
)

__all__ = [
    "PAGE_SIZE",
    "Key",
    "Shelf",
    "activities_of",
    "activity_page",
    "attendances_of",
    "timeline_entries",
]
