"""The cells of the portfolio table: published and counted values side by side, each with a link."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from clusterwerk.platform.ui.templatetags.ui import count
from clusterwerk.reporting.figures.words import said, said_number, said_value, spoken
from clusterwerk.reporting.indicators import labels
from clusterwerk.reporting.models import CountedReading
from clusterwerk.reporting.queries.oversight import (
    OversightRow,
    Selection,
    counted_sum,
    published_sum,
)
from clusterwerk.reporting.queries.readings import Figure
from clusterwerk.reporting.views.common import addresses

HALF = Decimal("0.5")
LINK = '<a href="{}">{}</a>'
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that holds figures: the key it sorts by, its indicators, and what joins them."""

    sort: str
    label: Words
    indicators: tuple[str, ...]
    between: Words = ""
    hint: Words = ""


FIGURES = (
    Heading("members", _("Members"), ("members.paying",), hint=_("Paying members")),
    Heading(
        "collaborations",
        pgettext_lazy("column", "Collab."),
        ("collaborations.started",),
        hint=_("Started collaborations of three or more"),
    ),
    Heading(
        "applications",
        pgettext_lazy("column", "Applic."),
        ("applications.participations",),
        hint=_("Participations in inter-cluster applications"),
    ),
    Heading("subsidy", _("Subsidy"), ("agreement.subsidy",), hint=_("Over the whole period")),
    Heading(
        "maximum",
        _("Contributions"),
        ("contributions.minimum", "contributions.maximum"),
        pgettext_lazy("between the lowest and the highest value", "to"),
        hint=_("Smallest to largest yearly contribution"),
    ),
    Heading("median", _("Median"), ("contributions.median",), hint=_("Median contribution")),
    Heading(
        "at_maximum",
        _("At maximum"),
        ("contributions.at_maximum",),
        hint=_("Members that pay the largest contribution"),
    ),
    Heading(
        "half",
        _("Half brought by"),
        ("contributions.to_half", "contributions.contributors"),
        pgettext_lazy("between a part and its whole", "of"),
        hint=_("Fewest members that bring half of the contributions"),
    ),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one row shows in one column, or in several of which nothing is known.

    `published` leads to places, `counted` to records; both are links that are ready to be shown,
    because a table of clusters has hundreds of them.
    """

    published: str = ""
    note: str = ""
    counted: str = ""
    is_demo: bool = False
    span: int = 1
    meter: str = ""
    share: Decimal | None = None
    is_low: bool = False

    @property
    def is_unknown(self) -> bool:
        return not (self.published or self.counted)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table with its cells."""

    row: OversightRow
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one scheme under its name; no name when the order mixes the schemes."""

    name: str
    lines: tuple[Line, ...]


def grouped(rows: Iterable[OversightRow], *, by_scheme: bool) -> list[Group]:
    """The rows in their order; under the name of their scheme when sorted by name."""
    if not by_scheme:
        return [Group("", tuple(_line(row) for row in rows))]
    ordered = sorted(rows, key=lambda row: row.rules.key)
    return [
        Group(rules.name, tuple(_line(row) for row in group))
        for rules, group in groupby(ordered, key=lambda row: row.rules)
    ]


def _line(row: OversightRow) -> Line:
    return Line(row, tuple(_without_gaps(_cell(row, heading) for heading in FIGURES)))


def _without_gaps(cells: Iterable[Cell]) -> Iterator[Cell]:
    """Columns beside each other of which nothing is known become one cell that says so."""
    for is_unknown, run in groupby(cells, key=lambda cell: cell.is_unknown):
        several = list(run)
        if is_unknown:
            yield Cell(span=len(several))
        else:
            yield from several


def _cell(row: OversightRow, heading: Heading) -> Cell:
    figures = [row.figure(indicator) for indicator in heading.indicators]
    is_half = heading.sort == "half"
    return Cell(
        published=_joined(_published(figures), heading.between),
        note=_note(figures[0]),
        counted=_joined(_counted(figures), heading.between),
        is_demo=any(_is_demo(figure) for figure in figures),
        meter=_meter(row.half_share) if is_half else "",
        share=row.half_share if is_half else None,
        is_low=is_half and row.few_carry,
    )


def _joined(links: Iterable[SafeString], between: Words) -> str:
    """The links with what stands between them; empty when there are none."""
    several = list(links)
    if len(several) < 2:  # noqa: PLR2004 - nothing stands between fewer than two
        return SafeString("".join(several))
    return SafeString(format_html(" {} ", between).join(several))


def _published(figures: Iterable[Figure]) -> Iterator[SafeString]:
    address = addresses("reporting:reading_detail")
    for figure in figures:
        if (reading := figure.published) is not None:
            text = said_value(reading.value, reading.unit)
            words = f"{spoken(reading.qualifier)} {text}".strip()
            yield format_html(LINK, address(reading.pk), words)


def _counted(figures: Iterable[Figure]) -> Iterator[SafeString]:
    address = addresses("reporting:evidence")
    for figure in figures:
        if figure.counted is not None and figure.counted.number is not None:
            text = said_number(figure.counted.number, figure.counted.unit)
            yield format_html(LINK, address(figure.counted.pk), text)


def _note(figure: Figure) -> str:
    """What must be known to read the value: a target, or reported after one year."""
    return said("basis_short", figure.published.basis) if figure.published else ""


def _meter(share: Decimal | None) -> str:
    """How far the bar is filled; full at half of the contributors, where everybody is equal."""
    return "" if share is None else f"{min(share / HALF, Decimal(1)) * 100:.1f}%"


def last_count(rows: Iterable[OversightRow]) -> CountedReading | None:
    """The latest counted reading that the table shows."""
    counted = [figure.counted for row in rows for figure in row.figures.values() if figure.counted]
    return max(counted, key=lambda reading: reading.day, default=None)


@dataclass(frozen=True, slots=True)
class Sum:
    """A foot of the table; published and counted stand beside each other, never together."""

    published: str
    rows_said: str
    counted: str = ""
    is_demo: bool = False


def sums(rows: Sequence[OversightRow]) -> list[Sum]:
    """Of the first four columns of figures; the others do not add up to anything."""
    return [_sum_of(rows, heading.indicators[0]) for heading in FIGURES[:4]]


def _sum_of(rows: Sequence[OversightRow], indicator: str) -> Sum:
    published, counted = published_sum(rows, indicator), counted_sum(rows, indicator)
    unit = labels()[indicator].unit
    return Sum(
        published=said_number(published.number, unit) if published.rows else "",
        rows_said=ngettext("%(rows)s row", "%(rows)s rows", published.rows)
        % {"rows": count(published.rows)},
        counted=said_number(counted.number, unit) if counted.rows else "",
        is_demo=any(_is_demo(row.figure(indicator)) for row in rows),
    )


def _is_demo(figure: Figure) -> bool:
    return figure.counted is not None and figure.counted.includes_demo


@dataclass(frozen=True, slots=True)
class SortLink:
    """The head of a column: it sorts by the column, and the other way when it does already."""

    key: str
    label: Words
    address: str
    state: str
    number: bool
    hint: Words = ""


# The columns besides the figures: sort key, label, and whether a first click puts the most first.
BEFORE: tuple[tuple[str, Words, bool], ...] = (
    ("name", _("Cluster"), False),
    ("scheme", _("Type"), False),
    ("call", _("Call"), True),
    ("embedding", _("Embedding"), False),
    ("ends", _("Period"), False),
)
AFTER: tuple[tuple[str, Words, bool], ...] = (
    ("outlook", _("Outlook"), False),
    ("warnings", _("Warnings"), True),
)


def sort_links(selection: Selection) -> list[SortLink]:
    """The heads of all columns, in their order."""
    figures = [_sort_link(selection, h.sort, h.label, number=True, hint=h.hint) for h in FIGURES]
    return [
        *(_sort_link(selection, key, label, number=number) for key, label, number in BEFORE),
        *figures,
        *(_sort_link(selection, key, label, number=number) for key, label, number in AFTER),
    ]


def _sort_link(
    selection: Selection, key: str, label: Words, *, number: bool, hint: Words = ""
) -> SortLink:
    is_current = selection.order == key
    turned = not selection.descending if is_current else number
    state = ("descending" if selection.descending else "ascending") if is_current else ""
    address = query_of(replace(selection, order=key, descending=turned)) or "?"
    return SortLink(key, label, address, state, number, hint)


def query_of(selection: Selection) -> str:
    """The query that asks for the selection; empty when it leaves everything as it is."""
    parts = {
        "find": selection.words,
        "scheme": selection.scheme,
        "call": selection.call,
        "embedding": selection.embedding,
        "warning": "1" if selection.only_warnings else "",
        "order": "" if selection.order == "name" else selection.order,
        "down": "1" if selection.descending else "",
    }
    query = urlencode({name: value for name, value in parts.items() if value})
    return f"?{query}" if query else ""
