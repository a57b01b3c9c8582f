"""What became of the meetings of a matchmaking day: what the team says, and the timelines."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from clusterwerk.activities.actions.rounds import locked_round
from clusterwerk.activities.models import (
    Activity,
    MatchMeeting,
    MatchResult,
    MatchRound,
    Useful,
)
from clusterwerk.activities.queries.matchmaking import (
    Participant,
    Sitting,
    everybody,
    published_of,
    sittings,
)
from clusterwerk.clusters.models import Cluster
from clusterwerk.members.actions.work import NewInteraction, Party, log_interactions
from clusterwerk.members.models import Interaction, InteractionKind
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed

SOURCE = "matchmaking"


@transaction.atomic
def say_took_place(
    *, seats: Seats, activity: Activity, meeting: int, took_place: bool | None, now: datetime
) -> bool:
    """What the team says goes before what the two said; unknown takes it back."""
    own = locked_round(seats, activity)
    found = MatchMeeting.objects.filter(activity_id=own.pk, pk=meeting, is_published=True).first()
    if found is None:
        raise DomainError(_("This meeting is not in the plan any more."))
    if own.times()[found.slot] > now:
        raise DomainError(_("This meeting has not begun yet."))
    return changed(found, took_place=took_place)


@transaction.atomic
def note_meetings(*, seats: Seats, activity: Activity, now: datetime) -> int:
    """Put what took place on the timelines of both members; returns how many are new.

    Each meeting comes in once, by its number, whoever presses and however often.
    """
    own = locked_round(seats, activity)
    if own.cluster_id is None:
        raise DomainError(_("An agency has no timelines; the clusters of the members keep those."))
    over = _over(own, now)
    sat = sittings(own.pk, over, everybody(own.pk))
    cluster = Cluster.objects.get(pk=own.cluster_id)
    with translation.override(own.activity.language):
        new = [each for sitting in sat if sitting.took_place for each in _told(own, sitting)]
    return len(log_interactions(seats=seats, cluster=cluster, new=new))


def noted_of(own: MatchRound, meetings: Sequence[MatchMeeting]) -> set[int]:
    """Numbers of the meetings that are on the timelines."""
    names = {_name(meeting): meeting.pk for meeting in meetings}
    rows = Interaction.objects.filter(cluster_id=own.cluster_id or 0, external_id__in=names)
    return {names[name] for name in rows.values_list("external_id", flat=True)}


def _over(own: MatchRound, now: datetime) -> list[MatchMeeting]:
    times, length = own.times(), timedelta(minutes=own.minutes)
    meetings = published_of(own.pk)
    return [row for row in meetings if row.slot < len(times) and times[row.slot] + length <= now]


def _name(meeting: MatchMeeting) -> str:
    return f"{SOURCE}:{meeting.pk}"


def _told(own: MatchRound, sitting: Sitting) -> Iterator[NewInteraction]:
    """Nothing where neither of the two is somebody whom the cluster knows."""
    both = [person for person in (sitting.left, sitting.right) if person]
    parties = tuple(dict.fromkeys(party for person in both if (party := _party(person))))
    if not parties:
        return
    names = " \N{EN DASH} ".join(person.organisation or person.name for person in both)
    subject = f"{own.activity.name}: {names}"
    yield NewInteraction(
        kind=InteractionKind.MEETING,
        parties=parties,
        subject=subject[:200],
        body="\n".join(_line(row, both) for row in sitting.results),
        happened_at=own.times()[sitting.meeting.slot],
        source=str(_("matchmaking")),
        external_id=_name(sitting.meeting),
        is_demo=own.is_demo,
    )


def _party(person: Participant) -> Party | None:
    row = person.registration
    if row.organisation_id is None and row.contact_id is None:
        return None
    return Party(row.organisation, row.contact)


def _line(row: MatchResult, both: Sequence[Participant]) -> str:
    who = next((one for one in both if one.number == row.registration_id), None)
    name = (who.organisation or who.name) if who else ""
    useful = str(Useful(row.useful).label)
    said = (
        [_("useful: %(answer)s") % {"answer": useful}] if row.useful != Useful.MISSED else [useful]
    )
    said += [_("we go on")] if row.goes_on else []
    return f"{name}: {', '.join(said)}" + (f". {row.note}" if row.note else "")
