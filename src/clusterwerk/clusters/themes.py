"""Theme groups of clusters, as data (`data/themes.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

THEMES_FILE = Path(__file__).parent / "data" / "themes.toml"


@dataclass(frozen=True, slots=True)
class Theme:
    """A group of clusters; `clusters` are keys in the order of the map."""

    key: str
    names: dict[str, str]
    clusters: tuple[str, ...]

    def name(self, language: str) -> str:
        """Name in the reader's language; in English where there is none."""
        return self.names.get(language.split("-", maxsplit=1)[0], self.names["en"])


@cache
def themes() -> tuple[Theme, ...]:
    """All groups in the order in which they are shown."""
    with THEMES_FILE.open("rb") as file:
        rows = tomllib.load(file)["theme"]
    return tuple(
        Theme(row["key"], {"nl": row["nl"], "en": row["en"]}, tuple(row["clusters"]))
        for row in rows
    )


def theme_of(cluster_key: str) -> str:
    """Key of the group a cluster stands in, or an empty text when it stands in none."""
    return next((theme.key for theme in themes() if cluster_key in theme.clusters), "")
