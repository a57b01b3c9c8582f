"""Which published figures of a document disagree, found from its rows."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from clusterwerk.measure.consistency import Check, Fact, Finding, load_checks, run_checks
from clusterwerk.reporting.models import Document, PublishedReading

DATA = Path(__file__).resolve().parents[1] / "data"


def documents() -> list[Document]:
    return list(Document.objects.order_by("-published_on", "key"))


def findings_of(document: Document) -> tuple[Finding, ...]:
    """Findings over the document's rows, most serious first.

    They follow from the figures alone, so each process keeps them until an import changes the
    document's digest.
    """
    return _found(document.pk, document.digest)


@lru_cache(maxsize=8)
def _found(document: int, digest: str) -> tuple[Finding, ...]:  # noqa: ARG001 - part of the key
    rows = PublishedReading.objects.filter(document_id=document).select_related("document")
    facts = [fact_of(row) for row in rows]
    if not facts:
        return ()
    return tuple(run_checks(checks_of(facts[0].document), facts))


@lru_cache(maxsize=8)
def checks_of(document: str) -> list[Check]:
    """The declared checks of a document; none when it brings none."""
    path = DATA / document / "checks.toml"
    return load_checks(path) if path.exists() else []


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
