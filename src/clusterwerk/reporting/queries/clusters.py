"""Everything about one cluster that its agency and the cluster itself may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clusterwerk.clusters.models import PublicProfile
from clusterwerk.clusters.queries import host_names
from clusterwerk.measure.concentration import Concentration, Remainder, concentration
from clusterwerk.measure.concentration import remaining_after as remaining
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.evidence import indicators
from clusterwerk.programme.models import Agreement, Target
from clusterwerk.programme.queries import Term, latest_agreement, targets_of, term_of
from clusterwerk.programme.schemes import SchemeRules, scheme_rules
from clusterwerk.reporting.indicators import labels
from clusterwerk.reporting.models import (
    CountedReading,
    PublishedProject,
    PublishedProjectCluster,
    PublishedReading,
)
from clusterwerk.reporting.queries.findings import FoundIn, documents, found_in
from clusterwerk.reporting.queries.readings import latest_counts

LEAVING = (1, 3, 5)
CONTRIBUTIONS = "contributions.contributors"


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator of a cluster: every print, the last count and the target."""

    indicator: str
    published: tuple[PublishedReading, ...]
    counted: CountedReading | None
    target: Target | None


@dataclass(frozen=True, slots=True)
class OwnConcentration:
    """How the cluster's own contributions of a working year are spread; its own seats only."""

    working_year: int
    figures: Concentration
    remainders: tuple[Remainder, ...]
    includes_demo: bool


@dataclass(frozen=True, slots=True)
class ClusterPage:
    """A cluster with its agreement, figures, projects and findings."""

    profile: PublicProfile
    hosts: tuple[str, ...]
    agreement: Agreement | None
    rules: SchemeRules | None
    term: Term | None
    rows: tuple[IndicatorRow, ...]
    projects: tuple[PublishedProject, ...]
    partners: dict[int, tuple[PublicProfile, ...]]
    found: tuple[FoundIn, ...]

    def row(self, indicator: str) -> IndicatorRow | None:
        return next((row for row in self.rows if row.indicator == indicator), None)


def cluster_page(profile: PublicProfile) -> ClusterPage:
    """Nine queries; the findings of the documents are kept by the process."""
    agreement = latest_agreement(profile.cluster_id)
    rules = scheme_rules()[agreement.scheme.key] if agreement else None
    projects = _projects(profile)
    found = found_in(documents([profile.agency_id]))
    return ClusterPage(
        profile=profile,
        hosts=host_names([profile.cluster_id]).get(profile.cluster_id, ()),
        agreement=agreement,
        rules=rules,
        term=term_of(agreement, rules) if agreement and rules else None,
        rows=tuple(_rows(profile.cluster_id)),
        projects=tuple(projects),
        partners=_partners(projects, profile),
        found=tuple(each for each in found if each.finding.subject == profile.slug),
    )


def _rows(cluster: int) -> list[IndicatorRow]:
    """Indicators in the order of their labels; others after them by key."""
    published: dict[str, list[PublishedReading]] = {}
    for reading in PublishedReading.objects.whole().filter(cluster_id=cluster).order_by("position"):
        if reading.unit != "entry":
            published.setdefault(reading.indicator, []).append(reading)
    counted = {indicator: row for (_, indicator), row in latest_counts([cluster]).items()}
    aimed = targets_of(cluster)
    order = {key: place for place, key in enumerate(labels())}
    keys = sorted({*published, *counted, *aimed}, key=lambda key: (order.get(key, len(order)), key))
    return [
        IndicatorRow(key, tuple(published.get(key, ())), counted.get(key), aimed.get(key))
        for key in keys
    ]


def _projects(profile: PublicProfile) -> list[PublishedProject]:
    rows = PublishedProject.objects.filter(parts__cluster_id=profile.cluster_id)
    return list(rows.select_related("document").order_by("kind", "position"))


def _partners(
    projects: Sequence[PublishedProject], profile: PublicProfile
) -> dict[int, tuple[PublicProfile, ...]]:
    """The other clusters of each project."""
    parts = PublishedProjectCluster.objects.filter(project__in=projects).values_list(
        "project_id", "cluster_id"
    )
    several = list(parts)
    profiles = PublicProfile.objects.in_bulk({cluster for _project, cluster in several})
    return {
        project.pk: tuple(
            profiles[cluster]
            for found, cluster in several
            if found == project.pk and cluster != profile.pk and cluster in profiles
        )
        for project in projects
    }


def own_concentration(
    seats: Seats, cluster: int, term: Term | None, day: date
) -> OwnConcentration | None:
    """The spread of this working year's contributions.

    None for anybody but the cluster's own seats, whose records they are, and before anybody
    promised anything.
    """
    indicator = indicators().get(CONTRIBUTIONS)
    if cluster not in seats.clusters or indicator is None or term is None:
        return None
    records = list(indicator.records(cluster, day))
    amounts: list[Decimal] = [record.amount for record in records]
    if not amounts:
        return None
    return OwnConcentration(
        working_year=term.working_year(day),
        figures=concentration(amounts),
        remainders=tuple(remaining(amounts, number) for number in LEAVING if number < len(amounts)),
        includes_demo=any(indicator.line(record).is_demo for record in records),
    )
