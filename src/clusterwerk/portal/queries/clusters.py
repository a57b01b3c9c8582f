"""The clusters of the front page: cards under their themes, or best match first."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet
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
PAGE = 48  # cards
FEW = 8  # clusters of each theme where all themes show


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
    """A theme with its clusters: all of them, or the first of `whole`, the rest at `address`."""

    theme: Theme
    cards: tuple[ClusterCard, ...]
    whole: int = 0
    address: str = ""

    @property
    def name(self) -> str:
        return self.theme.name(get_language() or DUTCH)

    @property
    def has_more(self) -> bool:
        return self.whole > len(self.cards)


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


@dataclass(frozen=True, slots=True)
class Found:
    """Every published cluster that the words find, best first; all of them without words.

    `counts` tells how many of them stand in each scheme and theme.
    """

    counts: Counter[tuple[str, str]]
    hits: tuple[ProfileHit, ...] = ()

    def number(self, selection: Selection) -> int:
        """How many of them are of the selected scheme and theme."""
        return sum(number for key, number in self.counts.items() if _is_selected(selection, *key))


def found_by(words: str, language: str) -> Found:
    """Two queries at most: without words the database counts, and nothing else is read yet."""
    if words:
        hits = tuple(search_profiles(words, language))
        return Found(Counter((hit.profile.scheme, hit.profile.theme) for hit in hits), hits)
    rows = PublicProfile.objects.order_by().values_list("scheme", "theme")
    counted = rows.annotate(number=Count("pk"))
    return Found(Counter({(scheme, theme): number for scheme, theme, number in counted}))


def profiles_of(found: Found, selection: Selection) -> QuerySet[PublicProfile]:
    """The selected profiles, as a query to narrow further."""
    profiles = PublicProfile.objects.all()
    if selection.words:
        profiles = profiles.filter(pk__in=[hit.profile.pk for hit in found.hits])
    if selection.scheme:
        profiles = profiles.filter(scheme=selection.scheme)
    if selection.theme:
        profiles = profiles.filter(theme=selection.theme)
    return profiles


def cards_of(hits: Iterable[ProfileHit]) -> list[ClusterCard]:
    """The hits as cards, in their order; one query."""
    hits, rules = list(hits), scheme_rules()
    readings = first_readings([hit.profile.pk for hit in hits], (MEMBERS, STARTS, ENDS))
    return [
        ClusterCard(
            hit,
            rules[hit.profile.scheme],
            *(readings.get((hit.profile.pk, indicator)) for indicator in (MEMBERS, STARTS, ENDS)),
        )
        for hit in hits
    ]


@dataclass(frozen=True, slots=True)
class Page:
    """Cards of one page, best first or under their themes, and the slug behind which more stand."""

    cards: tuple[ClusterCard, ...]
    groups: tuple[ThemeGroup, ...] = ()
    next: str = ""


def page_of(found: Found, selection: Selection) -> Page:
    """What was found best first, one theme page by page, or the first clusters of every theme."""
    if selection.words:
        return _page_of_hits(found, selection)
    if selection.theme:
        return _page_of_theme(found, selection)
    return _overview(found, selection)


def _page_of_hits(found: Found, selection: Selection) -> Page:
    shown = [
        hit for hit in found.hits if _is_selected(selection, hit.profile.scheme, hit.profile.theme)
    ]
    slugs = [hit.profile.slug for hit in shown]
    first = slugs.index(selection.after) + 1 if selection.after in slugs else 0
    cards = cards_of(shown[first : first + PAGE])
    return Page(tuple(cards), next=cards[-1].profile.slug if len(shown) > first + PAGE else "")


def _page_of_theme(found: Found, selection: Selection) -> Page:
    """The clusters that the theme's own list names come first, the others by name.

    Behind a cluster that is not there it begins anew.
    """
    rows = profiles_of(found, selection)
    named = sorted(rows.filter(slug__in=_named()), key=lambda one: _named().index(one.slug))
    others = rows.exclude(slug__in=_named())
    slugs = [profile.slug for profile in named]
    if selection.after in slugs:
        named = named[slugs.index(selection.after) + 1 :]
    elif last := others.filter(slug=selection.after).first():
        beyond = Q(name_sort__gt=last.name_sort) | Q(name_sort=last.name_sort, pk__gt=last.pk)
        named, others = [], others.filter(beyond)
    profiles = [*named, *others[: max(PAGE + 1 - len(named), 0)]]
    cards = cards_of(map(ProfileHit, profiles[:PAGE]))
    following = cards[-1].profile.slug if len(profiles) > PAGE else ""
    return Page(tuple(cards), tuple(by_theme(cards)), following)


def _overview(found: Found, selection: Selection) -> Page:
    """The first clusters of every theme; three queries however many clusters there are."""
    rows = profiles_of(found, selection)
    others = rows.exclude(slug__in=_named())
    few = [others.filter(theme=theme.key)[:FEW] for theme in themes()]
    profiles = [*rows.filter(slug__in=_named()), *few[0].union(*few[1:], all=True)]
    groups = tuple(
        ThemeGroup(
            group.theme,
            group.cards[:FEW],
            found.number(selection.but("theme", group.theme.key)),
            selection.but("theme", group.theme.key).address,
        )
        for group in by_theme(cards_of(map(ProfileHit, profiles)))
    )
    return Page(tuple(card for group in groups for card in group.cards), groups)


def _named() -> list[str]:
    """Slugs of the clusters that the list of themes names, in its order."""
    return [slug for theme in themes() for slug in theme.clusters]


def first_readings(
    clusters: Sequence[int], indicators: Sequence[str]
) -> dict[tuple[int | None, str], PublishedReading]:
    """The print to show of each indicator; one query."""
    rows = PublishedReading.objects.whole().filter(
        cluster_id__in=clusters, indicator__in=indicators
    )
    return {(row.cluster_id, row.indicator): row for row in rows.strongest_last()}


def _is_selected(selection: Selection, scheme: str, theme: str) -> bool:
    return selection.scheme in ("", scheme) and selection.theme in ("", theme)


def by_theme(cards: Sequence[ClusterCard]) -> list[ThemeGroup]:
    """Cards under their theme, in the order of the theme list, then by name; no empty themes."""
    order = {slug: place for place, slug in enumerate(_named())}

    def place(card: ClusterCard) -> tuple[int, str, int]:
        slug = card.profile.slug
        return order.get(slug, len(order)), card.profile.name_sort, card.profile.pk

    groups = [
        ThemeGroup(theme, tuple(card for card in cards if card.profile.theme == theme.key))
        for theme in themes()
    ]
    return [
        replace(group, cards=tuple(sorted(group.cards, key=place)))
        for group in groups
        if group.cards
    ]


def scheme_facets(found: Found, selection: Selection) -> list[Facet]:
    """One filter for each scheme that has clusters within the selected theme."""
    counts = {key: found.number(selection.but("scheme", key)) for key in scheme_rules()}
    names = {rules.key: rules.name for rules in scheme_rules().values()}
    return _facets(names, counts, selection, "scheme")


def theme_facets(found: Found, selection: Selection, language: str) -> list[Facet]:
    """One filter for each theme that has clusters within the selected scheme."""
    names = {theme.key: theme.name(language) for theme in themes()}
    counts = {key: found.number(selection.but("theme", key)) for key in names}
    return _facets(names, counts, selection, "theme")


def _facets(
    names: dict[str, str], counts: dict[str, int], selection: Selection, part: str
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
