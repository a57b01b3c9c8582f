"""The list of members with how often they took part; the numbers of the page lead to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.queries.participation import (
    DRIFTS,
    FAR,
    PARTS,
    WATCHED,
    days_attended,
    drifting,
    marked,
    members_on,
    participation_class,
    second_newest,
    to_watch,
)
from clusterwerk.clusters.models import Cluster
from clusterwerk.measure.participation import Participation, drifts_on
from clusterwerk.members.lists import MemberScope, member_listing, member_words
from clusterwerk.members.models import Membership
from clusterwerk.platform.ui.export import Format
from clusterwerk.platform.ui.lists import Column, Facet, Listing, row_address

PARTICIPATION = "participation"
CLASS_NAMES = {
    Participation.TWO_OR_MORE: _("Two or more activities"),
    Participation.ONE: _("One activity"),
    Participation.NONE: _("No activity"),
}


@dataclass(frozen=True, slots=True)
class ParticipationRow:
    """A member of the day and the days of the activities it was at, one for each."""

    membership: Membership
    days: tuple[date, ...]
    falls_on: date | None

    @property
    def times(self) -> int:
        return len(self.days)


def part_facets(cluster: Cluster, day: date) -> tuple[Facet, ...]:
    """Size, category and province as the list of members knows them."""
    facets = member_listing(MemberScope(cluster, day, None), member_words(cluster.pk)).facets
    of_key = {facet.key: facet for facet in facets}
    return tuple(of_key[part] for part in PARTS)


def participation_listing(cluster: Cluster, day: date) -> Listing[ParticipationRow]:
    """Members of the day, by name."""
    address = row_address("activities:participation_evidence", cluster.key)
    return Listing(
        key=PARTICIPATION,
        base=members_on(cluster.pk, day).select_related("organisation"),
        search=_search,
        rows=lambda found, _columns: participation_rows(cluster.pk, day, found),
        columns=_columns(cluster.pk, day),
        facets=(*_facets(cluster.pk, day), *part_facets(cluster, day)),
        pk=lambda row: row.membership.pk,
        address=lambda row: f"{address(row.membership.organisation_id)}?on={day:%Y-%m-%d}",
    )


def participation_rows(
    cluster: int, day: date, members: Sequence[Membership]
) -> tuple[ParticipationRow, ...]:
    days = days_attended(cluster, day, [member.organisation_id for member in members])
    return tuple(
        ParticipationRow(member, tuple(found), drifts_on(found, day))
        for member in members
        for found in [days.get(member.organisation_id, [])]
    )


def _search(members: "QuerySet[Any]", words: tuple[str, ...]) -> "QuerySet[Any]":
    for word in words:
        members = members.filter(Q(organisation__name_sort__contains=word))
    return members


def _columns(cluster: int, day: date) -> tuple[Column[ParticipationRow], ...]:
    second = Coalesce(second_newest(cluster, day), Value(FAR))
    return (
        Column(
            "name",
            _("Member"),
            lambda row: row.membership.organisation.name,
            sort=F("organisation__name_sort"),
            language="nl",
            width=40,
        ),
        Column("times", _("Activities in twelve months"), lambda row: row.times, Format.COUNT),
        Column("newest", _("Last one"), lambda row: max(row.days, default=None), Format.DAY),
        Column("falls", _("Falls below two on"), lambda row: row.falls_on, Format.DAY, sort=second),
        Column(
            "since",
            _("Member since"),
            lambda row: row.membership.since,
            Format.DAY,
            sort=F("since"),
        ),
        Column("demo", _("Invented"), lambda row: row.membership.is_demo, shown=False),
    )


def _facets(cluster: int, day: date) -> tuple[Facet, ...]:
    return (
        Facet(
            "times",
            _("Took part"),
            participation_class(cluster, day),
            {str(each): name for each, name in CLASS_NAMES.items()},
        ),
        Facet(
            "drift",
            _("Drift"),
            marked(drifting(cluster, day), DRIFTS),
            {DRIFTS: _("Falls below two this year"), "none": _("Does not")},
            told_by={DRIFTS: drifting(cluster, day)},
        ),
        Facet(
            "watch",
            _("First year"),
            marked(to_watch(cluster, day), WATCHED),
            {WATCHED: _("To watch"), "none": _("Not to watch")},
            told_by={WATCHED: to_watch(cluster, day)},
        ),
    )
