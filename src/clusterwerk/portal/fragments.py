"""Parts of pages that depend on nothing but published rows.

They are rendered without a request, so that nothing of a visitor can get into them, and kept in
the process under the version of what is published: after an import the next request renders anew.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from clusterwerk.portal.queries import clusters, profile, programme, ties
from clusterwerk.portal.selection import Selection
from clusterwerk.portal.wording import shown


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands below the search, and how many clusters it shows."""

    html: SafeString
    count: int


@lru_cache(maxsize=8)
def ring(version: str, language: str) -> SafeString:  # noqa: ARG001 - part of the key
    """The map of ties of all clusters, beside the search; four queries."""
    cards = clusters.cluster_cards("", language)
    return render_to_string("portal/_ring.html", {"map": ties.tie_map(cards)})


def found(version: str, selection: Selection, language: str) -> Answer:
    """Everything below the search; only answers to typed words are not kept."""
    if selection.words:
        return _answer(selection, language)
    return _overview(version, selection, language)


@lru_cache(maxsize=128)
def _overview(version: str, selection: Selection, language: str) -> Answer:  # noqa: ARG001
    networks, projects = programme.closed_calls()
    figures = {
        "headlines": [shown(reading) for reading in programme.headlines()],
        "network_calls": networks,
        "project_calls": projects,
    }
    return _rendered(_clusters(selection, language) | figures)


def _answer(selection: Selection, language: str) -> Answer:
    context = _clusters(selection, language)
    if not context["every"]:
        context["suggestions"] = clusters.suggestions(selection.words, language)
    return _rendered(context)


def _rendered(context: dict[str, Any]) -> Answer:
    return Answer(render_to_string("portal/_found.html", context), len(context["cards"]))


def _clusters(selection: Selection, language: str) -> dict[str, Any]:
    every = clusters.cluster_cards(selection.words, language)
    cards = clusters.selected(every, selection)
    return {
        "selection": selection,
        "language": language,
        "every": every,
        "cards": cards,
        "groups": [] if selection.words else clusters.by_theme(cards),
        "schemes": clusters.scheme_facets(every, selection),
        "themes": clusters.theme_facets(every, selection, language),
        "map": ties.tie_map(cards) if selection.is_map else None,
        "everything": selection.but("scheme", "").but("theme", ""),
        "as_list": selection.but("view", ""),
        "as_map": selection.but("view", "map"),
    }


@lru_cache(maxsize=256)
def cluster(version: str, slug: str, language: str) -> tuple[str, SafeString]:  # noqa: ARG001
    """Name and page of a cluster; raises `PublicProfile.DoesNotExist` when there is none."""
    page = profile.cluster_page(slug)
    context = {"page": page, "language": language}
    return page.profile.name, render_to_string("portal/_cluster.html", context)
