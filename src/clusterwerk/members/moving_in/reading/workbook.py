"""Workbooks: .xlsx, .xls, .ods; every value as the text a person would type."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from clusterwerk.members.moving_in.reading import apart
from clusterwerk.members.moving_in.reading.limits import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_UNPACKED_BYTES,
    require_columns,
    require_rows,
)
from clusterwerk.members.moving_in.reading.sheets import Sheet, sheet_of
from clusterwerk.platform.archives import ZIP_FAULTS
from clusterwerk.platform.errors import DomainError

LOCKED = "EncryptedPackage".encode("utf-16-le")
OF_A_WORKBOOK = {"[Content_Types].xml", "content.xml"}  # parts of .xlsx and .ods
SLACK = 200  # empty rows and columns that a workbook may say it has beyond the limits


def read_workbook(path: Path, name: str) -> list[Sheet]:
    """Sheets with a heading and rows; sheets with less are left out, unless none is left."""
    _refuse_locked(path, name)
    sheets, refusals = [], []
    found = _taken_out(path, name)
    shown = [told for told in found if not told["is_hidden"]] or found
    for told in shown:
        try:
            sheets.append(_sheet(told, name))
        except _NothingThereError as refusal:
            refusals.append(refusal)
    if not sheets:
        raise DomainError(
            str(refusals[0]) if refusals else _("%(file)s is empty.") % {"file": name}
        )
    hidden = ", ".join(told["name"] for told in found if told not in shown)
    if hidden:
        sheets[0].notes.append(
            _("Left out, because it is hidden: %(sheets)s.") % {"sheets": hidden}
        )
    return sheets


class _NothingThereError(DomainError):
    """A sheet without rows: others of the workbook may have some."""


def _taken_out(path: Path, name: str) -> list[dict[str, Any]]:
    """Each sheet with its measure and its rows as text, read by a process of its own."""
    limits = (MOST_SHEETS, MOST_ROWS + SLACK, MOST_COLUMNS + SLACK)
    command = [sys.executable, "-I", apart.__file__, str(path), *map(str, limits)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module and a path of ours
            command, check=False, capture_output=True, timeout=apart.SECONDS * 2
        )
    except subprocess.TimeoutExpired as error:
        raise DomainError(_too_much(name)) from error
    if done.returncode == apart.LOCKED:
        raise DomainError(_locked(name))
    if done.returncode == apart.DAMAGED:
        message = _(
            "%(file)s cannot be opened as a workbook; it is damaged or something else. Open it in "
            "your spreadsheet program, save it as .xlsx and upload that."
        )
        raise DomainError(message % {"file": name})
    if done.returncode:
        raise DomainError(_too_much(name))
    told: list[dict[str, Any]] = json.loads(done.stdout)
    return told


def _too_much(name: str) -> str:
    message = _(
        "%(file)s says that it has more cells than can be read. Copy the rows that you need into a "
        "new workbook, and upload that."
    )
    return message % {"file": name}


def _sheet(told: dict[str, Any], file: str) -> Sheet:
    named = f"{file}, {told['name']}"
    if told.get("is_damaged"):
        raise DomainError(_("%(file)s is damaged and cannot be read.") % {"file": named})
    if told["height"] > MOST_ROWS + SLACK:
        require_rows(told["height"], file)
    if told["width"] > MOST_COLUMNS + SLACK:
        require_columns(told["width"], file)
    try:
        return sheet_of(told["name"], named, told["rows"])
    except DomainError as refusal:
        if told["height"] <= 1 or sum(any(row) for row in told["rows"]) <= 1:
            raise _NothingThereError(str(refusal)) from refusal
        raise


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
            if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED_BYTES:
                message = _(
                    "%(file)s unpacks to more than can be read. Save only the sheets you need."
                )
                raise DomainError(message % {"file": name})
            manifest = "META-INF/manifest.xml"
            named = set(package.namelist())
            if not named & OF_A_WORKBOOK:
                message = _(
                    "%(file)s is a ZIP of several files. Unpack it first, and upload the tables in "
                    "it; you can choose several at once."
                )
                raise DomainError(message % {"file": name})
            if manifest in named and b"encryption-data" in package.read(manifest):
                raise DomainError(_locked(name))
    except ZIP_FAULTS as error:
        message = _("%(file)s is cut off or damaged. Save it again and upload it once more.")
        raise DomainError(message % {"file": name}) from error


def _locked(name: str) -> str:
    message = _(
        "%(file)s is protected with a password. Open it, save it without a password and upload "
        "that; who may read it here is settled by the seats of your cluster."
    )
    return message % {"file": name}
