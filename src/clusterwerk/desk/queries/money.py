"""What a cluster's members promised for the working year, and how much hangs on few of them."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from clusterwerk.clusters.models import Cluster
from clusterwerk.desk.queries.position import Position
from clusterwerk.measure.cofinancing import yearly_requirement
from clusterwerk.measure.concentration import Concentration, concentration, remaining_after
from clusterwerk.platform.evidence import indicators
from clusterwerk.platform.ui.charts import CurveChart, curve_chart
from clusterwerk.programme.models import Agreement
from clusterwerk.programme.schemes import SchemeRules
from clusterwerk.reporting.queries.readings import Figure, Figures

ROOM_ON_BAR = Decimal("1.1")
SHOWN = (
    "contributions.contributors",
    "contributions.maximum",
    "contributions.median",
    "contributions.minimum",
    "contributions.to_half",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure of the contributions, counted beside published."""

    key: str
    unit: str
    counted: Decimal | int | None
    figure: Figure

    @property
    def differs(self) -> bool:
        published = self.figure.published
        return published is not None and self.counted != published.number


@dataclass(frozen=True)
class Cofinancing:
    """Promises of one working year in euro; `required` is None when no subsidy is known."""

    working_year: int | None
    found: Concentration
    required: Decimal | None
    remaining: Decimal | None
    rows: tuple[Compared, ...]
    includes_demo: bool

    @property
    def total(self) -> Decimal:
        return self.found.total

    @property
    def covered(self) -> Decimal | None:
        """Promised over required."""
        return self.total / self.required if self.required else None

    @property
    def covered_without_largest(self) -> Decimal | None:
        if not self.required or self.remaining is None:
            return None
        return self.remaining / self.required

    @property
    def leans_on_largest(self) -> bool:
        """Without the largest contributor less than the requirement remains."""
        covered = self.covered_without_largest
        return covered is not None and covered < 1

    @property
    def missing(self) -> Decimal:
        return max((self.required or Decimal(0)) - self.total, Decimal(0))

    @property
    def whole(self) -> Decimal:
        """What the whole bar stands for."""
        return max(self.total, self.required or Decimal(0), Decimal(1)) * ROOM_ON_BAR

    @property
    def largest_share(self) -> Decimal | None:
        if not self.total or self.found.maximum is None:
            return None
        return self.found.maximum / self.total

    @property
    def half_share(self) -> Decimal | None:
        """Share of the contributors that together bring half."""
        if not self.total:
            return None
        return Decimal(self.found.contributors_to_half) / self.found.contributors

    @cached_property
    def chart(self) -> CurveChart | None:
        if not self.found.lorenz:
            return None
        points = [
            (point.share_of_contributors, point.share_of_total) for point in self.found.lorenz
        ]
        return curve_chart(points, mark=self.found.contributors_to_half)


def cofinancing(
    cluster: Cluster,
    agreement: Agreement | None,
    rules: SchemeRules | None,
    position: Position,
    figures: Figures,
) -> Cofinancing:
    """The working year of the day, from the same records as the indicators of contributions."""
    records = list(indicators()["contributions.maximum"].records(cluster.pk, position.day))
    amounts = [record.amount for record in records]
    found = concentration(amounts)
    return Cofinancing(
        working_year=position.working_year,
        found=found,
        required=_required(agreement, rules, position),
        remaining=remaining_after(amounts, 1).amount if amounts else None,
        rows=_rows(found, figures),
        includes_demo=any(record.is_demo for record in records),
    )


def _required(
    agreement: Agreement | None, rules: SchemeRules | None, position: Position
) -> Decimal | None:
    if agreement is None or rules is None or position.term is None or agreement.subsidy is None:
        return None
    return yearly_requirement(agreement.subsidy, rules.subsidy.rate_pct, position.term.months)


def _rows(found: Concentration, figures: Figures) -> tuple[Compared, ...]:
    counted = {
        "contributions.contributors": found.contributors or None,
        "contributions.maximum": found.maximum,
        "contributions.median": found.median,
        "contributions.minimum": found.minimum,
        "contributions.to_half": found.contributors_to_half if found.contributors else None,
    }
    registered = indicators()
    return tuple(
        Compared(key, registered[key].unit, counted[key], figures.get(key, Figure(key)))
        for key in SHOWN
    )
