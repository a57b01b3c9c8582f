"""The public page of one cluster, from what is printed about it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext

from clusterwerk.activities.queries import agenda
from clusterwerk.clusters.models import PublicProfile
from clusterwerk.clusters.queries import host_names
from clusterwerk.clusters.terms import DUTCH, in_language
from clusterwerk.clusters.themes import Theme, themes
from clusterwerk.portal.queries.programme import ClosedCall, closed_calls
from clusterwerk.portal.selection import Selection
from clusterwerk.portal.wording import Shown, shown, value_of
from clusterwerk.programme.queries import months_before
from clusterwerk.programme.schemes import SchemeRules, scheme_rules
from clusterwerk.reporting.figures.words import said
from clusterwerk.reporting.models import (
    Document,
    ProjectKind,
    PublishedProject,
    PublishedProjectCluster,
    PublishedReading,
)
from clusterwerk.reporting.queries.findings import documents, finding_counts, findings_of

FIGURES = (
    "members.paying",
    "collaborations.started",
    "applications.participations",
    "contributions.contributors",
    "contributions.median",
)
MINIMUM, MAXIMUM = "contributions.minimum", "contributions.maximum"
TO_HALF, CONTRIBUTORS = "contributions.to_half", "contributions.contributors"
CONTRIBUTIONS = (MINIMUM, "contributions.median", MAXIMUM, "contributions.at_maximum", TO_HALF)
REPORTED = ("members.paying", "collaborations.started")
STARTS, ENDS = "agreement.start_date", "agreement.end_date"
SUBSIDY, OUTLOOK = "agreement.subsidy", "agreement.outlook"
TARGET = "target"
NEXT_ACTIVITIES = 5


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Project:
    """A listed project, the other clusters in it, and the partners that are no clusters."""

    row: PublishedProject
    others: tuple[PublicProfile, ...]

    @property
    def is_application(self) -> bool:
        return self.row.kind == ProjectKind.APPLICATION

    @property
    def approval(self) -> str:
        """The first word of what is printed on approval: yes, probably, or nothing."""
        return self.row.approved.split(" ", maxsplit=1)[0].rstrip(",;:")

    @property
    def approval_words(self) -> str:
        """What is printed on approval, with its reason; nothing for most."""
        return said("approval", self.row.approved)


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A cluster that it applied with, and how often."""

    profile: PublicProfile
    times: int


@dataclass(frozen=True, slots=True)
class Period:
    """The term of the agreement as printed.

    Several last days where two places print different ones. Where no first day is printed,
    `computed_start` follows from the first of them and the scheme's duration.
    """

    start: PublishedReading | None
    ends: tuple[PublishedReading, ...]
    computed_start: date | None


@dataclass(frozen=True, slots=True)
class ClusterPage:
    """Everything that is published of a cluster; parts of which nothing is printed are empty."""

    profile: PublicProfile
    theme: Theme | None
    rules: SchemeRules
    hosts: tuple[str, ...]
    readings: dict[str, PublishedReading]
    period: Period
    call: ClosedCall | None
    projects: tuple[Project, ...]
    neighbours: tuple[Neighbour, ...]
    disagreements: int
    activities: tuple[agenda.Shown, ...]

    @property
    def figures(self) -> list[Shown]:
        return self._printed(FIGURES)

    @property
    def contributions(self) -> list[Shown]:
        return self._printed(CONTRIBUTIONS)

    @property
    def subsidy(self) -> PublishedReading | None:
        return self.readings.get(SUBSIDY)

    @property
    def outlook(self) -> PublishedReading | None:
        return self.readings.get(OUTLOOK)

    @property
    def origin_words(self) -> str:
        return said("origin", self.profile.origin)

    @property
    def outlook_words(self) -> str:
        return said("outlook", self.outlook.text or "") if self.outlook else ""

    @property
    def documents(self) -> list[Document]:
        """The documents that print something of this cluster, each once."""
        return list(dict.fromkeys(reading.document for reading in self.readings.values()))

    @property
    def theme_name(self) -> str:
        return self.theme.name(_language()) if self.theme else ""

    @property
    def theme_address(self) -> str:
        return Selection(theme=self.profile.theme).address

    @property
    def keyword_links(self) -> list[Link]:
        """Each theme word as the cluster wrote it, as a search."""
        return [Link(word, Selection(words=word).address) for word in self.profile.theme_keywords]

    @property
    def lead(self) -> str:
        """One sentence from scheme, theme words and hosts."""
        words = [in_language(word, _language()) for word in self.profile.theme_keywords]
        facts = {"scheme": self.rules.name, "words": ", ".join(words), "hosts": self._hosts}
        if words and self.hosts:
            return gettext("%(scheme)s around %(words)s, run by %(hosts)s.") % facts
        if words:
            return gettext("%(scheme)s around %(words)s.") % facts
        return f"{self.rules.name}."

    @property
    def _hosts(self) -> str:
        return str(get_text_list(list(self.hosts), gettext("and")))

    @property
    def contribution_sentence(self) -> str:
        """How the contributions are spread, from the printed figures; equal ones say so."""
        few, whole = (self.readings.get(key) for key in (TO_HALF, CONTRIBUTORS))
        if few is None or whole is None:
            return ""
        facts = {"few": value_of(few), "all": value_of(whole)}
        if self._is_equal:
            return gettext("All %(all)s contributing members give the same.") % facts
        return gettext("Of %(all)s contributing members %(few)s bring half of the money.") % facts

    @property
    def _is_equal(self) -> bool:
        least, most = (self.readings.get(key) for key in (MINIMUM, MAXIMUM))
        return least is not None and most is not None and least.number == most.number

    @property
    def reported(self) -> list[Shown]:
        """What the timeline tells was reached; targets are no events."""
        found = (self.readings.get(key) for key in REPORTED)
        return [shown(reading) for reading in found if reading and reading.basis != TARGET]

    def _printed(self, indicators: Iterable[str]) -> list[Shown]:
        return [shown(self.readings[key]) for key in indicators if key in self.readings]


