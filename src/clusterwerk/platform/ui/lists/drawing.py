"""The many small parts of a list as HTML, rows and values of facets, written here: a template
takes ten times as long for them.
"""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext

from clusterwerk.platform.ui.export import Format
from clusterwerk.platform.ui.lists.showing import (
    ShownCell,
    ShownFacet,
    ShownList,
    ShownRow,
    ShownValue,
    written,
)


def drawn_rows(shown: ShownList) -> SafeString:
    """Every row of the page: the first cell names it and opens its file, and a tick stands before
    it when something can be done with many.
    """
    select = gettext("Select %(name)s") if shown.actions else ""
    cells = shown.rows[0].cells[1:] if shown.rows else ()
    ends = [(_beginning(cell), _nothing(cell)) for cell in cells]
    return SafeString("".join(_row(row, select, ends) for row in shown.rows))


def _beginning(cell: ShownCell) -> str:
    """How each cell of this column begins."""
    number = ' class="num"' if cell.column.is_number else ""
    whole = ' class="nowrap"' if cell.column.is_whole or cell.column.format is Format.DAY else ""
    return f'<td data-label="{escape(str(cell.column.label))}"{number or whole}>'


def _nothing(cell: ShownCell) -> str:
    """What stands in this column where nobody knows the value."""
    return f'<span class="faint">{escape(capfirst(str(cell.column.unknown)))}</span>'


def _row(row: ShownRow, select: str, ends: Iterable[tuple[str, str]]) -> str:
    opened = ' class="is-open"' if row.is_open else ""
    cells = "".join(
        f"{beginning}{escape(cell.text) or nothing}{_note(cell)}</td>"
        for cell, (beginning, nothing) in zip(row.cells[1:], ends, strict=True)
    )
    return f'<tr data-row="{row.pk}"{opened}>{_tick(row, select)}{_name(row)}{cells}</tr>'


def _tick(row: ShownRow, select: str) -> str:
    if not select:
        return ""
    label = escape(select % {"name": row.name})
    return (
        f'<td class="row-tick"><input class="tick" type="checkbox" name="row" value="{row.pk}"'
        f' form="bulk" aria-label="{label}"></td>'
    )


def _name(row: ShownRow) -> str:
    cell = row.cells[0]
    language = f' lang="{cell.column.language}"' if cell.column.language else ""
    current = ' aria-current="true"' if row.is_open else ""
    text = escape(cell.text) or escape(gettext("without a name"))
    return (
        f'<th scope="row"><a href="{escape(row.address)}" id="row-{row.pk}" data-beside'
        f' hx-get="{escape(row.beside)}" hx-trigger="beside" hx-target="#panel"'
        f' hx-push-url="true"{language}{current}>{text}</a>{_note(cell)}</th>'
    )


def _note(cell: ShownCell) -> str:
    return f"<small>{escape(cell.note)}</small>" if cell.note else ""


def drawn_values(facet: ShownFacet, values: Iterable[ShownValue]) -> SafeString:
    """Values of a facet to tick, each with the number of rows that it leaves."""
    return SafeString("".join(_value(facet.key, value) for value in values))


def _value(facet: str, value: ShownValue) -> str:
    key = f"facet-{facet}-{slugify(value.value)}"
    checked = " checked" if value.is_chosen else ""
    return (
        f'<label class="check" for="{key}"><input class="list-filter" id="{key}" type="checkbox"'
        f' name="{facet}" value="{escape(value.value)}" form="filters"{checked}>'
        f' <span class="facet-name">{escape(str(value.label))}</span>'
        f' <span class="num">{written(value.number, Format.COUNT)}</span></label>'
    )


def drawn_columns(shown: ShownList) -> SafeString:
    """Columns to tick; the first names the row and always stands."""
    first = shown.columns[0].key
    return SafeString(
        "".join(
            f'<label class="check" for="column-{column.key}"><input id="column-{column.key}"'
            f' type="checkbox" name="columns" value="{column.key}"'
            f"{' checked' if column.is_shown else ''}{' disabled' if column.key == first else ''}>"
            f" {escape(str(column.label))}</label>"
            for column in shown.columns
        )
    )


def drawn_orders(shown: ShownList) -> SafeString:
    """Columns by which the list can be sorted, to choose one."""
    return SafeString(
        "".join(
            f'<option value="{column.key}"{" selected" if column.key == shown.asked.order else ""}>'
            f"{escape(str(column.label))}</option>"
            for column in shown.sortable
        )
    )
