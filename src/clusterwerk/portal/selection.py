"""What a visitor asked the front page for, and the addresses that ask for something else."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal
from urllib.parse import urlencode

from django.urls import reverse

from clusterwerk.clusters.queries import LONGEST_SEARCH
from clusterwerk.clusters.themes import themes
from clusterwerk.programme.schemes import scheme_rules

MAP = "map"
SLUG = re.compile(r"[-\w]{1,80}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Selection:
    """Words to find, a scheme, a theme, and whether the clusters show as list or as map.

    Empty values leave everything in; `after` is the slug of the last cluster on the page before.
    """

    words: str = ""
    scheme: str = ""
    theme: str = ""
    view: str = ""
    after: str = ""

    @property
    def is_map(self) -> bool:
        return self.view == MAP

    @property
    def address(self) -> str:
        """Where this selection shows, at the list itself."""
        return f"{self.page}#clusters"

    @property
    def page(self) -> str:
        """The page of this selection, from its top."""
        asked = {
            "find": self.words,
            "scheme": self.scheme,
            "theme": self.theme,
            "view": self.view,
            "after": self.after,
        }
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"{reverse('portal:home')}{'?' if query else ''}{query}"

    def but(self, name: Literal["words", "scheme", "theme", "view"], value: str) -> "Selection":
        """The same selection with one part changed, from its first page."""
        return replace(self, **{"after": "", name: value})

    def beyond(self, slug: str) -> "Selection":
        """The page that begins behind this cluster; the first one behind none."""
        return replace(self, after=slug)


def selection_of(asked: Mapping[str, str]) -> Selection:
    """The selection of a query string; a scheme, theme or view that does not exist is left out.

    Search words are cut where the search stops reading, so the field shows what was searched.
    """
    scheme, theme, view, after = (
        asked.get(name, "") for name in ("scheme", "theme", "view", "after")
    )
    return Selection(
        words=asked.get("find", "").strip()[:LONGEST_SEARCH],
        scheme=scheme if scheme in scheme_rules() else "",
        theme=theme if theme in {known.key for known in themes()} else "",
        view=view if view == MAP else "",
        after=after if SLUG.fullmatch(after) else "",
    )
