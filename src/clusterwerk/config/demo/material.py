"""What the demo is made from: the data files, and the published figures it must agree with."""

import csv
import math
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from clusterwerk.clusters.themes import theme_of
from clusterwerk.config.demo.population import FEE_STEP, Material, Network
from clusterwerk.measure.contribution_profile import ContributionProfile
from clusterwerk.reporting.figures import read_figures
from clusterwerk.reporting.figures.rows import ContributionRow

DATA = Path(__file__).resolve().parents[1] / "data" / "demo"
YEARS_OF_SUPPORT = 3
FIGURES = Path(__file__).resolve().parents[2] / "reporting" / "data" / "flanders-2020"


@dataclass(frozen=True, slots=True)
class DemoTarget:
    """A target for a network whose own no source prints."""

    cluster: str
    indicator: str
    value: Decimal


@cache
def material() -> Material:
    with (DATA / "names.toml").open("rb") as file:
        names = tomllib.load(file)
    places = {row["nis_code"]: int(row["weight"]) for row in _rows("municipality_weights")}
    trades = {theme: tuple(words) for theme, words in names["trades"].items()}
    return Material(tuple(names["fronts"]), tuple(names["backs"]), trades, places)


def networks() -> tuple[Network, ...]:
    """The networks of table 8, in its order, each with the printed figures of its contributions."""
    return tuple(_network(row) for row in read_figures(FIGURES).contributions)


def _network(row: ContributionRow) -> Network:
    profile = ContributionProfile(
        contributors=row.contributors,
        maximum=row.contribution_max_eur,
        minimum=row.contribution_min_eur,
        median=row.contribution_median_eur,
        contributors_at_maximum=row.contributors_at_max,
        contributors_to_half=row.contributors_to_half,
    )
    return Network(row.cluster, theme_of(row.cluster), profile, _wanted(row.subsidy_eur))


def _wanted(subsidy: Decimal) -> Decimal:
    """What members bring in a year beside a subsidy of half the cost, in whole fee steps.

    Rounded up: less would not be enough.
    """
    return math.ceil(subsidy / (YEARS_OF_SUPPORT * FEE_STEP)) * FEE_STEP


def demo_targets() -> tuple[DemoTarget, ...]:
    return tuple(
        DemoTarget(row["cluster"], indicator, Decimal(value))
        for row in _rows("targets")
        for indicator, value in row.items()
        if indicator != "cluster"
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
