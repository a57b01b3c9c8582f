"""Which clusters applied together, as the published lists of applications tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from clusterwerk.clusters.models import PublicProfile
from clusterwerk.portal.queries.clusters import ClusterCard, by_theme
from clusterwerk.portal.weave import Spot, Strand, Weave, ties, weave
from clusterwerk.reporting.models import ProjectKind, PublishedProjectCluster

FEW = 3  # ties that a sentence can name
MOST = 60  # clusters whose names can still be read around the ring


@dataclass(frozen=True, slots=True)
class TieMap:
    """The map of ties, and what its sentence says of it; `whole` counts those not shown too."""

    weave: Weave
    whole: int

    @property
    def clusters(self) -> int:
        return len(self.weave.nodes)

    @property
    def pairs(self) -> int:
        return len(self.weave.strands)

    @property
    def ranked(self) -> list[Strand]:
        """Strongest first, then by name."""
        return sorted(self.weave.strands, key=lambda one: (-one.times, one.ends[0].name))

    @property
    def strongest(self) -> list[Strand]:
        """The ties that stand out: few, of more than one application, and no other more often."""
        most = max((strand.times for strand in self.weave.strands), default=0)
        found = [strand for strand in self.ranked if strand.times == most > 1]
        return found if len(found) <= FEW else []


def around_ring(profiles: QuerySet[PublicProfile]) -> list[PublicProfile]:
    """Those of the clusters that applied together most often, as many as the ring has room for.

    Where too few applied at all, others by name; three queries.
    """
    parts = PublishedProjectCluster.objects.filter(
        project__kind=ProjectKind.APPLICATION, cluster_id__in=profiles.order_by().values("pk")
    )
    often = parts.values("cluster_id").annotate(times=Count("pk")).order_by("-times", "cluster_id")
    tied = [row["cluster_id"] for row in often[:MOST]]
    found = list(profiles.filter(pk__in=tied))
    if len(found) < MOST:
        found += profiles.exclude(pk__in=tied)[: MOST - len(found)]
    return sorted(found, key=lambda profile: (profile.name_sort, profile.pk))


def tie_map(cards: Sequence[ClusterCard], whole: int) -> TieMap:
    """The ring of these clusters with a strand for each pair that applied together; one query."""
    slugs = {card.profile.pk: card.profile.slug for card in cards}
    parts: dict[int, list[str]] = {}
    rows = PublishedProjectCluster.objects.filter(
        project__kind=ProjectKind.APPLICATION, cluster_id__in=slugs
    )
    for project, cluster in rows.values_list("project_id", "cluster_id"):
        parts.setdefault(project, []).append(slugs[cluster])
    spots = [_spot(card, group.theme.key) for group in by_theme(cards) for card in group.cards]
    return TieMap(weave(spots, ties(parts.values())), whole)


def _spot(card: ClusterCard, theme: str) -> Spot:
    return Spot(
        key=card.profile.slug,
        name=card.profile.name,
        theme=theme,
        is_square=card.is_spearhead,
        members=card.member_count or None,
    )
