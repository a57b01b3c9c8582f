"""Rows to facts: every printed figure once, with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from clusterwerk.measure.consistency import Fact, Value
from clusterwerk.reporting.figures import places
from clusterwerk.reporting.figures.errors import FigureError, FigureErrors
from clusterwerk.reporting.figures.places import Print
from clusterwerk.reporting.figures.reading import Figures
from clusterwerk.reporting.figures.rows import (
    ClusterRow,
    CollaborationRow,
    FactRow,
    KpiByEmbeddingRow,
    KpiRow,
    MeanRow,
    PrintedAgainRow,
)

PROGRAMME = "programme"

Attributes = Mapping[str, str]


def facts(figures: Figures) -> list[Fact]:
    """Every figure of every file as a fact, in the order of the files and their rows.

    A figure that two rows repeat from one place is one fact.

    Raises
    ------
    FigureErrors
        Where two rows give one place different values.
    """
    names = {row.key: _of_cluster(row) for row in figures.clusters}
    found = [
        *_clusters(figures, names),
        *_contributions(figures, names),
        *_kpis(figures),
        *_applications(figures, names),
        *_collaborations(figures, names),
        *_texts(figures),
        *(_mean(row, figures.document) for row in figures.survey_means),
    ]
    return _each_once(found)


def _each_once(found: Iterable[Fact]) -> list[Fact]:
    by_key: dict[str, Fact] = {}
    errors = []
    for fact in found:
        known = by_key.setdefault(fact.key, fact)
        if (known.value, known.qualifier) != (fact.value, fact.qualifier):
            errors.append(_twice(known, fact))
    if errors:
        raise FigureErrors(errors)
    return list(by_key.values())


def _twice(known: Fact, fact: Fact) -> FigureError:
    return FigureError(
        file="all files together",
        line=0,
        column="",
        found=f"{_print(fact)} for {fact.key}",
        expected=f"{_print(known)}, as another row says of the same place",
    )


def _print(fact: Fact) -> str:
    return f"{fact.qualifier} {fact.value}".strip()


def _of_cluster(row: ClusterRow) -> Attributes:
    """What the facts of a cluster are chosen by."""
    said = {
        "name": row.name,
        "scheme": row.scheme,
        "call": row.call,
        "embedding": row.embedding,
    }
    return {name: value for name, value in said.items() if value}


def _fact(
    printed: Print,
    value: object,
    document: str,
    *,
    subject: str = PROGRAMME,
    place: str = "",
    qualifier: str = "",
    basis: str = "",
    as_of: str = "",
    segment: str = "",
    dimension: str = "",
    attributes: Attributes | None = None,
) -> Fact:
    """What the row says wins over what is declared for its column."""
    return Fact(
        indicator=printed.indicator,
        subject=subject,
        value=_value(value),
        unit=printed.unit,
        place=place or printed.place,
        document=document,
        qualifier=qualifier,
        basis=basis or printed.basis,
        as_of=as_of or printed.as_of,
        dimension=dimension or printed.dimension,
        segment=segment or printed.segment,
        attributes=attributes or {},
    )


def _value(value: object) -> Value:
    if isinstance(value, Decimal | date | str):
        return value
    if isinstance(value, int):
        return Decimal(value)
    message = f"{value!r} is no figure"
    raise TypeError(message)


def _clusters(figures: Figures, names: Mapping[str, Attributes]) -> Iterator[Fact]:
    for row in figures.clusters:
        bases = {"members": row.members_basis, "collaborations": row.collaborations_basis}
        for column, printed in places.CLUSTERS.items():
            value = getattr(row, column)
            if value in (None, ""):
                continue
            attributes = dict(names[row.key])
            if column == "start_date" and row.start_basis:
                attributes["note"] = row.start_basis
            yield _fact(
                printed,
                value,
                figures.document,
                subject=row.key,
                basis=bases.get(column, ""),
                attributes=attributes,
            )


def _contributions(figures: Figures, names: Mapping[str, Attributes]) -> Iterator[Fact]:
    for row in figures.contributions:
        for column, printed in places.CONTRIBUTIONS.items():
            yield _fact(
                printed,
                getattr(row, column),
                figures.document,
                subject=row.cluster,
                attributes=names[row.cluster],
            )


def _kpis(figures: Figures) -> Iterator[Fact]:
    for row in figures.kpis:
        yield from _kpi(row, figures.document)
    for split in figures.kpis_by_embedding:
        yield _kpi_of_embedding(split, figures.document)


def _kpi(row: KpiRow, document: str) -> Iterator[Fact]:
    printed = places.KPIS[row.kpi]
    share = Print(f"{printed.indicator}.{places.SHARE_OF_TARGET}", "percent", printed.place)
    yield _fact(printed, row.reported, document, basis="reported", as_of=row.as_of)
    yield _fact(
        printed, row.target_after_3_years, document, basis="target", as_of="after three years"
    )
    yield _fact(share, row.printed_share_pct, document, basis="reported", as_of=row.as_of)


def _kpi_of_embedding(row: KpiByEmbeddingRow, document: str) -> Fact:
    return _fact(
        places.KPIS_BY_EMBEDDING[row.kpi],
        row.reported,
        document,
        basis="reported",
        as_of=row.as_of,
        dimension="embedding",
        segment=row.embedding,
    )


def _applications(figures: Figures, names: Mapping[str, Attributes]) -> Iterator[Fact]:
    document = figures.document
    for call in figures.calls:
        whole = call.call == "total"
        for column, printed in places.CALLS.items():
            value = getattr(call, column)
            if value is not None:
                yield _fact(
                    printed,
                    str(value) if printed.unit == "text" else value,
                    document,
                    as_of=str(call.year or ""),
                    dimension="" if whole else "call",
                    segment="" if whole else call.call,
                )
    for row in figures.applications:
        said = {
            "clusters": ";".join(row.clusters),
            "schemes": _schemes(row.clusters, names),
            "approved": row.approved,
        }
        yield _fact(
            places.APPLICATION, row.title, document, segment=row.title, attributes=_filled(said)
        )
        for key in row.clusters:
            yield _fact(
                places.PARTICIPATION,
                row.title,
                document,
                subject=key,
                segment=row.title,
                attributes=names[key],
            )


def _schemes(clusters: Sequence[str], names: Mapping[str, Attributes]) -> str:
    """The schemes that take part in an application, each once: ``IBN``, or ``IBN+SPC``."""
    return "+".join(sorted({names[key]["scheme"] for key in clusters}))


def _collaborations(figures: Figures, names: Mapping[str, Attributes]) -> Iterator[Fact]:
    for row in figures.collaborations:
        yield from _example(row, figures.document, names[row.cluster])


def _example(row: CollaborationRow, document: str, cluster: Attributes) -> Iterator[Fact]:
    said = {**cluster, "instrument": row.instrument, "partners": ";".join(row.partners)}
    yield _fact(
        places.EXAMPLE,
        row.title,
        document,
        subject=row.cluster,
        segment=row.title,
        attributes=said,
    )
    if row.years is not None:
        yield _fact(
            places.EXAMPLE_YEARS,
            row.years,
            document,
            subject=row.cluster,
            segment=row.title,
            attributes=cluster,
        )


def _texts(figures: Figures) -> Iterator[Fact]:
    for printed_again in figures.printed_again:
        printed = places.PRINTED_AGAIN[printed_again.kpi]
        yield _figure(printed, printed_again, figures.document)
    for row in (*figures.cofinancing, *figures.reach, *figures.fieldwork):
        yield _figure(places.FACTS[row.fact], row, figures.document)


def _figure(printed: Print, row: FactRow | PrintedAgainRow, document: str) -> Fact:
    place, note = split_where(row.where)
    return _fact(
        printed,
        row.value,
        document,
        place=place,
        qualifier=row.qualifier,
        attributes=_filled({"note": note}),
    )


def split_where(where: str) -> tuple[str, str]:
    """The place, and the remark behind it.

    >>> split_where("section 3.1: of 14")
    ('section 3.1', 'of 14')
    """
    for sign in (";", ":"):
        place, found, note = where.partition(sign)
        if found:
            return place.strip(), note.strip()
    return where, ""


def _mean(row: MeanRow, document: str) -> Fact:
    whole = row.segment_dimension == "all"
    return _fact(
        Print(f"survey.{row.measure}.mean", "score", places.MEANS[row.measure]),
        row.mean,
        document,
        dimension="" if whole else row.segment_dimension,
        segment="" if whole else row.segment,
        attributes={"scale": row.scale, "label_basis": row.label_basis},
    )


def _filled(said: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in said.items() if value}
