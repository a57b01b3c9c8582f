"""Participation as the page and its file show it: tables of groups, the unknown last."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.lists.participation import CLASS_NAMES, part_facets
from clusterwerk.activities.queries.participation import Group, Tally, tally
from clusterwerk.clusters.models import Cluster
from clusterwerk.measure.participation import Participation
from clusterwerk.platform.ui.export import Column, Format
from clusterwerk.platform.ui.lists import UNKNOWN, Facet

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Line:
    """One group with its words; `query` narrows the list of members to it."""

    figure: Words
    name: Words
    members: int
    participating: int
    query: str = ""

    @property
    def share(self) -> Decimal | None:
        return Decimal(self.participating) / self.members if self.members else None


@dataclass(frozen=True, slots=True)
class GroupTable:
    key: str
    title: Words
    lines: tuple[Line, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What a day comes to."""

    day: date
    tally: Tally
    tables: tuple[GroupTable, ...]

    @property
    def all(self) -> Line:
        return Line(_("All members"), "", self.tally.total, self.tally.participating)

    @property
    def classes(self) -> tuple[tuple[Words, int, str], ...]:
        """Each class with its number and what narrows the list to it."""
        return tuple(
            (CLASS_NAMES[each], self.tally.classes[each], urlencode({"times": str(each)}))
            for each in Participation
        )


def shown_participation(cluster: Cluster, day: date) -> Shown:
    facets = part_facets(cluster, day)
    found = tally(cluster.pk, day, {facet.key: facet.value for facet in facets})
    return Shown(day, found, tuple(_table(facet, found.groups[facet.key]) for facet in facets))


def _table(facet: Facet, groups: Sequence[Group]) -> GroupTable:
    """In the order of the names, or by name where values name themselves; the unknown last."""
    of_value = {group.value: group for group in groups}
    order = [*(facet.names or sorted(of_value))]
    known = [of_value[value] for value in order if value and value in of_value]
    unknown = of_value.get("")
    return GroupTable(
        facet.key,
        facet.label,
        tuple(_line(facet, group) for group in (*known, *([unknown] if unknown else []))),
        unknown.members if unknown else 0,
    )


def _line(facet: Facet, group: Group) -> Line:
    name = (facet.names or {}).get(group.value, group.value) if group.value else _("Unknown")
    query = urlencode({facet.key: group.value or UNKNOWN})
    return Line(facet.label, name, group.members, group.participating, query)


def every_line(shown: Shown) -> Sequence[Line]:
    """All groups of all tables, for a file."""
    whole = shown.all
    return [whole, *(line for table in shown.tables for line in table.lines)]


COLUMNS: tuple[Column[Line], ...] = (
    Column(_("Figure"), lambda line: line.figure, width=28),
    Column(_("Group"), lambda line: line.name, width=32),
    Column(_("Members"), lambda line: line.members, Format.COUNT),
    Column(_("Participating members"), lambda line: line.participating, Format.COUNT, width=22),
    Column(_("Share"), lambda line: line.share, Format.SHARE),
)
