"""Files of unknown origin: what they are is told by their bytes, and refusals are sentences."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from clusterwerk.members.moving_in.reading import Sheet, limits, read_file
from clusterwerk.members.moving_in.reading import workbook as workbooks
from clusterwerk.platform.errors import DomainError


def written(folder: Path, data: bytes, name: str = "leden.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def read(folder: Path, data: bytes, name: str = "leden.csv") -> Sheet:
    (sheet,) = read_file(written(folder, data, name), name)
    return sheet


def refusal(folder: Path, data: bytes, name: str = "leden.csv") -> str:
    with pytest.raises(DomainError) as caught:
        read_file(written(folder, data, name), name)
    return str(caught.value)


def workbook(*sheets: tuple[str, list[list[object]]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, date):
                        sheet.write_datetime(at, column, cell, day)
                    else:
                        sheet.write(at, column, cell)
    return file.getvalue()


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found_out(tmp_path: Path, delimiter: str) -> None:
    text = f'Naam{delimiter}Gemeente\n"Ons, werk; en meer"{delimiter}Gent\n'
    sheet = read(tmp_path, text.encode())
    assert sheet.headers == ["Naam", "Gemeente"]
    assert sheet.rows == [(2, ["Ons, werk; en meer", "Gent"])]


def test_a_delimiter_that_the_file_names_is_believed(tmp_path: Path) -> None:
    assert read(tmp_path, b"sep=;\nNaam;Gemeente\nA;Gent\n").rows == [(2, ["A", "Gent"])]


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", []),
        ("utf-8-sig", []),
        ("utf-16", ["Read as UTF-16."]),
        ("utf-16-le", ["Read as UTF-16."]),
    ],
)
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str, note: list[str]) -> None:
    sheet = read(tmp_path, "Naam;Plaats\nCafé Zoë;Liège\n".encode(encoding))
    assert sheet.rows == [(2, ["Café Zoë", "Liège"])]
    assert sheet.notes == note


def test_latin_text_is_recognised_and_said_so(tmp_path: Path) -> None:
    sheet = read(tmp_path, "Naam;Prijs\nCafé Zoë;€ 5\n".encode("cp1252"))
    assert sheet.rows == [(2, ["Café Zoë", "€ 5"])]
    assert sheet.notes == [
        "Read as Windows-1252 (Latin-1), because it is no UTF-8. Look whether accents are right."
    ]


def test_cells_that_look_like_formulas_stay_text(tmp_path: Path) -> None:
    sheet = read(tmp_path, b"Naam;Nota\n=1+1;@SUM(A1)\n+32 9;-5\n")
    assert sheet.rows == [(2, ["=1+1", "@SUM(A1)"]), (3, ["+32 9", "-5"])]


def test_titles_above_the_heading_and_totals_below_are_left_out(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Ledenlijst 2025"],
        [],
        ["Naam", "Gemeente", "Bijdrage", "Lid sinds"],
        ["Vlastra", "Gent", 1500, date(2019, 3, 1)],
        [],
        ["Totaal", "", 1500],
    ]
    sheet = read(tmp_path, workbook(("Leden", rows)), "leden.xlsx")
    assert sheet.headers == ["Naam", "Gemeente", "Bijdrage", "Lid sinds"]
    assert sheet.rows == [(4, ["Vlastra", "Gent", "1500", "2019-03-01"])]
    assert sheet.header_row == 3
    assert sheet.notes == [
        "Left out as a line of totals: row 6.",
        "The heading was found in row 3.",
    ]


def test_of_two_rows_of_headings_the_upper_tells_equal_names_apart(tmp_path: Path) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Leden")
        sheet.merge_range("A1:B1", "Organisatie")
        sheet.merge_range("C1:D1", "Contact")
        for row, cells in enumerate(
            (("Naam", "Postcode", "Naam", "E-mail"), ("Vexo", "9000", "An", "an@vexo.be")), start=1
        ):
            sheet.write_row(row, 0, cells)
    found = read(tmp_path, file.getvalue(), "leden.xlsx")
    assert found.headers == ["Organisatie Naam", "Postcode", "Contact Naam", "E-mail"]
    assert found.rows == [(3, ["Vexo", "9000", "An", "an@vexo.be"])]


def test_a_hidden_sheet_is_left_out_and_told(tmp_path: Path) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name in ("Leden", "Lijstjes"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ("Naam", "E-mail"))
            sheet.write_row(1, 0, (name, "a@b.be"))
        sheet.hide()
    found = read(tmp_path, file.getvalue(), "leden.xlsx")
    assert (found.name, found.notes) == ("Leden", ["Left out, because it is hidden: Lijstjes."])


def test_a_file_of_empty_lines_is_given_up_at_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_LINES", 1000)
    kept = read(tmp_path, b"Naam;B\nVexo;1\n" + b";\n" * 900)
    assert kept.rows == [(2, ["Vexo", "1"])]
    told = refusal(tmp_path, b"Naam;B\nVexo;1\n" + b"\n;\n" * 600)
    assert told.startswith("leden.csv has more than 1\u202f000 lines, most of them empty.")


def test_a_small_package_that_unpacks_to_very_much_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbooks, "MOST_UNPACKED_BYTES", 1_000_000)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 2_000_000)
    assert len(file.getvalue()) < 10_000
    assert "unpacks to more than can be read" in refusal(tmp_path, file.getvalue(), "leden.xlsx")


def test_sheets_of_a_workbook_come_one_by_one_and_empty_ones_not_at_all(tmp_path: Path) -> None:
    data = workbook(
        ("2023", [["Naam", "E-mail"], ["A", "a@b.be"]]),
        ("leeg", []),
        ("2024", [["Naam", "E-mail"], ["B", "b@b.be"]]),
    )
    sheets = read_file(written(tmp_path, data, "lijst.xlsx"), "lijst.xlsx")
    assert [(sheet.name, len(sheet.rows)) for sheet in sheets] == [("2023", 1), ("2024", 1)]


def test_moments_numbers_and_marks_of_a_workbook_become_what_a_person_types(
    tmp_path: Path,
) -> None:
    file = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Naam", "Wanneer", "Aantal", "Deel", "Ja"])
    sheet.append(["A", datetime(2024, 5, 6, 14, 30), 12.0, 1.5, True])  # noqa: DTZ001 - cells have no zone
    book.save(file)
    found = read(tmp_path, file.getvalue(), "a.xlsx")
    assert found.rows == [(2, ["A", "2024-05-06 14:30", "12", "1.5", "yes"])]


def test_two_columns_of_one_name_and_a_nameless_one_are_told_apart(tmp_path: Path) -> None:
    assert read(tmp_path, b"Naam;Naam;\nA;B;C\n").headers == ["Naam", "Naam (2)", "Column C"]


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "leeg.csv", "leeg.csv is empty."),
        (b"\xef\xbb\xbf\n\n", "leeg.csv", "leeg.csv is empty."),
        (b"Naam;Gemeente\n", "kop.csv", "kop.csv has a heading and no rows below it."),
        (b"\x89PNG\r\n\x1a\n123", "leden.xlsx", "leden.xlsx is a picture and no table."),
        (b"%PDF-1.7 123", "leden.xlsx", "leden.xlsx is a PDF and no table."),
        (b"<html><table></table></html>", "leden.xls", "is a web page under the name of a table"),
        (b"MZ\x90\x00", "leden.csv", "leden.csv is no table."),
        (b"PK\x03\x04cut off", "leden.xlsx", "leden.xlsx is cut off or damaged."),
        (b"Naam;A\n" + bytes(range(32)) * 50, "leden.csv", "is no text and no workbook"),
        (b'Naam;Nota\nA;"never closed' + b"x\n" * 80_000, "n.csv", "a quotation mark is opened"),
    ],
)
def test_what_is_no_table_is_refused_in_words(
    tmp_path: Path, data: bytes, name: str, words: str
) -> None:
    assert words in refusal(tmp_path, data, name)


def test_a_file_protected_with_a_password_is_named_as_such(tmp_path: Path) -> None:
    """As office programs write it: a compound file that holds an encrypted package."""
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    assert "leden.xlsx is protected with a password." in refusal(tmp_path, locked, "leden.xlsx")


def test_too_many_columns_rows_and_bytes_are_told_with_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = ";".join(f"kolom {n}" for n in range(200)) + "\n" + ";".join("x" * 200) + "\n"
    assert "has 200 columns; at most 150 are read" in refusal(tmp_path, wide.encode())
    long = "Naam\n" + "A\n" * 100_000
    assert "has more than 50\u202f000 rows. Split it" in refusal(tmp_path, long.encode())
    monkeypatch.setattr(limits, "MOST_BYTES", 1024 * 1024)
    message = refusal(tmp_path, b"Naam\n" + b"A" * 3 * 1024 * 1024)
    assert "leden.csv has 3 MB; at most 1 MB are read." in message


@pytest.mark.parametrize("harm", ["sum", "stream", "lock", "method"])
def test_a_workbook_of_which_one_part_is_damaged_is_told_so(tmp_path: Path, harm: str) -> None:
    """In each of the ways in which the library fails on the part that tells of passwords."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("content.xml", "<x/>")
        package.writestr("META-INF/manifest.xml", "<manifest>" * 50)
    data = bytearray(buffer.getvalue())
    header = data.index(b"PK\x03\x04", 4)  # of the second part
    listed = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    body = header + 30 + len("META-INF/manifest.xml")
    match harm:
        case "sum":
            data[listed + 16] ^= 0xFF
        case "stream":
            data[body : body + 4] = b"\xff\xff\xff\xff"
        case "lock":
            data[header + 6] |= 1
            data[listed + 8] |= 1
        case "method":
            data[header + 8] = data[listed + 10] = 99
    assert "cut off or damaged" in refusal(tmp_path, bytes(data), "leden.ods")
