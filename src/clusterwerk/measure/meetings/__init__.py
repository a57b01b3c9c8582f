"""A matchmaking day: who meets whom, in which slot and at which table, as well as can be."""

from clusterwerk.measure.meetings.day import (
    STRONGEST,
    Day,
    DayError,
    Kept,
    Meeting,
    Person,
    Plan,
    Reason,
    Unmet,
    Wish,
    Worth,
)
from clusterwerk.measure.meetings.planning import first_come, plan

__all__ = [
    "STRONGEST",
    "Day",
    "DayError",
    "Kept",
    "Meeting",
    "Person",
    "Plan",
    "Reason",
    "Unmet",
    "Wish",
    "Worth",
    "first_come",
    "plan",
]
