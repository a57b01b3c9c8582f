"""Which clusters applied together, as the published lists of applications tell."""

from collections.abc import Sequence
from dataclasses import dataclass

from clusterwerk.portal.queries.clusters import ClusterCard, by_theme
from clusterwerk.portal.weave import Spot, Strand, Weave, ties, weave
from clusterwerk.reporting.models import ProjectKind, PublishedProjectCluster

FEW = 3  # ties that a sentence can name


@dataclass(frozen=True, slots=True)
class TieMap:
    """The map of ties, and what its sentence says of it."""

    weave: Weave

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


def tie_map(cards: Sequence[ClusterCard]) -> TieMap:
    """The ring of these clusters with a strand for each pair that applied together; one query."""
    slugs = {card.profile.pk: card.profile.slug for card in cards}
    parts: dict[int, list[str]] = {}
    rows = PublishedProjectCluster.objects.filter(project__kind=ProjectKind.APPLICATION)
    for project, cluster in rows.values_list("project_id", "cluster_id"):
        if cluster in slugs:
            parts.setdefault(project, []).append(slugs[cluster])
    spots = [_spot(card, group.theme.key) for group in by_theme(cards) for card in group.cards]
    return TieMap(weave(spots, ties(parts.values())))


def _spot(card: ClusterCard, theme: str) -> Spot:
    return Spot(
        key=card.profile.slug,
        name=card.profile.name,
        theme=theme,
        is_square=card.is_spearhead,
        members=card.member_count or None,
    )
