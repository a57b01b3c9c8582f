"""Downloads: CSV as spreadsheets here read it, workbooks with real numbers, nothing a formula."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import IO

import pytest
from django.http import FileResponse
from django.utils.translation import override
from openpyxl import load_workbook

from clusterwerk.platform.ui import export
from clusterwerk.platform.ui.export import (
    CSV,
    XLSX,
    About,
    Column,
    FileKind,
    Format,
    Table,
    csv_table,
    defused,
    table_response,
    workbook,
)


@dataclass(frozen=True)
class Line:
    name: str
    members: int | None
    amount: Decimal
    day: date
    is_demo: bool = False


COLUMNS = (
    Column[Line]("Name", lambda line: line.name),
    Column[Line]("Members", lambda line: line.members, Format.COUNT),
    Column[Line]("Amount", lambda line: line.amount, Format.EURO),
    Column[Line]("Day", lambda line: line.day, Format.DAY),
    Column[Line]("Demo data", lambda line: line.is_demo),
)
JANUARY = datetime(2020, 1, 31)  # noqa: DTZ001 - workbooks know no time zones
LINES = (
    Line("Zoë; & co", 12, Decimal("1234.50"), date(2020, 1, 31)),
    Line("=1+1", None, Decimal(-3), date(1850, 5, 1), is_demo=True),
)
ABOUT = About("Clusters: [all]", (("Source", "=cmd()"), ("Day", date(2020, 1, 31))))
TABLE = Table("clusters", COLUMNS, LINES, ABOUT)
EMPTY = Table("clusters", COLUMNS, (), ABOUT)


def written(write: Callable[[Table[Line], IO[bytes]], None], table: Table[Line]) -> bytes:
    file = BytesIO()
    write(table, file)
    return file.getvalue()


def test_in_dutch_values_stand_between_semicolons_with_a_decimal_comma() -> None:
    with override("nl"):
        lines = written(csv_table, TABLE).decode("utf-8-sig").split("\r\n")
    assert lines[0] == "Name;Members;Amount;Day;Demo data"
    assert lines[1].startswith('"Zoë; & co";12;1234,50;2020-01-31;')
    assert lines[2].startswith("'=1+1;;-3;1850-05-01;")
    assert lines[3] == ""


def test_in_english_values_stand_between_commas_with_a_point() -> None:
    with override("en"):
        content = written(csv_table, TABLE)
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").split("\r\n")
    assert lines[1] == "Zoë; & co,12,1234.50,2020-01-31,no"
    assert lines[2] == "'=1+1,,-3,1850-05-01,yes"


@pytest.mark.parametrize("text", ["=1+1", "+32 9", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_would_begin_a_formula_gets_an_apostrophe(text: str) -> None:
    assert defused(text) == f"'{text}"


def test_other_text_stays_as_it_is() -> None:
    assert defused("a=1") == "a=1"
    assert defused("") == ""


def test_a_workbook_holds_numbers_days_and_texts_as_what_they_are() -> None:
    with override("en"):
        book = load_workbook(BytesIO(written(workbook, TABLE)))
    sheet = book.worksheets[0]
    assert sheet.title == "Clusters all"
    assert [cell.value for cell in sheet[1]] == ["Name", "Members", "Amount", "Day", "Demo data"]
    assert [cell.value for cell in sheet[2]] == [
        "Zoë; & co", 12, 1234.5, JANUARY, "no",
    ]  # fmt: skip
    assert sheet["C2"].number_format == "€ #,##0.00"
    assert sheet["D2"].is_date
    assert sheet.freeze_panes == "B2"


def test_a_formula_in_a_workbook_stays_text_and_unknown_stays_empty() -> None:
    book = load_workbook(BytesIO(written(workbook, TABLE)))
    sheet = book.worksheets[0]
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=1+1", "s")
    assert sheet["B3"].value is None
    assert sheet["D3"].value == "1850-05-01"


def test_the_second_sheet_tells_where_the_table_comes_from() -> None:
    with override("en"):
        book = load_workbook(BytesIO(written(workbook, TABLE)))
    about = book["About"]
    assert about["A1"].value == "Clusters: [all]"
    assert (about["A3"].value, about["B3"].value, about["B3"].data_type) == (
        "Source",
        "=cmd()",
        "s",
    )
    assert about["B4"].value == JANUARY


def test_a_table_without_rows_still_has_its_header() -> None:
    book = load_workbook(BytesIO(written(workbook, EMPTY)))
    assert book.worksheets[0].max_row == 1
    assert written(csv_table, EMPTY).count(b"\r\n") == 1


@pytest.mark.parametrize("kind", [CSV, XLSX])
def test_the_file_is_named_after_the_table_and_the_day(kind: FileKind) -> None:
    response = table_response(TABLE, kind, date(2020, 1, 31))
    assert response["Content-Disposition"] == (
        f'attachment; filename="clusters-2020-01-31.{kind.ending}"'
    )
    assert response["Content-Type"] == kind.content_type


@pytest.mark.parametrize("kind", [CSV, XLSX])
def test_a_large_file_is_sent_from_the_disk_as_it_would_be_from_memory(
    kind: FileKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date(2020, 1, 31)
    whole = b"".join(table_response(TABLE, kind, day))
    monkeypatch.setattr(export, "IN_MEMORY", 1)
    response = table_response(TABLE, kind, day)
    assert isinstance(response, FileResponse)
    assert response["Content-Type"] == kind.content_type
    sent = b"".join(response)
    response.close()
    assert sent == whole if kind is CSV else sent[:2] == whole[:2] == b"PK"
