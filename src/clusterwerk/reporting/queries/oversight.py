"""The whole portfolio of an agency in one table."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clusterwerk.clusters.models import PublicProfile
from clusterwerk.clusters.queries import host_names
from clusterwerk.platform.text import folded
from clusterwerk.programme.models import Agreement
from clusterwerk.programme.queries import Term, months_before, term_of
from clusterwerk.programme.schemes import SchemeRules, scheme_rules
from clusterwerk.reporting.models import PublishedReading
from clusterwerk.reporting.queries.findings import FoundIn
from clusterwerk.reporting.queries.readings import Figure, Figures, figures_of_clusters

NOTHING = Figure("")
FEW_CARRY_BELOW = Decimal("0.15")  # share of contributors that bring half; the mock's threshold
# What the agreements say of a cluster's future when nobody knows it.
OUTLOOK_OPEN = ("", "unclear", "not yet clear")
SHOWN = (
    "members.paying",
    "collaborations.started",
    "applications.participations",
    "agreement.subsidy",
    "contributions.minimum",
    "contributions.maximum",
    "contributions.median",
    "contributions.at_maximum",
    "contributions.to_half",
    "contributions.contributors",
)
PROGRAMME_INDICATORS = ("members.paying", "members.new", "collaborations.started")


@dataclass(frozen=True, slots=True)
class OversightRow:
    """One cluster of the portfolio with its agreement and figures.

    `disagreements` counts the findings about it that nothing explains.
    """

    profile: PublicProfile
    agreement: Agreement
    rules: SchemeRules
    term: Term
    hosts: tuple[str, ...]
    figures: Figures
    disagreements: int

    def figure(self, indicator: str) -> Figure:
        return self.figures.get(indicator, NOTHING)

    @property
    def half_share(self) -> Decimal | None:
        """Share of the contributors that bring half, as published."""
        few, all_ = self.figure("contributions.to_half"), self.figure("contributions.contributors")
        if not few.number or not all_.number:
            return None
        return few.number / all_.number

    @property
    def few_carry(self) -> bool:
        return self.half_share is not None and self.half_share < FEW_CARRY_BELOW

    @property
    def has_warning(self) -> bool:
        return self.few_carry or bool(self.disagreements)

    @property
    def outlook_is_open(self) -> bool:
        return self.agreement.outlook in OUTLOOK_OPEN


@dataclass(frozen=True, slots=True)
class Selection:
    """What of the table is shown and in which order; empty values leave everything in."""

    words: str = ""
    scheme: str = ""
    call: str = ""
    embedding: str = ""
    only_warnings: bool = False
    order: str = "name"
    descending: bool = False

    def holds(self, row: OversightRow) -> bool:
        return (
            (not self.scheme or row.agreement.scheme.key == self.scheme)
            and (not self.call or str(row.profile.call_number or "") == self.call)
            and (not self.embedding or row.profile.embedding == self.embedding)
            and (not self.only_warnings or row.has_warning)
            and self._finds(row)
        )

    def _finds(self, row: OversightRow) -> bool:
        text = folded(" ".join([row.profile.name, *row.profile.aliases, *row.hosts]))
        return all(word in text for word in folded(self.words).split())


def portfolio(agencies: Collection[int], found: Sequence[FoundIn] = ()) -> list[OversightRow]:
    """Every cluster with an agreement of these agencies, by name; five queries in all.

    `found` are the findings over the agencies' documents.
    """
    agreements = list(
        Agreement.objects.filter(agency_id__in=agencies)
        .select_related("scheme", "call")
        .order_by("cluster_id", "-ends_on")
        .distinct("cluster_id")
    )
    clusters = [agreement.cluster_id for agreement in agreements]
    profiles = PublicProfile.objects.in_bulk(clusters)
    figures = figures_of_clusters(clusters, indicators=SHOWN)
    hosts, rules = host_names(clusters), scheme_rules()
    disagree = Counter(each.finding.subject for each in found if each.is_open)
    rows = [
        OversightRow(
            profile=profiles[agreement.cluster_id],
            agreement=agreement,
            rules=rules[agreement.scheme.key],
            term=term_of(agreement, rules[agreement.scheme.key]),
            hosts=hosts.get(agreement.cluster_id, ()),
            figures=figures.get(agreement.cluster_id, {}),
            disagreements=disagree[profiles[agreement.cluster_id].slug],
        )
        for agreement in agreements
        if agreement.cluster_id in profiles
    ]
    return sorted(rows, key=lambda row: row.profile.name_sort)


SortValue = str | Decimal | int | date | None
SORTS: dict[str, Callable[[OversightRow], SortValue]] = {
    "name": lambda row: row.profile.name_sort,
    "scheme": lambda row: row.agreement.scheme.key,
    "call": lambda row: row.profile.call_number,
    "embedding": lambda row: row.profile.embedding,
    "ends": lambda row: row.agreement.ends_on,
    "members": lambda row: row.figure("members.paying").number,
    "collaborations": lambda row: row.figure("collaborations.started").number,
    "applications": lambda row: row.figure("applications.participations").number,
    "subsidy": lambda row: row.agreement.subsidy,
    "maximum": lambda row: row.figure("contributions.maximum").number,
    "median": lambda row: row.figure("contributions.median").number,
    "at_maximum": lambda row: row.figure("contributions.at_maximum").number,
    "half": lambda row: row.half_share,
    "outlook": lambda row: folded(row.agreement.outlook),
    "warnings": lambda row: row.few_carry + row.disagreements,
}


def select(rows: Sequence[OversightRow], selection: Selection) -> list[OversightRow]:
    """The rows that the selection holds, in its order; rows without the value come last."""
    held = [row for row in rows if selection.holds(row)]
    value = SORTS.get(selection.order, SORTS["name"])
    known = [row for row in held if value(row) not in (None, "")]
    unknown = [row for row in held if value(row) in (None, "")]
    ordered = sorted(known, key=value, reverse=selection.descending)  # type: ignore[arg-type]  # one column, one type
    return [*ordered, *unknown]


@dataclass(frozen=True, slots=True)
class RowSum:
    """A sum over rows of the table; `rows` is how many had a value."""

    number: Decimal
    rows: int


def published_sum(rows: Sequence[OversightRow], indicator: str) -> RowSum:
    """Sum of what was reported; targets that stand in for a report are left out."""
    figures = [row.figure(indicator) for row in rows]
    return _sum([f.published.number for f in figures if f.published and not f.is_target_only])


def counted_sum(rows: Sequence[OversightRow], indicator: str) -> RowSum:
    """Sum of the counted values; an organisation in two clusters counts twice."""
    figures = [row.figure(indicator) for row in rows]
    return _sum([figure.counted.number for figure in figures if figure.counted])


def _sum(values: Sequence[Decimal | None]) -> RowSum:
    known = [value for value in values if value is not None]
    return RowSum(sum(known, Decimal(0)), len(known))


@dataclass(frozen=True, slots=True)
class Decisions:
    """What asks for a decision on a day."""

    few_carry: tuple[OversightRow, ...]
    ending: tuple[OversightRow, ...]
    disagreements: int


def decisions(rows: Sequence[OversightRow], found: Sequence[FoundIn], day: date) -> Decisions:
    """Networks that few members carry, agreements that end within a year of the day while nobody
    knows what comes after, and the figures that nothing explains.
    """
    in_a_year = months_before(day, -12)
    ending = [
        row for row in rows if day <= row.agreement.ends_on <= in_a_year and row.outlook_is_open
    ]
    return Decisions(
        few_carry=tuple(row for row in rows if row.few_carry),
        ending=tuple(sorted(ending, key=lambda row: row.agreement.ends_on)),
        disagreements=sum(each.is_open for each in found),
    )


@dataclass(frozen=True, slots=True)
class ProgrammeTotal:
    """A programme indicator against its target, as the document prints them."""

    indicator: str
    reported: PublishedReading | None
    target: PublishedReading | None
    disagreements: int = 0

    @property
    def share(self) -> Decimal | None:
        """Reported over target; what both are is as printed, the share is ours."""
        if self.reported is None or self.target is None or not self.target.number:
            return None
        return None if self.reported.number is None else self.reported.number / self.target.number


def programme_totals(
    agencies: Collection[int], found: Sequence[FoundIn] = ()
) -> list[ProgrammeTotal]:
    """The three programme indicators with their targets, as printed; one query."""
    rows = (
        PublishedReading.objects.whole()
        .filter(agency_id__in=agencies, subject="programme", indicator__in=PROGRAMME_INDICATORS)
        .strongest_last()
    )
    first = {(row.indicator, row.basis == "target"): row for row in rows}
    return [
        ProgrammeTotal(
            indicator,
            first.get((indicator, False)),
            first.get((indicator, True)),
            sum(each.is_open and indicator in each.indicators for each in found),
        )
        for indicator in PROGRAMME_INDICATORS
    ]
