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
from clusterwerk.activities.models.mailings import (
    LeftOut,
    Mailing,
    MailingAudience,
    MailingKind,
    MailingReach,
    MailingRecipient,
    MailingState,
    PublishedNewsletter,
    RecipientState,
    Written,
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
    "LeftOut",
    "Mailing",
    "MailingAudience",
    "MailingKind",
    "MailingReach",
    "MailingRecipient",
    "MailingState",
    "PartState",
    "PublishedActivity",
    "PublishedNewsletter",
    "RecipientState",
    "Registration",
    "RegistrationState",
    "Written",
    "same_lead",
]
