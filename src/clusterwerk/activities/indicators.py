"""How many members take part, and which share of all, with the activities that make them count.

Method, source and limits: ``docs/methods/participation.md``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from clusterwerk.activities.queries.participation import attended, members_on, over_by
from clusterwerk.measure.participation import NEEDED, twelve_months
from clusterwerk.members.models import Membership
from clusterwerk.platform.evidence import EvidenceLine, Indicator

PRACTICE = _(
    "practice of the innovative business networks; the survey of their evaluation, May 2020, calls "
    "such members active"
)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the day, and the activities of its twelve months in which it was."""

    membership: Membership
    activities: tuple[int, ...]
    day: date

    @property
    def takes_part(self) -> bool:
        return len(self.activities) >= NEEDED


def members(cluster_id: int, day: date) -> list[Member]:
    """Everybody who is a member on the day, by name; two queries."""
    found: dict[int, set[int]] = {}
    rows = attended(cluster_id, twelve_months(day), over_by(day))
    for organisation, activity in rows.values_list("organisation_id", "activity_id").distinct():
        found.setdefault(organisation, set()).add(activity)
    memberships = members_on(cluster_id, day).select_related("organisation", "cluster")
    return [
        Member(each, tuple(sorted(found.get(each.organisation_id, ()))), day)
        for each in memberships.order_by("organisation__name_sort", "pk")
    ]


def participating(cluster_id: int, day: date) -> Iterable[Member]:
    return [member for member in members(cluster_id, day) if member.takes_part]


def _number(records: list[Member]) -> Decimal:
    return Decimal(len({record.membership.organisation_id for record in records}))


def _share(records: list[Member]) -> Decimal | None:
    """Percent; none without members."""
    if not records:
        return None
    taking = sum(record.takes_part for record in records)
    return (Decimal(100 * taking) / len(records)).quantize(TENTH)


def _identity(record: Member) -> str:
    """The activities too: a list that is taken over later counts on other grounds."""
    return f"membership {record.membership.pk} activities {record.activities}"


def _line(record: Member) -> EvidenceLine:
    number = len(record.activities)
    times = ngettext(
        "%(number)s activity in twelve months", "%(number)s activities in twelve months", number
    ) % {"number": number}
    place = (record.membership.cluster.key, record.membership.organisation_id)
    address = reverse("activities:participation_evidence", args=place)
    return EvidenceLine(
        record.membership.organisation.name,
        (times,),
        record.membership.is_demo,
        f"{address}?on={record.day.isoformat()}",
    )


ACTIVITY_INDICATORS = (
    Indicator(
        key="members.participating",
        name=_("Participating members"),
        definition=_(
            "Members of the day that were at two activities or more in the twelve months that end "
            "with it."
        ),
        unit="count",
        source=PRACTICE,
        version=1,
        records=participating,
        value=_number,
        identify=_identity,
        line=_line,
        private=True,
    ),
    Indicator(
        key="members.participating_share",
        name=_("Share of members that take part"),
        definition=_("Participating members by all members of the day, in percent."),
        unit="percent",
        source=PRACTICE,
        version=1,
        records=members,
        value=_share,
        identify=_identity,
        line=_line,
        private=True,
    ),
)
