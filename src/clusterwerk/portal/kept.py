"""Pages and parts of pages that depend on nothing but published rows, kept in the process.

They are kept under the version of what is published, so that a second after an import the next
request renders anew. They are rendered without a visitor: nothing of one can get to another, and
because they hold no secret they are kept compressed as well.
"""

import gzip
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import resolve
from django.utils.safestring import SafeString

from clusterwerk.clusters.queries import ProfileHit
from clusterwerk.platform.access import reading
from clusterwerk.platform.ui.context import THEME_COOKIE, THEMES
from clusterwerk.portal.queries import clusters, profile, programme, ties
from clusterwerk.portal.queries.needs import needs
from clusterwerk.portal.selection import Selection
from clusterwerk.portal.wording import shown
from clusterwerk.reporting.queries.version import published_version

VARIES = {"Vary": "Accept-Encoding, Cookie"}


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


def page_for(request: HttpRequest, asked: Asked, version: str) -> HttpResponse:
    """The page as this visitor gets it."""
    if not (asked.may_be_kept and _is_plain(request, asked)):
        return HttpResponse(
            render_to_string(asked.template, asked.context(version), request=request)
        )
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return _page(version, asked, theme if theme in THEMES else "").answer(request)


@dataclass(frozen=True, slots=True)
class Page:
    """A rendered page as it goes over the wire, plain and compressed."""

    plain: bytes
    packed: bytes

    def answer(self, request: HttpRequest) -> HttpResponse:
        if "gzip" not in request.headers.get("Accept-Encoding", ""):
            return HttpResponse(self.plain, headers=VARIES)
        return HttpResponse(self.packed, headers={**VARIES, "Content-Encoding": "gzip"})


def _is_plain(request: HttpRequest, asked: Asked) -> bool:
    """A visitor without session and message, at exactly the address that is kept."""
    personal = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}
    return not personal & set(request.COOKIES) and request.get_full_path() == asked.address


@lru_cache(maxsize=512)
def _page(version: str, asked: Asked, theme: str) -> Page:
    request = _nobodys(asked.address, theme)
    plain = render_to_string(asked.template, asked.context(version), request=request).encode()
    return Page(plain, gzip.compress(plain, mtime=0))


def _nobodys(address: str, theme: str) -> HttpRequest:
    """A request that nobody made, so that the frame of the page holds nothing of a visitor."""
    request = HttpRequest()
    request.method = "GET"
    request.path, _mark, request.META["QUERY_STRING"] = address.partition("?")
    request.COOKIES = {THEME_COOKIE: theme}
    request.user = AnonymousUser()
    request.resolver_match = resolve(request.path)
    return request
