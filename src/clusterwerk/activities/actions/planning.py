"""An activity from draft to held or cancelled, and what everybody may read of it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.activities import access
from clusterwerk.activities.actions.part_mails import tell_cancelled
from clusterwerk.activities.actions.parts import drop_parts, tell_parts
from clusterwerk.activities.handouts import shown_handouts
from clusterwerk.activities.models import (
    Activity,
    ActivityKind,
    ActivityPlaces,
    ActivityState,
    Audience,
    GroupMeeting,
    PublishedActivity,
)
from clusterwerk.activities.questions import (
    MOST_QUESTIONS,
    Question,
    asked_now,
    kept,
    placed,
    questions_in,
    without,
)
from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.directory.models import Place
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created, created_many
from clusterwerk.platform.searching import typed_words

CALENDAR = ("name", "starts_at", "ends_at", "time_zone", "venue", "address", "online_url")
_ONCE = {
    "activity_once_a_day": gettext_lazy("This activity on this day is written down already."),
}
_FEWER = {
    "places_are_not_given_twice": gettext_lazy(
        "More people than that have registered. Give at least as many places as are taken."
    ),
}


@dataclass(frozen=True, slots=True)
class NewActivity:
    """One out of a list of former years, of which the day alone is known."""

    name: str
    day: date
    source: str
    kind: ActivityKind = ActivityKind.OTHER
    is_demo: bool = False
    competences: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the team says of an activity. Moments are aware, prices in euro; none: free."""

    name: str
    kind: ActivityKind
    language: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    summary: str = ""
    description: str = ""
    venue: str = ""
    address: str = ""
    place: Place | None = None
    online_url: str = ""
    takes_registrations: bool = False
    audience: Audience = Audience.MEMBERS
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    capacity: int | None = None
    has_waiting_list: bool = True
    price_member: Decimal | None = None
    price_other: Decimal | None = None
    competences: Sequence[str] = ()

    def facts(self) -> dict[str, Any]:
        """Columns of an activity; the day follows from the start, in the time of the place."""
        own = {field.name: getattr(self, field.name) for field in fields(self)}
        return {**own, "is_online": bool(self.online_url), "competences": [*self.competences]}


def add_activities(*, seats: Seats, cluster: Cluster, new: Sequence[NewActivity]) -> list[Activity]:
    """Many of former years at once, in the order given; all of them or none."""
    access.may_keep_activities(seats, cluster.pk).require()
    return created_many(
        Activity(
            cluster=cluster,
            name=" ".join(each.name.split())[:200],
            day=each.day,
            kind=each.kind,
            competences=[*each.competences],
            state=ActivityState.HELD,
            source=each.source,
            is_demo=each.is_demo,
        )
        for each in new
    )


def plan_activity(
    *, seats: Seats, lead: Cluster | Agency, plan: Plan, is_demo: bool = False
) -> Activity:
    """A draft that its own team sees; nobody else does before it is published."""
    access.may_lead(seats, lead).require()
    owner = {"cluster": lead} if isinstance(lead, Cluster) else {"agency": lead}
    draft = Activity(**owner, **plan.facts(), state=ActivityState.DRAFT, is_demo=is_demo)
    draft.day = draft.starts_on
    return created(draft, _ONCE)


@transaction.atomic
def change_activity(*, seats: Seats, activity: Activity, plan: Plan) -> bool:
    """Says whether anything changed; what is published changes with it.

    What calendars must know raises the version they compare.
    """
    own = _locked(seats, activity)
    if own.state == ActivityState.CANCELLED:
        raise DomainError(_("It is cancelled. Plan it anew under another date."))
    facts = plan.facts()
    facts["day"] = plan.starts_at.astimezone(ZoneInfo(plan.time_zone)).date()
    if any(getattr(own, name) != facts[name] for name in CALENDAR):
        facts["sequence"] = own.sequence + 1
    is_changed = changed(own, _ONCE, **facts)
    if is_changed:
        _announce(own)
        tell_parts(own)
    return is_changed


@transaction.atomic
def publish_activity(*, seats: Seats, activity: Activity, now: datetime) -> Activity:
    """From now on everybody reads of it on the public site, and people may register."""
    own = _locked(seats, activity)
    if own.state != ActivityState.DRAFT:
        raise DomainError(_("It is published already."))
    if own.is_past(now):
        raise DomainError(_("It is over. Note it as held, or give it a day to come."))
    changed(own, state=ActivityState.PUBLISHED)
    _announce(own)
    return own


