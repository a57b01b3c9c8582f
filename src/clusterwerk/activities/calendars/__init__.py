"""Activities in other people's calendars and readers: iCalendar files, and a JSON Feed."""

from clusterwerk.activities.calendars.files import Invited, Method, Party, calendar_file

__all__ = ["Invited", "Method", "Party", "calendar_file"]
