"""One figure as a screen shows it: what is printed and what is counted, side by side."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from clusterwerk.programme.models import Target
from clusterwerk.reporting.models import CountedReading, PublishedReading


@dataclass(frozen=True, slots=True)
class Figure:
    """The published and the counted value of one indicator; they are never mixed.

    `targets_only` says that the published value is a target, because nothing was reported yet.
    """

    indicator: str
    published: PublishedReading | None = None
    counted: CountedReading | None = None
    target: Target | None = None

    @property
    def number(self) -> Decimal | None:
        """What sorts and fills a bar: the published number, else the counted one."""
        if self.published is not None:
            return self.published.number
        return self.counted.number if self.counted else None

    @property
    def is_target_only(self) -> bool:
        return self.published is not None and self.published.basis == "target"


Figures = dict[str, Figure]


def figures_of_clusters(
    clusters: Iterable[int], targets: Iterable[Target] = (), indicators: Collection[str] = ()
) -> dict[int, Figures]:
    """Figures of several clusters by cluster and indicator; two queries however many there are.

    Of all indicators, or only of those given.

    Of the published readings the reported value wins over the target of the same indicator; of the
    counted ones the latest day wins.
    """
    wanted = list(clusters)
    published = _published(wanted, indicators)
    counted = latest_counts(wanted, indicators)
    aimed = {(target.cluster_id, target.indicator): target for target in targets}
    found: dict[int, Figures] = defaultdict(dict)
    for cluster, indicator in {*published, *counted, *aimed}:
        if cluster is not None:
            key = (cluster, indicator)
            found[cluster][indicator] = Figure(
                indicator, published.get(key), counted.get(key), aimed.get(key)
            )
    return dict(found)


def _published(
    clusters: list[int], indicators: Collection[str]
) -> dict[tuple[int | None, str], PublishedReading]:
    rows = PublishedReading.objects.whole().filter(cluster_id__in=clusters)
    if indicators:
        rows = rows.filter(indicator__in=indicators)
    return {(row.cluster_id, row.indicator): row for row in rows.strongest_last()}


def latest_counts(
    clusters: Iterable[int], indicators: Collection[str] = ()
) -> dict[tuple[int | None, str], CountedReading]:
    """What was counted last, by cluster and indicator, as far as the reader may see it."""
    rows = CountedReading.objects.filter(cluster_id__in=list(clusters))
    if indicators:
        rows = rows.filter(indicator__in=indicators)
    latest = rows.order_by("cluster_id", "indicator", "-day", "-id")
    return {
        (row.cluster_id, row.indicator): row for row in latest.distinct("cluster_id", "indicator")
    }
