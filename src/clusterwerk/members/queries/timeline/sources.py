"""The parts with their names in the filter, in their order."""

from functools import partial

from django.utils.translation import gettext_lazy

from clusterwerk.members.models import InteractionKind
from clusterwerk.members.queries.timeline.memberships import memberships, sizes
from clusterwerk.members.queries.timeline.offers import offers
from clusterwerk.members.queries.timeline.people import consents, positions
from clusterwerk.members.queries.timeline.talks import talks
from clusterwerk.members.queries.timeline.work import expectations, tasks_done
from clusterwerk.members.timeline import TimelineSource


def _of_organisations(organisation: int | None, _contact: int | None) -> bool:
    return organisation is not None


def _of_contacts(_organisation: int | None, contact: int | None) -> bool:
    return contact is not None


MEMBER_TIMELINE = (
    TimelineSource("talk", gettext_lazy("Talks"), talks, 10, narrows=False),
    TimelineSource(
        "meeting",
        gettext_lazy("Meetings"),
        partial(talks, kind=InteractionKind.MEETING),
        11,
        narrows=True,
    ),
    TimelineSource(
        "call", gettext_lazy("Calls"), partial(talks, kind=InteractionKind.CALL), 12, narrows=True
    ),
    TimelineSource(
        "mail", gettext_lazy("Mails"), partial(talks, kind=InteractionKind.MAIL), 13, narrows=True
    ),
    TimelineSource(
        "note", gettext_lazy("Notes"), partial(talks, kind=InteractionKind.NOTE), 14, narrows=True
    ),
    TimelineSource("expectation", gettext_lazy("Expectations"), expectations, 20),
    TimelineSource(
        "offer", gettext_lazy("Needs and offers"), offers, 21, shown_for=_of_organisations
    ),
    TimelineSource("task", gettext_lazy("Tasks done"), tasks_done, 30),
    TimelineSource(
        "membership", gettext_lazy("Membership"), memberships, 40, shown_for=_of_organisations
    ),
    TimelineSource("position", gettext_lazy("Positions"), positions, 41),
    TimelineSource("size", gettext_lazy("Sizes"), sizes, 42, shown_for=_of_organisations),
    TimelineSource("consent", gettext_lazy("Consent"), consents, 43, shown_for=_of_contacts),
)
