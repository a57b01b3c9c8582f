"""Tables made to break the reader: each is refused in a sentence, and the server stands."""

import io
import zipfile
from pathlib import Path

import pytest

from clusterwerk.members.moving_in.reading import read_file
from clusterwerk.platform.errors import DomainError
from factories.english import english

__all__ = ["english"]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
LAUGHS = "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))


def _related(name: str, target: str) -> str:
    link = f'<Relationship Id="r1" Type="{OFFICE}/{name}" Target="{target}"/>'
    return f'<Relationships xmlns="{PACKAGE}/relationships">{link}</Relationships>'


def _cell(place: str, text: str) -> str:
    row = "".join(sign for sign in place if sign.isdigit())
    return f'<row r="{row}"><c r="{place}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def workbook(cells: str, *, before: str = "", claims: str = "") -> bytes:
    """One sheet out of raw XML, as no library would write it."""
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
            'ContentType="application/xml"/><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{SHEET_TYPE}.sheet.main+xml"/>'
            "</Types>"
        ),
        "_rels/.rels": _related("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": _related("worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": (
            f'{before}<worksheet xmlns="{MAIN}">{claims}<sheetData>{cells}</sheetData></worksheet>'
        ),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, f'<?xml version="1.0"?>{text}')
    return file.getvalue()


def refusal(folder: Path, data: bytes, name: str) -> str:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(DomainError) as caught:
        read_file(path, name)
    return str(caught.value)


@pytest.mark.parametrize("corner", ["XFD1048576", "ALL100000"])
def test_a_cell_in_a_far_corner_does_not_end_the_process(tmp_path: Path, corner: str) -> None:
    data = workbook(_cell("A1", "Naam") + _cell("A2", "Acme") + _cell(corner, "x"))
    assert "says that it has more cells than can be read" in refusal(tmp_path, data, "a.xlsx")


def test_a_sheet_that_only_claims_to_be_large_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    cells = _cell("A1", "Naam") + _cell("A2", "Acme")
    path.write_bytes(workbook(cells, claims='<dimension ref="A1:XFD1048576"/>'))
    (sheet,) = read_file(path, "a.xlsx")
    assert (sheet.headers, sheet.rows) == (["Naam"], [(2, ["Acme"])])


def test_names_that_unfold_without_end_are_refused(tmp_path: Path) -> None:
    before = f'<!DOCTYPE x [<!ENTITY a "lolololol">{LAUGHS}]>'
    data = workbook(_cell("A1", "Naam") + _cell("A2", "&j;"), before=before)
    assert refusal(tmp_path, data, "a.xlsx") == "a.xlsx, S is damaged and cannot be read."


def test_ten_thousand_columns_of_a_workbook_are_refused(tmp_path: Path) -> None:
    heads = "".join(f'<c t="inlineStr"><is><t>k{at}</t></is></c>' for at in range(10_000))
    data = workbook(f'<row r="1">{heads}</row>' + _cell("A2", "x"))
    assert "columns; at most 150 are read" in refusal(tmp_path, data, "a.xlsx")


@pytest.mark.parametrize("above", [0, 40])
def test_a_cell_longer_than_any_name_is_refused(tmp_path: Path, above: int) -> None:
    lines = ["Naam;Plaats", *["Acme;Gent"] * above, f"Acme;{'x' * 150_000}"]
    told = refusal(tmp_path, "\n".join(lines).encode(), "a.csv")
    assert told.startswith(f"a.csv cannot be read after row {above + 1}:")


def test_a_line_of_a_million_cells_is_refused_before_it_is_looked_at(tmp_path: Path) -> None:
    told = refusal(tmp_path, b"a;" * 1_000_000 + b"\nb;c\n", "a.csv")
    assert told.startswith("a.csv has 1000000 columns; at most 150 are read.")
