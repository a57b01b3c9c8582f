"""Names of indicators in the reader's language, as data (`data/indicators.toml`)."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from clusterwerk.platform.evidence import indicators

FILE = Path(__file__).parent / "data" / "indicators.toml"


@dataclass(frozen=True, slots=True)
class Label:
    """An indicator's short name in both languages, and the unit its figures are printed in."""

    key: str
    name_nl: str
    name_en: str
    unit: str

    @property
    def name(self) -> str:
        return self.name_nl if (get_language() or "nl").startswith("nl") else self.name_en


@cache
def labels() -> dict[str, Label]:
    """Every label by key, in the order of the file."""
    with FILE.open("rb") as file:
        rows = tomllib.load(file)["indicator"]
    return {row["key"]: Label(**row) for row in rows}


def indicator_name(key: str) -> str:
    """The label; of an indicator that only counts, its own name; otherwise the key itself."""
    label = labels().get(key)
    if label is not None:
        return label.name
    counted = indicators().get(key)
    return str(counted.name) if counted else key
