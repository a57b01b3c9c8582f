"""A matchmaking round with a meeting of two, for the small world."""

from datetime import timedelta

from clusterwerk.activities.models import (
    Activity,
    MatchMeeting,
    MatchProfile,
    MatchResult,
    MatchRound,
    MatchWish,
    Registration,
)

MATCHING_TABLES = [MatchRound, MatchProfile, MatchWish, MatchMeeting, MatchResult]


def keep_matching(activity: Activity, first: Registration) -> MatchMeeting:
    assert activity.starts_at is not None
    owners = activity.owners
    second = Registration.objects.create(
        activity=activity,
        **owners,
        name="Cas Claes",
        email=f"cas@{activity.pk}.example",
        state="confirmed",
        token=f"other-link-of-{activity.pk}",
    )
    MatchRound.objects.create(
        activity=activity,
        **owners,
        starts_at=activity.starts_at,
        minutes=20,
        slots=3,
        tables=2,
        closes_at=activity.starts_at - timedelta(days=3),
    )
    MatchProfile.objects.create(
        activity=activity, **owners, registration=first, looks_for="A partner", offers="A plant"
    )
    MatchWish.objects.create(activity=activity, **owners, who=first, whom=second, mark=2)
    meeting = MatchMeeting.objects.create(
        activity=activity, **owners, slot=0, table=0, left=first, right=second
    )
    MatchResult.objects.create(
        **owners, meeting=meeting, registration=first, useful="yes", note="They call"
    )
    return meeting
