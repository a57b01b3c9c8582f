"""One typed row per file; a field is a column, in the order of the file, with how it is read.

Counts are whole numbers, money is Decimal euro, means and shares keep their printed decimals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from clusterwerk.reporting.figures.cells import (
    count,
    day,
    money,
    number,
    one_of,
    percent,
    text,
    texts,
)

SCHEMES = ("IBN", "SPC")
NETWORK = "IBN"
CALLS = ("1", "2")
EMBEDDINGS = ("independent", "embedded")
BASES = ("reported", "reported after 1 year", "target")
START_BASES = ("printed", "merged cell in the source")
QUALIFIERS = ("almost", "about", "rounded", "more than", "more than a third", "a third")
KPIS = ("unique_active_enterprises", "new_active_enterprises", "multi_party_collaborations")
PARTICIPATIONS = "participations_in_intercluster_applications"
MEASURES = (
    "effects_desired",
    "effects_realised",
    "effects_contribution",
    "collaborative_strength",
    "benefits",
)
SCALES = {"0-2": 2, "0-100": 100, "1-4": 4}
SEGMENTS = {
    "all": ("all",),
    "call": CALLS,
    "size": ("small", "medium_large"),
    "embedding": EMBEDDINGS,
    "participation": ("active", "inactive"),
}


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """Networks (IBN) carry call, embedding and figures; spearhead clusters (SPC) do not."""

    key: Annotated[str, text(key=True)]
    name: Annotated[str, text()]
    aliases: Annotated[tuple[str, ...], texts(required=False)]
    scheme: Annotated[str, one_of(SCHEMES)]
    call: Annotated[str, one_of(CALLS, required=False)]
    theme_keywords: Annotated[tuple[str, ...], texts(required=False)]
    executing_organisations: Annotated[tuple[str, ...], texts(required=False)]
    embedding: Annotated[str, one_of(EMBEDDINGS, required=False)]
    origin: Annotated[str, text(required=False)]
    start_date: Annotated[date | None, day(required=False)]
    start_basis: Annotated[str, one_of(START_BASES, required=False)]
    end_date_table3: Annotated[date | None, day(required=False)]
    end_date_table7: Annotated[date | None, day(required=False)]
    members: Annotated[int | None, count(required=False)]
    members_basis: Annotated[str, one_of(BASES, required=False)]
    collaborations: Annotated[int | None, count(required=False)]
    collaborations_basis: Annotated[str, one_of(BASES, required=False)]
    intercluster_applications: Annotated[int | None, count(required=False)]
    outlook: Annotated[str, text(required=False)]
    outlook_elsewhere: Annotated[str, text(required=False)]


@dataclass(frozen=True, slots=True)
class ContributionRow:
    cluster: Annotated[str, text(key=True, refers=True)]
    subsidy_eur: Annotated[Decimal, money()]
    contribution_max_eur: Annotated[Decimal, money()]
    contribution_min_eur: Annotated[Decimal, money()]
    contribution_median_eur: Annotated[Decimal, money()]
    contributors_at_max: Annotated[int, count()]
    contributors_to_half: Annotated[int, count()]
    contributors: Annotated[int, count()]
    printed_share_pct: Annotated[Decimal, percent()]


@dataclass(frozen=True, slots=True)
class KpiRow:
    kpi: Annotated[str, one_of(KPIS, key=True)]
    reported: Annotated[int, count()]
    target_after_3_years: Annotated[int, count()]
    printed_share_pct: Annotated[Decimal, number()]
    as_of: Annotated[str, text()]


@dataclass(frozen=True, slots=True)
class KpiByEmbeddingRow:
    kpi: Annotated[str, one_of((*KPIS, PARTICIPATIONS), key=True)]
    embedding: Annotated[str, one_of(EMBEDDINGS, key=True)]
    reported: Annotated[int, count()]
    as_of: Annotated[str, text()]


@dataclass(frozen=True, slots=True)
class PrintedAgainRow:
    """``where`` names the place; what follows a colon or a semicolon is a remark."""

    kpi: Annotated[str, text(key=True)]
    value: Annotated[Decimal, number()]
    qualifier: Annotated[str, one_of(QUALIFIERS, required=False)]
    where: Annotated[str, text(key=True)]


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    title: Annotated[str, text(key=True)]
    title_basis: Annotated[str, text()]
    clusters: Annotated[tuple[str, ...], texts(refers=True)]
    other_participants: Annotated[tuple[str, ...], texts(required=False)]
    approved: Annotated[str, text(required=False)]


@dataclass(frozen=True, slots=True)
class CallRow:
    call: Annotated[str, one_of((*CALLS, "total"), key=True)]
    year: Annotated[int | None, count(required=False)]
    matchmaking_by_agency: Annotated[str, one_of(("yes", "no"), required=False)]
    applications: Annotated[int | None, count(required=False)]
    applications_with_networks: Annotated[int, count()]
    approved_with_networks: Annotated[int, count()]


@dataclass(frozen=True, slots=True)
class CollaborationRow:
    cluster: Annotated[str, text(key=True, refers=True)]
    title: Annotated[str, text(key=True)]
    instrument: Annotated[str, text()]
    years: Annotated[int | None, count(required=False)]
    partners: Annotated[tuple[str, ...], texts()]


@dataclass(frozen=True, slots=True)
class FactRow:
    """One named figure of the running text; the unit follows from its name."""

    fact: Annotated[str, text(key=True)]
    value: Annotated[Decimal, number()]
    qualifier: Annotated[str, one_of(QUALIFIERS, required=False)]
    where: Annotated[str, text()]


@dataclass(frozen=True, slots=True)
class MeanRow:
    measure: Annotated[str, one_of(MEASURES, key=True)]
    scale: Annotated[str, one_of(SCALES)]
    segment_dimension: Annotated[str, one_of(SEGMENTS, key=True)]
    segment: Annotated[str, text(key=True)]
    mean: Annotated[Decimal, number()]
    label_basis: Annotated[str, text()]
