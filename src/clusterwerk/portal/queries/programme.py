"""What the front page tells of the programme, as printed."""

from collections.abc import Mapping
from dataclasses import dataclass

from clusterwerk.portal.wording import remarks_of, value_of
from clusterwerk.reporting.models import Document, PublishedReading

# In this order, each at the place named, or wherever it is printed.
HEADLINES = (
    ("members.paying", "table 5"),
    ("members.new", "table 5"),
    ("collaborations.started", "table 5"),
    ("cofinancing.raised", ""),
    ("members.sme_pct", ""),
    ("members.of_several_clusters", ""),
)
# A call of either kind: who asked, who was granted, the money and the year where printed.
NETWORKS = ("networks.applied", "networks.granted", "agreement.subsidy", "")
PROJECTS = ("applications.with_networks", "applications.approved", "", "applications.call_year")


@dataclass(frozen=True, slots=True)
class ClosedCall:
    """A decided call: applications and how many were granted; money and year where printed."""

    number: str
    applied: PublishedReading
    granted: PublishedReading
    subsidy: PublishedReading | None
    year: PublishedReading | None

    @property
    def money(self) -> str:
        """The subsidy with the words printed beside it; nothing where none is printed."""
        if self.subsidy is None:
            return ""
        return " ".join(
            [value_of(self.subsidy), *(f"({word})" for word in remarks_of(self.subsidy))]
        )


def speaking_agency() -> int:
    """The agency whose programme the front page tells of: that of the newest document, or 0.

    Figures of two programmes never stand in one row.
    """
    newest = Document.objects.order_by("-published_on", "key").values_list("agency_id", flat=True)
    return newest.first() or 0


def headlines(agency: int) -> list[PublishedReading]:
    """The figures of the front page that are published, in their order; one query."""
    rows = (
        PublishedReading.objects.whole()
        .select_related("document")
        .filter(agency_id=agency)
        .filter(subject="programme", indicator__in=[indicator for indicator, _place in HEADLINES])
        .exclude(basis="target")
        .strongest_last()
    )
    found = {
        row.indicator: row
        for row in rows
        for indicator, place in HEADLINES
        if row.indicator == indicator and place in ("", row.place)
    }
    return [found[indicator] for indicator, _place in HEADLINES if indicator in found]


def closed_calls(agency: int) -> tuple[list[ClosedCall], list[ClosedCall]]:
    """Calls for networks and calls for projects between clusters, as far as printed; one query."""
    rows = PublishedReading.objects.select_related("document").filter(
        agency_id=agency,
        subject="programme",
        dimension="call",
        indicator__in=[*NETWORKS, *PROJECTS],
    )
    printed = {(row.indicator, row.segment): row for row in rows.strongest_last()}
    return _calls(printed, NETWORKS), _calls(printed, PROJECTS)


def _calls(
    printed: Mapping[tuple[str, str], PublishedReading], kind: tuple[str, str, str, str]
) -> list[ClosedCall]:
    applied, granted, subsidy, year = kind
    numbers = sorted(segment for indicator, segment in printed if indicator == applied)
    return [
        ClosedCall(
            number,
            printed[applied, number],
            printed[granted, number],
            printed.get((subsidy, number)),
            printed.get((year, number)),
        )
        for number in numbers
        if (granted, number) in printed
    ]
