"""The clusters of the front page: cards under their themes, or best match first."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from clusterwerk.clusters.models import PublicProfile
from clusterwerk.clusters.queries import (
    ProfileHit,
    other_searches,
    search_profiles,
)
from clusterwerk.clusters.terms import DUTCH
from clusterwerk.clusters.themes import Theme, themes
from clusterwerk.portal.selection import Selection
from clusterwerk.portal.wording import REASONS, Words
from clusterwerk.programme.schemes import SchemeRules, scheme_rules
from clusterwerk.reporting.models import PublishedReading

MEMBERS = "members.paying"
STARTS = "agreement.start_date"
ENDS = "agreement.end_date"
SPEARHEAD = "flanders-spc"
MOST_SUGGESTIONS = 6


@dataclass(frozen=True, slots=True)
class Why:
    """A reason for a match: what kind of text was found, and the text."""

    label: Words
    text: str


@dataclass(frozen=True, slots=True)
class ClusterCard:
    """A cluster in the list: its profile, scheme, members as printed, period, why it matched."""

    hit: ProfileHit
    rules: SchemeRules
    members: PublishedReading | None = None
    starts: PublishedReading | None = None
    ends: PublishedReading | None = None

    @property
    def profile(self) -> PublicProfile:
        return self.hit.profile

    @property
    def is_spearhead(self) -> bool:
        return self.profile.scheme == SPEARHEAD

    @property
    def member_count(self) -> int:
        """Members as printed; 0 where none are."""
        return int(self.members.number or 0) if self.members else 0

    @property
    def why(self) -> list[Why]:
        """Why it was found, in words; nothing when all clusters are shown."""
        return [Why(REASONS[reason.found], str(reason)) for reason in self.hit.reasons]


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    theme: Theme
    cards: tuple[ClusterCard, ...]

    @property
    def name(self) -> str:
        return self.theme.name(get_language() or DUTCH)


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter of the list: what it leaves in, how many that are, and where it leads."""

    label: str
    count: int
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another search that finds something."""

    words: str
    count: int
    address: str


def cluster_cards(words: str, language: str) -> list[ClusterCard]:
    """Published clusters that the words find, best first; three queries at most."""
    hits = search_profiles(words, language)
    rules = scheme_rules()
    readings = first_readings([hit.profile.pk for hit in hits], (MEMBERS, STARTS, ENDS))
    return [
        ClusterCard(
            hit,
            rules[hit.profile.scheme],
            *(readings.get((hit.profile.pk, indicator)) for indicator in (MEMBERS, STARTS, ENDS)),
        )
        for hit in hits
    ]


def first_readings(
    clusters: Sequence[int], indicators: Sequence[str]
) -> dict[tuple[int | None, str], PublishedReading]:
    """The print to show of each indicator; one query."""
    rows = PublishedReading.objects.whole().filter(
        cluster_id__in=clusters, indicator__in=indicators
    )
    return {(row.cluster_id, row.indicator): row for row in rows.strongest_last()}


def selected(cards: Sequence[ClusterCard], selection: Selection) -> list[ClusterCard]:
    """Cards of the selected scheme and theme."""
    return [
        card
        for card in cards
        if selection.scheme in ("", card.profile.scheme)
        and selection.theme in ("", card.profile.theme)
    ]


def by_theme(cards: Sequence[ClusterCard]) -> list[ThemeGroup]:
    """Cards under their theme, both in the order of the theme list, without empty themes."""
    order = {key: place for theme in themes() for place, key in enumerate(theme.clusters)}
    groups = [
        ThemeGroup(theme, tuple(card for card in cards if card.profile.theme == theme.key))
        for theme in themes()
    ]
    return [
        ThemeGroup(
            group.theme,
            tuple(sorted(group.cards, key=lambda card: order.get(card.profile.slug, len(order)))),
        )
        for group in groups
        if group.cards
    ]


def scheme_facets(cards: Sequence[ClusterCard], selection: Selection) -> list[Facet]:
    """One filter for each scheme that has clusters within the selected theme, all of them first."""
    within = selected(cards, selection.but("scheme", ""))
    counts = Counter(card.profile.scheme for card in within)
    names = {rules.key: rules.name for rules in scheme_rules().values()}
    return _facets(names, counts, selection, "scheme")


def theme_facets(cards: Sequence[ClusterCard], selection: Selection, language: str) -> list[Facet]:
    """One filter for each theme that has clusters within the selected scheme."""
    within = selected(cards, selection.but("theme", ""))
    counts = Counter(card.profile.theme for card in within)
    names = {theme.key: theme.name(language) for theme in themes()}
    return _facets(names, counts, selection, "theme")


def _facets(
    names: dict[str, str], counts: Counter[str], selection: Selection, part: str
) -> list[Facet]:
    current = getattr(selection, part)
    return [
        Facet(
            label,
            counts[key],
            selection.but(part, "" if key == current else key).address,  # type: ignore[arg-type]
            key == current,
        )
        for key, label in names.items()
        if counts[key] or key == current
    ]


def suggestions(typed: str) -> list[Suggestion]:
    """Searches that find something where this one found nothing; two queries."""
    return [
        Suggestion(word, count, Selection(words=word).address)
        for word, count in other_searches(typed, MOST_SUGGESTIONS)
    ]
