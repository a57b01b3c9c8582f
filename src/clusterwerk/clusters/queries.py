"""Clusters as screens, exports and other rooms read them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet

from clusterwerk.clusters import search
from clusterwerk.clusters.models import Agency, Cluster, ClusterHost, PublicProfile
from clusterwerk.clusters.search import Found, Reason
from clusterwerk.clusters.themes import themes
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.prepared import Among, prepared
from clusterwerk.platform.text import folded

LONGEST_SEARCH = 200  # letters that are read of what somebody types
MOST_WORDS = 12
NEAREST = 4  # words offered for one that finds nothing


@dataclass(frozen=True, slots=True)
class ProfileHit:
    """A published cluster that was found, and why; no reasons when nothing was asked."""

    profile: PublicProfile
    reasons: tuple[Reason, ...] = ()

    @property
    def by_name(self) -> bool:
        return bool(self.reasons) and self._worst <= Found.ALIAS

    @property
    def rank(self) -> tuple[bool, Found]:
        """Name hits first, then by the weakest reason that was needed."""
        return (not self.by_name, self._worst)

    @property
    def _worst(self) -> Found:
        return max((reason.found for reason in self.reasons), default=Found.NAME)


def search_profiles(typed: str, language: str = "nl") -> list[ProfileHit]:
    """Published clusters of which every telling typed word begins some word.

    Names, aliases, theme keywords, their reviewed translations, theme groups and hosts are
    searched, without regard to case and accents. Ordered by where the words were found, then by
    name. Nothing typed gives all; signs without a letter or digit give none. Only the first
    `LONGEST_SEARCH` letters and `MOST_WORDS` words are read.
    """
    if not typed.strip():
        return [ProfileHit(profile) for profile in PublicProfile.objects.all()]
    words = searched_words(typed)
    found = list(_with_words(words)) if words else []
    texts = published_texts(found)
    hits = [
        ProfileHit(profile, search.reasons(words, texts[profile.pk], language)) for profile in found
    ]
    return sorted(hits, key=lambda hit: (hit.rank, hit.profile.name_sort))


def searched_words(typed: str) -> tuple[str, ...]:
    """The words that a search for this text looks for."""
    return search.telling(typed[:LONGEST_SEARCH])[:MOST_WORDS]


def other_searches(typed: str, most: int) -> list[tuple[str, int]]:
    """Single words that find something where these together do not, and how many clusters.

    Each typed word that finds something alone; for the others the nearest words there are. Two
    queries, whatever was typed.
    """
    profiles = list(PublicProfile.objects.all())
    known = search.vocabulary(published_texts(profiles).values())
    near = (
        word
        for typed_word in searched_words(typed)
        for word in _found_or_nearest(typed_word, profiles, known)
    )
    words = islice(dict.fromkeys(near), most)
    return [(word, _count(profiles, word)) for word in words]


def _found_or_nearest(
    word: str, profiles: list[PublicProfile], known: tuple[str, ...]
) -> tuple[str, ...]:
    return (word,) if _count(profiles, word) else search.nearest(word, known, NEAREST)


def _count(profiles: list[PublicProfile], word: str) -> int:
    return sum(f" {folded(word)}" in profile.search_text for profile in profiles)


def _with_words(words: Iterable[str]) -> QuerySet[PublicProfile]:
    profiles = PublicProfile.objects.all()
    for word in words:
        profiles = profiles.filter(search_text__contains=f" {word}")
    return profiles


def published_texts(profiles: Iterable[PublicProfile]) -> dict[int, search.Published]:
    """The texts by which each profile is found, by cluster; one query for all hosts."""
    profiles = list(profiles)
    hosts = host_names([profile.pk for profile in profiles])
    return {
        profile.pk: search.Published(
            name=profile.name,
            aliases=tuple(profile.aliases),
            keywords=tuple(profile.theme_keywords),
            themes=theme_names(profile.theme),
            hosts=hosts.get(profile.pk, ()),
        )
        for profile in profiles
    }


def theme_names(key: str) -> tuple[str, ...]:
    """Names of a theme group in every language; none for a group that is not in the list."""
    return tuple(name for theme in themes() if theme.key == key for name in theme.names.values())


def host_names(clusters: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Names of the executing organisations of each cluster, in the order of the agreement."""
    found: dict[int, tuple[str, ...]] = {}
    rows = ClusterHost.objects.filter(cluster__in=clusters).select_related("organisation")
    for host in rows.order_by("cluster_id", "position"):
        found[host.cluster_id] = (*found.get(host.cluster_id, ()), host.organisation.name)
    return found


def clusters_by_key(agency: int) -> dict[str, Cluster]:
    """Clusters of an agency that the acting seats may see, by key."""
    return {cluster.key: cluster for cluster in Cluster.objects.filter(agency_id=agency)}


def key_of_cluster(cluster: int) -> str:
    """What names it in addresses."""
    return next(key for (key,) in _keys(cluster))


@prepared
def _keys(cluster: int) -> QuerySet[Cluster, tuple[str]]:
    return Cluster.objects.filter(pk=cluster).order_by().values_list("key")


def clusters_of(seats: Seats) -> list[Cluster]:
    """Clusters in which a seat is held, by name; without a seat not even asked for."""
    held = seats.clusters
    return _clusters(sorted(held)) if held else []


@prepared
def _clusters(keys: list[int]) -> QuerySet[Cluster]:
    return Cluster.objects.filter(Among("pk", keys))


def clusters_by_agency() -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each agency with its clusters, for work that no person asked for, such as that of the night.

    Opens transactions of its own, and none stands open where it yields.
    """
    with acting(seats_of_command()):
        agencies = list(Agency.objects.values_list("pk", flat=True))
    for agency in agencies:
        with acting(seats_of_command(agency=agency)):
            clusters = tuple(Cluster.objects.filter(agency=agency).values_list("pk", flat=True))
        yield agency, clusters