@transaction.atomic
def cancel_activity(*, seats: Seats, activity: Activity, because: str) -> Activity:
    """It stays where it was published, with the reason; calendars strike it out."""
    own = _locked(seats, activity)
    if own.state != ActivityState.PUBLISHED:
        raise DomainError(_("Only what is published is cancelled. Throw a draft away instead."))
    changed(
        own,
        state=ActivityState.CANCELLED,
        cancelled_because=because,
        sequence=own.sequence + 1,
    )
    _announce(own)
    tell_cancelled(own, timezone.now())
    return own


@transaction.atomic
def note_held(*, seats: Seats, activity: Activity, now: datetime) -> Activity:
    """It took place; who was there can be written down before and after."""
    own = _locked(seats, activity)
    if own.state not in {ActivityState.DRAFT, ActivityState.PUBLISHED}:
        raise DomainError(_("It was noted as held or cancelled already."))
    if own.starts_at is not None and own.starts_at > now:
        raise DomainError(_("It has not begun yet."))
    changed(own, state=ActivityState.HELD)
    _announce(own)
    return own


@transaction.atomic
def put_question(
    *, seats: Seats, activity: Activity, question: Question, place: int | None = None
) -> None:
    """On the form from now on, or worded anew when its key is known; answers stay as they are."""
    own = _locked(seats, activity)
    there = questions_in(own.questions)
    if question.key and question.key not in {each.key for each in there if not each.is_removed}:
        raise DomainError(_("This question is not asked any more."))
    if not question.key and len(asked_now(own.questions)) >= MOST_QUESTIONS:
        raise DomainError(_("Twelve questions are the most that a form can ask."))
    _ask(own, placed(there, question, place))


@transaction.atomic
def remove_question(*, seats: Seats, activity: Activity, key: str) -> None:
    """Off the form; what was answered stays. Twice is once."""
    own = _locked(seats, activity)
    _ask(own, without(questions_in(own.questions), key))


def _ask(own: Activity, questions: Sequence[Question]) -> None:
    if own.state not in {ActivityState.DRAFT, ActivityState.PUBLISHED}:
        raise DomainError(_("Nobody registers any more."))
    if changed(own, questions=kept(questions)):
        _announce(own)


@transaction.atomic
def drop_draft(*, seats: Seats, activity: Activity) -> None:
    """Throw away what nobody outside the team has seen."""
    own = _locked(seats, activity)
    if own.state != ActivityState.DRAFT:
        raise DomainError(_("Only a draft is thrown away. Cancel it instead."))
    if GroupMeeting.objects.filter(activity=own).exists():
        raise DomainError(_("It is a meeting of a group. Throw it away on the page of its agenda."))
    if own.attendances.exists():
        raise DomainError(_("Somebody is written down as present. Take them off the list first."))
    drop_parts(own, timezone.now())
    own.handouts.all().delete()
    own.delete()


def _locked(seats: Seats, activity: Activity) -> Activity:
    """The activity, then its places: who registers holds the places and needs its key alone.

    Name and day are part of a key, so that nobody may be registering when they change.
    """
    access.may_change(seats, activity).require()
    own = Activity.objects.select_for_update(of=("self",), no_key=True).get(pk=activity.pk)
    ActivityPlaces.objects.select_for_update(of=("self",)).filter(activity=own).first()
    return own


def _announce(activity: Activity) -> None:
    """Bring the public row in line with the activity, and how many places there are."""
    shown = PublishedActivity.objects.filter(activity=activity).first()
    if shown is None and activity.state != ActivityState.PUBLISHED:
        return
    facts = published_facts(activity)
    if shown is None:
        created(PublishedActivity(activity=activity, **facts))
        created(ActivityPlaces(activity=activity, **activity.owners, capacity=activity.capacity))
        return
    changed(shown, **facts)
    places = ActivityPlaces.objects.select_for_update(of=("self",)).get(activity=activity)
    changed(places, _FEWER, capacity=activity.capacity)


def published_facts(activity: Activity) -> dict[str, Any]:
    """Every fact that the two tables share, and the words by which it is found."""
    names = {field.attname for field in PublishedActivity._meta.concrete_fields}
    own = {field.attname for field in Activity._meta.concrete_fields} & names
    facts = {name: getattr(activity, name) for name in own}
    told = (activity.name, activity.summary, activity.venue, activity.address)
    words = dict.fromkeys(word for text in told for word in typed_words(text))
    facts["handouts"] = shown_handouts(activity)
    return {**facts, "search_text": "".join(f" {word}" for word in words)}
