"""The home of a cluster's team: its figures against target, its money, and what needs it today."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterwerk.clusters.models import Cluster, PublicProfile
from clusterwerk.desk.queries.money import Cofinancing, cofinancing
from clusterwerk.desk.queries.position import Moment, Position
from clusterwerk.desk.queries.shares import written
from clusterwerk.desk.queries.today import SOON, Task, tasks
from clusterwerk.measure.trajectory import Standing, expected_after, standing
from clusterwerk.members.models import Membership
from clusterwerk.members.queries import PathCount, ending_by, member_path
from clusterwerk.members.queries.capacity import team_capacity
from clusterwerk.platform.evidence import Count, count, indicators
from clusterwerk.platform.ui.charts import TraceChart, trace_chart
from clusterwerk.programme.models import Agreement
from clusterwerk.programme.queries import latest_agreement, targets_of, term_of
from clusterwerk.programme.schemes import Indicator as Asked
from clusterwerk.programme.schemes import SchemeRules, scheme_rules
from clusterwerk.reporting.models import CountedReading
from clusterwerk.reporting.queries.findings import documents, found_in
from clusterwerk.reporting.queries.readings import Figure, Figures, figures_of_clusters
from clusterwerk.reporting.queries.version import cluster_version

LONGEST_PATH = 48  # months whose years all get a label
ROOM_ON_BAR = Decimal("1.1")


@dataclass(frozen=True)
class IndicatorCard:
    """One programme indicator: counted, published and due, side by side and never mixed."""

    name: str
    definition: str
    counted: Count | None
    figure: Figure
    position: Position
    path: tuple[tuple[date, int], ...] = ()

    @property
    def number(self) -> Decimal | None:
        return self.counted.number if self.counted else None

    @property
    def target(self) -> Decimal | None:
        return self.figure.target.value if self.figure.target else None

    @property
    def months_due(self) -> int:
        return self.figure.target.due_after_months if self.figure.target else 0

    @property
    def expected(self) -> Decimal | None:
        """What is due by now, on an even growth."""
        if self.target is None:
            return None
        return written(expected_after(self.target, self.position.months_passed, self.months_due))

    @property
    def standing(self) -> Standing:
        return standing(self.number, self.target, self.position.months_passed, self.months_due)

    @property
    def missing(self) -> Decimal:
        """What is still to go; zero once the target is reached."""
        return max((self.target or Decimal(0)) - (self.number or Decimal(0)), Decimal(0))

    @property
    def whole(self) -> Decimal:
        """What the whole bar stands for."""
        return max(self.target or Decimal(0), self.number or Decimal(0), Decimal(1)) * ROOM_ON_BAR

    @property
    def stands_as_recorded(self) -> bool:
        """Whether the last recorded count rests on the same records as the one shown."""
        recorded = self.figure.counted
        return (
            recorded is not None
            and self.counted is not None
            and recorded.evidence_digest == self.counted.evidence_digest
        )

    @cached_property
    def chart(self) -> TraceChart | None:
        if self.target is None or not self.path or self.position.term is None:
            return None
        place = self.position.share_of
        due = Fraction(self.months_due, self.position.term.months)
        return trace_chart(
            [(place(day), number) for day, number in self.path],
            self.target,
            due=due,
            ticks=[(place(moment.day), _label(moment)) for moment in _labelled(self.position)],
        )


def _labelled(position: Position) -> list[Moment]:
    moments = position.moments()
    if not moments or moments[-1].months <= LONGEST_PATH:
        return list(moments)
    return [moments[0], moments[len(moments) // 2], moments[-1]]


def _label(moment: Moment) -> str:
    if not moment.months:
        return _("start")
    return _("%(number)s mo") % {"number": moment.months}


@dataclass(frozen=True, slots=True)
class ClusterDesk:
    """All that the home of a cluster shows; `drawn` keeps its parts as drawn, by template."""

    cluster: Cluster
    profile: PublicProfile | None
    agreement: Agreement | None
    rules: SchemeRules | None
    position: Position
    cards: tuple[IndicatorCard, ...]
    money: Cofinancing
    tasks: tuple[Task, ...]
    drawn: dict[tuple[str, str], SafeString] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def includes_demo(self) -> bool:
        return any(card.counted and card.counted.includes_demo for card in self.cards)

    @property
    def has_demo_target(self) -> bool:
        return any(card.figure.target and card.figure.target.is_demo for card in self.cards)


def cluster_desk(cluster: Cluster, today: date) -> ClusterDesk:
    """The home of one cluster as it stands today; one query when nothing changed."""
    return _read(cluster_version(cluster.pk), cluster, today, get_language() or "")


@lru_cache(maxsize=64)
def _read(_version: str, cluster: Cluster, today: date, _language: str) -> ClusterDesk:
    agreement = latest_agreement(cluster.pk)
    rules = scheme_rules()[agreement.scheme.key] if agreement else None
    term = term_of(agreement, rules) if agreement and rules else None
    position = Position(today, term)
    figures = _figures(cluster, position)
    profile = PublicProfile.objects.filter(pk=cluster.pk).first()
    cards = _cards(cluster, rules, position, figures)
    money = cofinancing(cluster, agreement, rules, position, figures)
    return ClusterDesk(
        cluster=cluster,
        profile=profile,
        agreement=agreement,
        rules=rules,
        position=position,
        cards=cards,
        money=money,
        tasks=tasks(
            position=position,
            agreement=agreement,
            disagreements=_disagreements(cluster, profile),
            ending=ending_by(cluster.pk, today, today + SOON),
            half_share=money.half_share,
            promises_too_much=team_capacity(cluster.pk, today).promises_too_much,
            is_recorded=all(card.stands_as_recorded for card in cards if card.counted),
            has_members=Membership.objects.filter(cluster=cluster).exists(),
        ),
    )


def _figures(cluster: Cluster, position: Position) -> Figures:
    """Figures of the cluster; a count recorded for the day itself goes before later ones."""
    found = figures_of_clusters([cluster.pk], targets_of(cluster.pk).values()).get(cluster.pk, {})
    recorded = CountedReading.objects.filter(cluster=cluster, day=position.day)
    for reading in recorded.order_by("indicator", "-id").distinct("indicator"):
        figure = found.get(reading.indicator, Figure(reading.indicator))
        found[reading.indicator] = replace(figure, counted=reading)
    return found


def _disagreements(cluster: Cluster, profile: PublicProfile | None) -> int:
    """Findings about the cluster that nothing explains."""
    if profile is None:
        return 0
    found = found_in(documents([cluster.agency_id]))
    return sum(each.is_open and each.finding.subject == profile.slug for each in found)


def _cards(
    cluster: Cluster, rules: SchemeRules | None, position: Position, figures: Figures
) -> tuple[IndicatorCard, ...]:
    if rules is None:
        return ()
    path = _path(cluster, position)
    return tuple(_card(asked, cluster, position, figures, path) for asked in rules.indicator)


def _path(cluster: Cluster, position: Position) -> Sequence[PathCount]:
    days = position.days_of_path()
    if not days or position.term is None:
        return ()
    return member_path(cluster.pk, position.term.first_day, days)


def _card(
    asked: Asked,
    cluster: Cluster,
    position: Position,
    figures: Figures,
    path: Sequence[PathCount],
) -> IndicatorCard:
    indicator = indicators().get(asked.key)
    counts = {
        "members.paying": [(point.day, point.paying) for point in path],
        "members.new": [(point.day, point.new) for point in path],
    }
    return IndicatorCard(
        name=asked.name,
        definition=str(indicator.definition) if indicator else "",
        counted=count(indicator, cluster.pk, position.day) if indicator else None,
        figure=figures.get(asked.key, Figure(asked.key)),
        position=position,
        path=tuple(counts.get(asked.key, ())),
    )