def _language() -> str:
    return (get_language() or DUTCH).split("-", maxsplit=1)[0]


def cluster_page(slug: str) -> ClusterPage:
    """The page of a published cluster; raises `PublicProfile.DoesNotExist` for any other slug."""
    profile = PublicProfile.objects.get(slug=slug)
    rules = scheme_rules()[profile.scheme]
    rows = list(
        PublishedReading.objects.whole()
        .filter(cluster_id=profile.pk)
        .select_related("document")
        .strongest_last()
    )
    projects = _projects(profile)
    return ClusterPage(
        profile=profile,
        theme=next((theme for theme in themes() if theme.key == profile.theme), None),
        rules=rules,
        hosts=host_names([profile.pk]).get(profile.pk, ()),
        readings={row.indicator: row for row in rows},
        period=_period(rows[::-1], rules),
        call=_call(profile),
        projects=projects,
        neighbours=_neighbours(projects),
        disagreements=_disagreements(profile),
        activities=tuple(agenda.upcoming_of(profile.pk, timezone.now(), NEXT_ACTIVITIES)),
    )


def _period(rows: Sequence[PublishedReading], rules: SchemeRules) -> Period:
    start = next((row for row in rows if row.indicator == STARTS), None)
    ends: dict[date | None, PublishedReading] = {}
    for row in rows:
        if row.indicator == ENDS:
            ends.setdefault(row.day, row)
    last_day = next(iter(ends), None)
    if start or last_day is None:
        return Period(start, tuple(ends.values()), None)
    first_day = months_before(last_day + timedelta(days=1), rules.duration.months)
    return Period(None, tuple(ends.values()), first_day)


def _call(profile: PublicProfile) -> ClosedCall | None:
    if profile.call_number is None:
        return None
    networks, _projects_between = closed_calls(profile.agency_id)
    return next((call for call in networks if call.number == str(profile.call_number)), None)


def _projects(profile: PublicProfile) -> tuple[Project, ...]:
    """Worked examples first, then applications, each in the printed order; three queries."""
    rows = list(
        PublishedProject.objects.filter(parts__cluster_id=profile.pk)
        .select_related("document")
        .order_by("-kind", "position")
    )
    others: dict[int, list[int]] = {}
    parts = PublishedProjectCluster.objects.filter(project__in=rows).exclude(cluster=profile.pk)
    for project, cluster in parts.order_by("id").values_list("project_id", "cluster_id"):
        others.setdefault(project, []).append(cluster)
    profiles = PublicProfile.objects.in_bulk({pk for found in others.values() for pk in found})
    return tuple(
        Project(row, tuple(profiles[pk] for pk in others.get(row.pk, ()) if pk in profiles))
        for row in rows
    )


def _neighbours(projects: Sequence[Project]) -> tuple[Neighbour, ...]:
    """Most often first, then by name."""
    times = Counter(
        other.pk for project in projects if project.is_application for other in project.others
    )
    profiles = {other.pk: other for project in projects for other in project.others}
    found = [Neighbour(profiles[pk], number) for pk, number in times.items()]
    return tuple(sorted(found, key=lambda one: (-one.times, one.profile.name_sort)))


def _disagreements(profile: PublicProfile) -> int:
    """Findings over its agency's documents that speak of this cluster."""
    sources = documents([profile.agency_id])
    found = (finding for document in sources for finding in findings_of(document))
    return finding_counts(found)[profile.slug]
