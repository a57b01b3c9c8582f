"""What the public site shows; published rows only, read with no seat at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from clusterwerk.clusters.models import PublicProfile
from clusterwerk.clusters.queries import ProfileHit, search_profiles
from clusterwerk.clusters.themes import Theme, themes
from clusterwerk.portal.weave import Spot, Weave, ties, weave
from clusterwerk.programme.schemes import SchemeRules, scheme_rules
from clusterwerk.reporting.models import (
    ProjectKind,
    PublishedProjectCluster,
    PublishedReading,
)

# What the front page tells of the programme, in this order, each at its first printed place.
HEADLINES = (
    ("members.paying", "table 5"),
    ("members.new", "table 5"),
    ("collaborations.started", "table 5"),
    ("cofinancing.raised", ""),
    ("members.sme_pct", ""),
    ("members.of_several_clusters", ""),
)
MEMBERS = "members.paying"
ENDS = "agreement.end_date"


@dataclass(frozen=True, slots=True)
class ClusterCard:
    """A cluster in the list: its profile, scheme, members as printed, last day, why it matched."""

    hit: ProfileHit
    rules: SchemeRules
    members: PublishedReading | None
    ends: PublishedReading | None

    @property
    def profile(self) -> PublicProfile:
        return self.hit.profile


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    theme: Theme
    cards: tuple[ClusterCard, ...]


def headlines() -> list[PublishedReading]:
    """The figures of the front page that are published, in their order; one query."""
    rows = PublishedReading.objects.whole().filter(
        subject="programme", indicator__in=[indicator for indicator, _place in HEADLINES]
    )
    found = {}
    for row in rows.exclude(basis="target").order_by("-position"):
        for indicator, place in HEADLINES:
            if row.indicator == indicator and place in ("", row.place):
                found[indicator] = row
    return [found[indicator] for indicator, _place in HEADLINES if indicator in found]


def cluster_cards(
    words: str = "", *, language: str, scheme: str = "", theme: str = ""
) -> list[ClusterCard]:
    """Published clusters that the words find, of one scheme or theme when given; two queries."""
    hits = [
        hit
        for hit in search_profiles(words, language)
        if scheme in ("", hit.profile.scheme) and theme in ("", hit.profile.theme)
    ]
    rules = scheme_rules()
    readings = _readings([hit.profile.pk for hit in hits])
    return [
        ClusterCard(
            hit,
            rules[hit.profile.scheme],
            readings.get((hit.profile.pk, MEMBERS)),
            readings.get((hit.profile.pk, ENDS)),
        )
        for hit in hits
    ]


def _readings(clusters: Sequence[int]) -> dict[tuple[int | None, str], PublishedReading]:
    rows = PublishedReading.objects.whole().filter(
        cluster_id__in=clusters, indicator__in=(MEMBERS, ENDS)
    )
    ordered = sorted(rows, key=lambda row: (row.basis != "target", -row.position))
    return {(row.cluster_id, row.indicator): row for row in ordered}


def by_theme(cards: Sequence[ClusterCard]) -> list[ThemeGroup]:
    """Cards under their theme, in the order of the theme list, without empty themes."""
    groups = [
        ThemeGroup(theme, tuple(card for card in cards if card.profile.theme == theme.key))
        for theme in themes()
    ]
    return [group for group in groups if group.cards]


def map_of_ties(cards: Sequence[ClusterCard]) -> Weave:
    """The ring of these clusters with a strand for each pair that applied together."""
    parts: dict[int, list[str]] = {}
    slugs = {card.profile.pk: card.profile.slug for card in cards}
    rows = PublishedProjectCluster.objects.filter(project__kind=ProjectKind.APPLICATION)
    for project, cluster in rows.values_list("project_id", "cluster_id"):
        if cluster in slugs:
            parts.setdefault(project, []).append(slugs[cluster])
    spots = [
        Spot(
            key=card.profile.slug,
            name=card.profile.name,
            theme=group.theme.key,
            is_square=card.rules.key == "flanders-spc",
            members=int(card.members.number) if card.members and card.members.number else None,
        )
        for group in by_theme(cards)
        for card in group.cards
    ]
    return weave(spots, ties(parts.values()))
