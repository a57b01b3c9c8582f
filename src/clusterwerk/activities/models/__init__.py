"""What members can take part in, who registered, and who was there."""

from clusterwerk.activities.models.activities import (
    Activity,
    ActivityKind,
    ActivityPart,
    ActivityPlaces,
    ActivityState,
    Announced,
    Audience,
    PartState,
    PublishedActivity,
)
from clusterwerk.activities.models.attendance import Attendance
from clusterwerk.activities.models.matchmaking import (
    Mark,
    MatchMeeting,
    MatchProfile,
    MatchResult,
    MatchRound,
    MatchWish,
    Useful,
)
from clusterwerk.activities.models.owners import Led, same_lead
from clusterwerk.activities.models.registrations import (
    HOLDING,
    LIVING,
    MOST_GUESTS,
    Registration,
    RegistrationState,
)

__all__ = [
    "HOLDING",
    "LIVING",
    "MOST_GUESTS",
    "Activity",
    "ActivityKind",
    "ActivityPart",
    "ActivityPlaces",
    "ActivityState",
    "Announced",
    "Attendance",
    "Audience",
    "Led",
    "Mark",
    "MatchMeeting",
    "MatchProfile",
    "MatchResult",
    "MatchRound",
    "MatchWish",
    "PartState",
    "PublishedActivity",
    "Registration",
    "RegistrationState",
    "Useful",
    "same_lead",
]
