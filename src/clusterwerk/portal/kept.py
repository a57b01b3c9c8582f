"""What the portal shows, kept in the process under the version of what is published.

A second after an import the next request renders anew.
"""

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from clusterwerk.clusters.queries import ProfileHit
from clusterwerk.platform.access import reading
from clusterwerk.portal.queries import clusters, profile, programme, ties
from clusterwerk.portal.queries.needs import needs
from clusterwerk.portal.selection import Selection
from clusterwerk.portal.wording import shown
from clusterwerk.reporting.queries.version import published_version


@dataclass(frozen=True, slots=True)
class Known:
    """The version of what is published as it was at a moment of the process's own clock."""

    version: str
    since: float


# For each database by itself: rows of a replica that lags are never kept under a newer version.
_known: dict[str, Known] = {}


def version() -> str:
    """The version of what is published where we read, at most `PUBLIC_LAG_SECONDS` old."""
    now, place = time.monotonic(), reading.alias()
    known = _known.get(place)
    if known is None or now - known.since >= settings.PUBLIC_LAG_SECONDS:
        known = _known[place] = Known(published_version(), now)
    return known.version


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands below the search, and how many clusters it shows."""

    html: SafeString
    count: int


@lru_cache(maxsize=8)
def ring(version: str, language: str) -> SafeString:  # noqa: ARG001 - part of the key
    """The map of ties of all clusters, beside the search."""
    return render_to_string("portal/_ring.html", {"map": _map(Selection(), language)})


def _map(selection: Selection, language: str) -> ties.TieMap:
    """Six queries at most."""
    found = clusters.found_by(selection.words, language)
    profiles = ties.around_ring(clusters.profiles_of(found, selection))
    cards = clusters.cards_of(map(ProfileHit, profiles))
    return ties.tie_map(cards, found.number(selection))


def found(version: str, selection: Selection, language: str) -> Answer:
    """Everything below the search; only answers to typed words are not kept."""
    if selection.words:
        return _answer(selection, language)
    return _overview(version, selection, language)


@lru_cache(maxsize=128)
def _overview(version: str, selection: Selection, language: str) -> Answer:  # noqa: ARG001
    agency = programme.speaking_agency()
    networks, projects = programme.closed_calls(agency)
    figures = {
        "headlines": [shown(reading) for reading in programme.headlines(agency)],
        "network_calls": networks,
        "project_calls": projects,
    }
    return _rendered(_clusters(selection, language) | figures)


def _answer(selection: Selection, language: str) -> Answer:
    context = _clusters(selection, language)
    if not context["every"]:
        context["suggestions"] = clusters.suggestions(selection.words)
    return _rendered(context)


def _rendered(context: dict[str, Any]) -> Answer:
    return Answer(render_to_string("portal/_found.html", context), context["count"])


def _clusters(selection: Selection, language: str) -> dict[str, Any]:
    found = clusters.found_by(selection.words, language)
    page = clusters.Page(()) if selection.is_map else clusters.page_of(found, selection)
    return {
        "selection": selection,
        "language": language,
        "every": found.counts.total(),
        "count": found.number(selection),
        "page": page,
        "schemes": clusters.scheme_facets(found, selection),
        "themes": clusters.theme_facets(found, selection, language),
        "map": _map(selection, language) if selection.is_map else None,
        "everything": selection.but("scheme", "").but("theme", ""),
        "as_list": selection.but("view", ""),
        "as_map": selection.but("view", "map"),
        "first": selection.beyond("").address if selection.after else "",
        "next": selection.beyond(page.next).address if page.next else "",
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """A page somebody asks for: its template, its address, and what it shows in which language.

    The subject is the selection of the front page, or the slug of a cluster.
    """

    template: str
    address: str
    language: str
    subject: Selection | str

    def context(self, version: str) -> dict[str, Any]:
        """What the template shows; raises `PublicProfile.DoesNotExist` for an unknown slug."""
        if isinstance(self.subject, str):
            return {"page": profile.cluster_page(self.subject)}
        return {
            "selection": self.subject,
            "found": found(version, self.subject, self.language),
            "needs": needs(self.language),
            "ring": ring(version, self.language),
        }

    @property
    def may_be_kept(self) -> bool:
        """Typed words are without number, and somebody's own."""
        return isinstance(self.subject, str) or not self.subject.words
