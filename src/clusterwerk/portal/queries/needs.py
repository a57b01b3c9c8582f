"""What companies often look for, as data (`data/needs.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from clusterwerk.portal.selection import Selection

NEEDS_FILE = Path(__file__).resolve().parents[1] / "data" / "needs.toml"


@dataclass(frozen=True, slots=True)
class Need:
    """A need in a reader's language, and the search that answers it."""

    label: str
    icon: str
    selection: Selection


@cache
def needs(language: str) -> tuple[Need, ...]:
    """All needs in Dutch or English, in the order of the file."""
    with NEEDS_FILE.open("rb") as file:
        rows = tomllib.load(file)["need"]
    spoken = "nl" if language.startswith("nl") else "en"
    return tuple(
        Need(row[spoken], row["icon"], Selection(words=row[f"find_{spoken}"])) for row in rows
    )
