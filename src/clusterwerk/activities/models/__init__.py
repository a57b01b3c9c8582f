"""What members can take part in, who registered, and who was there."""

from clusterwerk.activities.models.activities import (
    Activity,
    ActivityKind,
    ActivityPart,
    ActivityPlaces,
    ActivityState,
    Audience,
    PartState,
    PublishedActivity,
)
from clusterwerk.activities.models.attendance import Attendance
from clusterwerk.activities.models.owners import Led, same_lead

__all__ = [
    "Activity",
    "ActivityKind",
    "ActivityPart",
    "ActivityPlaces",
    "ActivityState",
    "Attendance",
    "Audience",
    "Led",
    "PartState",
    "PublishedActivity",
    "same_lead",
]
