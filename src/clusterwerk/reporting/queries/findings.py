"""Which published figures of a document disagree, found from its rows."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from clusterwerk.measure.consistency import (
    Check,
    Fact,
    Finding,
    Verdict,
    load_checks,
    run_checks,
)
from clusterwerk.reporting.models import Document, PublishedReading

DATA = Path(__file__).resolve().parents[1] / "data"
OPEN = (Verdict.IMPOSSIBLE, Verdict.INCOMPATIBLE)


@dataclass(frozen=True, slots=True)
class Examined:
    """What the checks found over one document; `readings` leads from a fact's key to its row."""

    findings: tuple[Finding, ...] = ()
    readings: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundIn:
    """A finding with the document it was found in and the rows of its facts."""

    finding: Finding
    document: Document
    readings: Mapping[str, int]

    @property
    def indicators(self) -> tuple[str, ...]:
        """Every indicator the finding compares, each once."""
        sides = (self.finding.printed, self.finding.against)
        return tuple(dict.fromkeys(fact.indicator for side in sides for fact in side.facts))

    @property
    def is_open(self) -> bool:
        """Nothing explains it: no definition, date, qualifying word or rounding."""
        return self.finding.verdict in OPEN


@dataclass(frozen=True, slots=True)
class Choice:
    """Which findings are asked for; an empty part leaves all in."""

    verdict: str = ""
    subject: str = ""
    indicator: str = ""

    def holds(self, found: FoundIn) -> bool:
        return (
            self.verdict in ("", found.finding.verdict.name.lower())
            and self.subject in ("", found.finding.subject)
            and (not self.indicator or self.indicator in found.indicators)
        )


def documents(agencies: Collection[int] | None = None) -> list[Document]:
    """Documents with figures, the newest first; all, or those of these agencies."""
    rows = Document.objects.order_by("-published_on", "key")
    return list(rows if agencies is None else rows.filter(agency_id__in=agencies))


def examined_documents() -> list[Document]:
    """Documents whose figures are compared with each other: those that bring checks."""
    keys = [path.parent.name for path in DATA.glob("*/checks.toml")]
    return list(Document.objects.filter(key__in=keys).order_by("-published_on", "key"))


def found_in(sources: Iterable[Document]) -> list[FoundIn]:
    """Every finding of these documents, most serious first."""
    found = [
        FoundIn(finding, document, examined.readings)
        for document in sources
        for examined in [examined_of(document)]
        for finding in examined.findings
    ]
    return sorted(found, key=lambda each: each.finding.verdict.rank)


def findings_of(document: Document) -> tuple[Finding, ...]:
    """Findings over the document's rows, most serious first."""
    return examined_of(document).findings


def examined_of(document: Document) -> Examined:
    """Findings follow from the figures alone, so each process keeps them until an import changes
    the document's digest.
    """
    if not checks_of(document.key):
        return Examined()
    return _examined(document.pk, document.digest)


@lru_cache(maxsize=8)
def _examined(document: int, digest: str) -> Examined:  # noqa: ARG001 - part of the key
    rows = list(PublishedReading.objects.filter(document_id=document).select_related("document"))
    if not rows:
        return Examined()
    facts = [fact_of(row) for row in rows]
    findings = tuple(run_checks(checks_of(rows[0].document.key), facts))
    return Examined(findings, {row.key: row.pk for row in rows})


@lru_cache(maxsize=1024)
def checks_of(document: str) -> list[Check]:
    """The declared checks of a document; none when it brings none."""
    path = DATA / document / "checks.toml"
    return load_checks(path) if path.exists() else []


def check_of(found: FoundIn) -> Check | None:
    """The declaration of the check that found it."""
    key = found.finding.check
    return next((check for check in checks_of(found.document.key) if check.key == key), None)


def fact_of(row: PublishedReading) -> Fact:
    """The fact a published reading holds, as the checks compare it."""
    return Fact(
        indicator=row.indicator,
        subject=row.subject,
        value=row.value,
        unit=row.unit,
        place=row.place,
        document=row.document.key,
        qualifier=row.qualifier,
        basis=row.basis,
        as_of=row.as_of,
        dimension=row.dimension,
        segment=row.segment,
        attributes=row.attributes,
    )


def finding_counts(findings: Iterable[Finding]) -> Counter[str]:
    """How many findings speak of each subject: a cluster's key, or "programme"."""
    return Counter(finding.subject for finding in findings)


def by_verdict(found: Sequence[FoundIn]) -> list[tuple[Verdict, list[FoundIn]]]:
    """The findings under their class, from most to least serious, without empty classes."""
    groups = [
        (verdict, [each for each in found if each.finding.verdict is verdict])
        for verdict in Verdict
    ]
    return [(verdict, group) for verdict, group in groups if group]
