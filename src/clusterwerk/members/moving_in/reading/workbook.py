"""Workbooks: .xlsx, .xls, .ods; every value as the text a person would type."""

import datetime as dt
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from clusterwerk.members.moving_in.reading.limits import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_UNPACKED_BYTES,
    require_columns,
    require_rows,
)
from clusterwerk.members.moving_in.reading.sheets import Sheet, sheet_of
from clusterwerk.platform.errors import DomainError

LOCKED = "EncryptedPackage".encode("utf-16-le")
SLACK = 200  # empty rows and columns that a workbook may say it has beyond the limits


def read_workbook(path: Path, name: str) -> list[Sheet]:
    """Sheets with a heading and rows; sheets with less are left out, unless none is left."""
    _refuse_locked(path, name)
    with _opened(path, name) as book:
        names = book.sheet_names[:MOST_SHEETS]
        sheets, refusals = [], []
        for sheet_name in names:
            try:
                sheets.append(_sheet(book, sheet_name, name))
            except _NothingThereError as refusal:
                refusals.append(refusal)
    if not sheets:
        raise DomainError(
            str(refusals[0]) if refusals else _("%(file)s is empty.") % {"file": name}
        )
    return sheets


class _NothingThereError(DomainError):
    """A sheet without rows: others of the workbook may have some."""


def _opened(path: Path, name: str) -> Any:  # noqa: ANN401 - the library tells no common type
    try:
        return python_calamine.CalamineWorkbook.from_path(str(path))
    except python_calamine.PasswordError as error:
        raise DomainError(_locked(name)) from error
    except Exception as error:
        message = _(
            "%(file)s cannot be opened as a workbook; it is damaged or something else. Open it in "
            "your spreadsheet program, save it as .xlsx and upload that."
        )
        raise DomainError(message % {"file": name}) from error


def _sheet(book: Any, sheet_name: str, file: str) -> Sheet:  # noqa: ANN401 - the same
    sheet = book.get_sheet_by_name(sheet_name)
    if sheet.total_height > MOST_ROWS + SLACK:
        require_rows(sheet.total_height, file)
    if sheet.total_width > MOST_COLUMNS + SLACK:
        require_columns(sheet.total_width, file)
    lines = ([_written(cell) for cell in line] for line in _rows(sheet))
    named = f"{file}, {sheet_name}"
    try:
        return sheet_of(sheet_name, named, lines)
    except DomainError as refusal:
        if sheet.total_height <= 1 or sheet.height <= 1:
            raise _NothingThereError(str(refusal)) from refusal
        raise


def _rows(sheet: Any) -> Iterable[list[Any]]:  # noqa: ANN401 - the same
    """With the empty rows above the first, so that rows are counted as the program shows them."""
    try:
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise DomainError(_("This sheet is damaged and cannot be read.")) from error
    return rows


def _written(cell: object) -> str:
    """A cell as text: whole numbers without a fraction, days as 2023-12-31."""
    if isinstance(cell, str):
        return cell.strip().replace("\x00", "")
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(round(cell, 10))
    if isinstance(cell, dt.datetime):
        is_day = cell.time() == dt.time.min
        return cell.date().isoformat() if is_day else cell.isoformat(" ", "minutes")
    return str(cell)


def _refuse_locked(path: Path, name: str) -> None:
    with path.open("rb") as file:
        first = file.read(4)
    if first == b"PK\x03\x04":
        _refuse_odd_package(path, name)
        return
    if LOCKED in path.read_bytes():
        raise DomainError(_locked(name))


def _refuse_odd_package(path: Path, name: str) -> None:
    """A locked .ods says so in its manifest; a small package may unpack to gigabytes."""
    try:
        with zipfile.ZipFile(path) as package:
            size = sum(part.file_size for part in package.infolist())
            manifest = "META-INF/manifest.xml"
            named = set(package.namelist())
            if manifest in named and b"encryption-data" in package.read(manifest):
                raise DomainError(_locked(name))
    except (zipfile.BadZipFile, OSError, NotImplementedError) as error:
        message = _("%(file)s is cut off or damaged. Save it again and upload it once more.")
        raise DomainError(message % {"file": name}) from error
    if size > MOST_UNPACKED_BYTES:
        message = _("%(file)s unpacks to more than can be read. Save only the sheets you need.")
        raise DomainError(message % {"file": name})


def _locked(name: str) -> str:
    message = _(
        "%(file)s is protected with a password. Open it, save it without a password and upload "
        "that; who may read it here is settled by the seats of your cluster."
    )
    return message % {"file": name}
