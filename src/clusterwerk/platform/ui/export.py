"""Tables as files: declared columns, written as CSV or as a workbook, with where they come from.

A column is declared once, with its header, how a row gives its value, and how it is written. The
screen decides the rows and their order, so that a file holds exactly what was shown.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from io import SEEK_END, TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Generic, TypeVar

import xlsxwriter
from django.http import FileResponse, HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext

Words = str | Promise
Cell = str | Promise | Decimal | int | bool | date | None
Row = TypeVar("Row")

IN_MEMORY = 4 * 2**20  # bytes; a larger file is kept on the disk while it is made
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
FIRST_DAY_OF_WORKBOOKS = date(1900, 3, 1)  # before it their calendar has a day that never was


class Format(StrEnum):
    """How a column is written; its value is the number format of a workbook."""

    TEXT = "@"
    COUNT = "#,##0"
    NUMBER = "#,##0.####"
    PLAIN = "General"  # as it was typed: 2022 may be a year
    EURO = "€ #,##0.00"
    SHARE = "0.0%"
    DAY = "yyyy-mm-dd"


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column; a value that nobody knows is None and stays empty in the file."""

    header: Words
    value: Callable[[Row], Cell]
    format: Format = Format.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True)
class About:
    """What the second sheet tells: the title of the table, and lines such as source and filter."""

    title: Words
    lines: tuple[tuple[Words, Cell], ...] = ()


@dataclass(frozen=True)
class Table(Generic[Row]):
    """What is written; `name` begins the name of the file."""

    name: str
    columns: Sequence[Column[Row]]
    rows: Iterable[Row]
    about: About


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file by its ending."""

    ending: str
    content_type: str


CSV = FileKind("csv", "text/csv; charset=utf-8")
XLSX = FileKind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
KINDS = {kind.ending: kind for kind in (CSV, XLSX)}


def table_response(table: Table[Row], kind: FileKind, day: date) -> HttpResponse:
    """The table as a download whose name ends in the day: `clusters-2020-01-31.csv`.

    A large one is written to the disk and sent from there, so that memory does not grow with it.
    """
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed once it was sent
    write = csv_table if kind is CSV else workbook
    write(table, file)
    size = file.seek(0, SEEK_END)
    file.seek(0)
    disposition = content_disposition_header(
        as_attachment=True, filename=f"{table.name}-{day.isoformat()}.{kind.ending}"
    )
    headers = {"Content-Disposition": disposition or "attachment", "Cache-Control": "no-store"}
    if size > IN_MEMORY:
        return FileResponse(  # type: ignore[return-value] # views hand it on
            file, content_type=kind.content_type, headers=headers
        )
    with file:
        return HttpResponse(file.read(), content_type=kind.content_type, headers=headers)


def csv_table(table: Table[Row], file: IO[bytes]) -> None:
    """Header and rows, in UTF-8 with a byte order mark, as spreadsheets here expect them.

    In Dutch semicolons between values and a decimal comma, otherwise commas and a point; days in
    ISO order, numbers without thousands signs.
    """
    is_dutch = (get_language() or "nl").startswith("nl")
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";" if is_dutch else ",", lineterminator="\r\n")
    writer.writerow([defused(str(column.header)) for column in table.columns])
    for row in table.rows:
        writer.writerow([_csv_cell(column.value(row), is_dutch) for column in table.columns])
    text.detach()


def _csv_cell(value: Cell, is_dutch: bool) -> str:  # noqa: FBT001 - asked once per file
    match value:
        case None:
            return ""
        case bool():
            return gettext("yes") if value else gettext("no")
        case Decimal() | int():
            number = f"{value:f}" if isinstance(value, Decimal) else str(value)
            return number.replace(".", ",") if is_dutch else number
        case date():
            return value.isoformat()
        case _:
            return defused(str(value))


def defused(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what would begin one."""
    return f"'{text}" if text.startswith(STARTS_FORMULA) else text


def workbook(table: Table[Row], file: IO[bytes]) -> None:
    """A workbook: numbers as numbers, days as days, the header frozen, and a sheet that tells
    where the table comes from. Texts are written as texts, so that none becomes a formula.
    """
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        _write_table(book, table)
        _write_about(book, table.about)


def _write_table(book: Any, table: Table[Row]) -> None:  # noqa: ANN401 - the library has no types
    sheet = book.add_worksheet(_sheet_name(str(table.about.title)))
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    formats = [book.add_format({"num_format": column.format}) for column in table.columns]
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, str(column.header), head)
    last = 0
    for last, row in enumerate(table.rows, start=1):
        for place, column in enumerate(table.columns):
            _write(sheet, last, place, column.value(row), formats[place])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, max(len(table.columns) - 1, 0))


def _write_about(book: Any, about: About) -> None:  # noqa: ANN401 - the library has no types
    sheet = book.add_worksheet(_sheet_name(gettext("About")))
    bold = book.add_format({"bold": True})
    day = book.add_format({"num_format": Format.DAY, "align": "left"})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, str(about.title), bold)
    for line, (label, value) in enumerate(about.lines, start=2):
        sheet.write_string(line, 0, str(label), bold)
        _write(sheet, line, 1, value, day if isinstance(value, date) else None)


def _write(sheet: Any, line: int, place: int, value: Cell, format_: Any) -> None:  # noqa: ANN401
    match value:
        case None:
            return
        case bool():
            sheet.write_string(line, place, gettext("yes") if value else gettext("no"))
        case Decimal() | int():
            sheet.write_number(line, place, value, format_)
        case date() if value >= FIRST_DAY_OF_WORKBOOKS:
            sheet.write_datetime(line, place, value, format_)
        case date():
            sheet.write_string(line, place, value.isoformat())
        case _:
            sheet.write_string(line, place, str(value))


def _sheet_name(title: str) -> str:
    """A name that a workbook accepts: at most 31 signs and none of []:*?/\\."""
    kept = "".join(sign for sign in title if sign not in "[]:*?/\\")
    return kept[:31].strip("' ") or "1"
