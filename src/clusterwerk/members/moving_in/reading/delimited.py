"""Text with delimiters: encoding, delimiter and quotes are found out and told."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from django.utils.translation import gettext as _

from clusterwerk.members.moving_in.reading.sheets import Sheet, sheet_of
from clusterwerk.platform.errors import DomainError

DELIMITERS = (";", ",", "\t", "|")
LOOKED_AT = 30  # lines from which the delimiter is told
LONGEST_CELL = 100_000  # signs; a quote that is never closed swallows the rest of a file
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(data: bytes, name: str) -> Sheet:
    """The one sheet of a text file."""
    text, notes = _decoded(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, declared = _without_declaration(text)
    delimiter = declared or _delimiter(text)
    return sheet_of("", name, _lines(text, delimiter, name), notes)


def _decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = ""
    if not text and encoding == "utf-8":
        return _as_latin(data, name)
    if not text.strip("\ufeff \n\r\t"):
        raise DomainError(_("%(file)s is empty.") % {"file": name})
    _require_text(text, name)
    note = [_("Read as UTF-16.")] if encoding.startswith("utf-16") else []
    return text, note


def _encoding(data: bytes) -> str:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return encoding
    start = data[:4000]
    if start and start.count(0) > len(start) // 4:
        return "utf-16-le" if start[1:2] == b"\x00" else "utf-16-be"
    return "utf-8"


def _as_latin(data: bytes, name: str) -> tuple[str, list[str]]:
    """Windows-1252 holds all of Latin-1 that is printed; the five bytes it lacks become signs."""
    text = data.decode("cp1252", errors="replace")
    _require_text(text, name)
    note = _(
        "Read as Windows-1252 (Latin-1), because it is no UTF-8. Look whether accents are right."
    )
    return text, [note]


def _require_text(text: str, name: str) -> None:
    """Bytes below the space, but for line ends and tabs, do not stand in a table of text."""
    start = text[:4000]
    odd = sum(sign < " " and sign not in "\n\r\t\f" for sign in start)
    if odd > len(start) / 100:
        message = _("%(file)s is no text and no workbook. Upload a CSV file, .xlsx, .xls or .ods.")
        raise DomainError(message % {"file": name})


def _without_declaration(text: str) -> tuple[str, str]:
    """Some programs tell the delimiter in a first line `sep=;`."""
    text = text.removeprefix("\ufeff")
    first, _end, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == len("sep=;"):
        return rest, first[-1]
    return text, ""


def _delimiter(text: str) -> str:
    """The one by which most of the first lines have the same number of parts, quotes respected."""
    start = "\n".join(text.split("\n", LOOKED_AT)[:LOOKED_AT])
    return max(DELIMITERS, key=lambda delimiter: _evenness(start, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[float, int]:
    widths = []
    with suppress(csv.Error):  # what cannot be read is told where all rows are read
        for line in csv.reader(io.StringIO(text), delimiter=delimiter):
            widths += [len(line)] if line else []
    wide = [width for width in widths if width > 1]
    if not wide:
        return 0.0, 0
    width, times = Counter(wide).most_common(1)[0]
    return times / len(widths), width


def _lines(text: str, delimiter: str, name: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    number = 0
    try:
        for line in reader:
            number += 1
            yield [cell.strip().replace("\x00", "") for cell in line]
    except csv.Error as error:
        message = _(
            "%(file)s cannot be read after row %(row)s: a quotation mark is opened there and never "
            "closed, or a cell is far too long. Mend it in a text editor, or save the table as "
            ".xlsx."
        )
        raise DomainError(message % {"file": name, "row": number}) from error
