"""What the downloads hold: the columns of the portfolio and of the published figures."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.ui.export import Cell, Column, Format
from clusterwerk.reporting.figures.words import said, said_place, said_segment
from clusterwerk.reporting.indicators import indicator_name, labels
from clusterwerk.reporting.models import CountedReading, Document, PublishedReading
from clusterwerk.reporting.queries.oversight import SHOWN, OversightRow
from clusterwerk.reporting.queries.readings import Figure

FORMATS = {"count": Format.COUNT, "euro": Format.EURO, "date": Format.DAY}


def oversight_columns() -> tuple[Column[OversightRow], ...]:
    """Every column of the table; each figure with place, basis, counted value and demo mark."""
    return (*_of_cluster(), *_of_figures(), *_of_judgement())


def _of_cluster() -> tuple[Column[OversightRow], ...]:
    return (
        Column(_("Cluster"), lambda row: row.profile.name, width=32),
        Column(_("Executing organisations"), lambda row: ", ".join(row.hosts), width=28),
        Column(_("Type"), lambda row: row.rules.name, width=26),
        Column(_("Call"), lambda row: row.profile.call_number, Format.COUNT, width=7),
        Column(_("Embedding"), lambda row: _choice(row.profile.get_embedding_display())),
        Column(_("Starts"), lambda row: row.term.first_day, Format.DAY),
        Column(_("Start is computed"), lambda row: row.term.start_is_computed),
        Column(_("Ends"), lambda row: row.term.last_day, Format.DAY),
    )


def _choice(text: str | None) -> str:
    return text or ""


def _of_figures() -> Iterator[Column[OversightRow]]:
    for key in SHOWN:
        yield from _of_figure(key)


def _of_figure(key: str) -> Iterator[Column[OversightRow]]:
    """Six columns of one indicator; the published value is never filled in from the counted."""
    name, format_ = indicator_name(key), FORMATS[labels()[key].unit]

    def of(pick: Callable[[Figure], Cell]) -> Callable[[OversightRow], Cell]:
        return lambda row: pick(row.figure(key))

    yield Column(_headed(name, gettext("published")), of(_published_number), format_)
    yield Column(_headed(name, gettext("place")), of(_place))
    yield Column(_headed(name, gettext("basis")), of(_basis), width=20)
    yield Column(_headed(name, gettext("counted")), of(_counted_number), format_)
    yield Column(_headed(name, gettext("counted on")), of(_counted_day), Format.DAY)
    yield Column(_headed(name, gettext("demo data")), of(_is_demo), width=9)


def _headed(name: str, part: str) -> str:
    return f"{name}: {part}"


def _published_number(figure: Figure) -> Cell:
    return _number(figure.published) if figure.published else None


def _place(figure: Figure) -> Cell:
    return said_place(figure.published.place) if figure.published else None


def _basis(figure: Figure) -> Cell:
    if figure.published is None:
        return None
    words = said("basis", figure.published.basis), said("qualifier", figure.published.qualifier)
    return ", ".join(word for word in words if word)


def _counted_number(figure: Figure) -> Cell:
    """Without the zeros that its column adds."""
    if figure.counted is None or figure.counted.number is None:
        return None
    number = figure.counted.number
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number


def _counted_day(figure: Figure) -> Cell:
    return figure.counted.day if figure.counted else None


def _is_demo(figure: Figure) -> Cell:
    return figure.counted.includes_demo if figure.counted else None


def _of_judgement() -> tuple[Column[OversightRow], ...]:
    return (
        Column(
            _("Share of the contributors that bring half (published)"),
            lambda row: row.half_share,
            Format.SHARE,
        ),
        Column(_("Outlook"), lambda row: said("outlook", row.agreement.outlook), width=30),
        Column(_("Few members carry it"), lambda row: row.few_carry),
        Column(_("Figures that disagree"), lambda row: row.disagreements, Format.COUNT),
    )


def reading_columns(names: dict[str, str]) -> tuple[Column[PublishedReading], ...]:
    """Published figures one a row; `names` are those of the clusters by subject."""
    return (
        Column(_("Figure"), lambda row: indicator_name(row.indicator), width=44),
        Column(_("About"), lambda row: names.get(row.subject, gettext("the programme")), width=30),
        Column(_("Part"), lambda row: said_segment(row.dimension, row.segment), width=24),
        Column(_("Number"), _number, Format.NUMBER),
        Column(_("Day"), lambda row: row.day, Format.DAY),
        Column(_("Text"), lambda row: said("outlook", row.text or ""), width=30),
        Column(_("Unit"), lambda row: said("unit", row.unit)),
        Column(_("Qualifier"), lambda row: said("qualifier", row.qualifier)),
        Column(_("Basis"), lambda row: said("basis", row.basis), width=24),
        Column(_("As of"), lambda row: said("moment", row.as_of), width=24),
        Column(_("Place"), lambda row: said_place(row.place), width=24),
        Column(_("Document"), lambda row: row.document.title, width=40),
        Column(_("Key"), lambda row: row.key, width=40),
    )


def _number(row: PublishedReading) -> Cell:
    """With the decimals it is printed with."""
    return None if row.number is None else row.number.quantize(Decimal(1).scaleb(-row.decimals))


def sources_said(documents: Iterable[Document], counted: CountedReading | None) -> str:
    """Where the values of a file come from, in one line."""
    parts = [
        f"{document.title} ({document.publisher}, {document.published_on.isoformat()})"
        for document in documents
    ]
    if counted is not None:
        parts.append(_counted_said(counted.day, is_demo=counted.includes_demo))
    return "; ".join(parts)


def _counted_said(day: date, *, is_demo: bool) -> str:
    words = gettext("counted from records on %(day)s") % {"day": day.isoformat()}
    return f"{words} ({gettext('demo data')})" if is_demo else words
