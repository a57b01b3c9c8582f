"""The published figures as the product carries them, for tests that hold data against them."""

import csv
from pathlib import Path

import clusterwerk.reporting

FOLDER = Path(clusterwerk.reporting.__file__).parent / "data" / "flanders-2020"


def published_rows(name: str) -> list[dict[str, str]]:
    """Rows of one file of published figures."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
