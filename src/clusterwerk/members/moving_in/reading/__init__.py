"""Opening files of unknown origin: text with delimiters, and workbooks, alone or several in a ZIP.

No database and no models: bytes in, sheets of text out, or one sentence that says what is wrong.
"""

from pathlib import Path

from clusterwerk.members.moving_in.reading.archive import is_archive, opened_archive
from clusterwerk.members.moving_in.reading.delimited import read_text
from clusterwerk.members.moving_in.reading.disguises import Disguise, recognised
from clusterwerk.members.moving_in.reading.limits import require_size
from clusterwerk.members.moving_in.reading.sheets import Sheet
from clusterwerk.members.moving_in.reading.workbook import read_workbook

__all__ = ["Sheet", "is_archive", "opened_archive", "read_file"]


def read_file(path: Path, name: str) -> list[Sheet]:
    """The sheets with rows, in the order of the file; what it is follows from its bytes.

    Raises `DomainError` with a sentence for who uploaded it.
    """
    require_size(path.stat().st_size, name)
    with path.open("rb") as file:
        disguise = recognised(file.read(4096), name)
    if disguise == Disguise.WORKBOOK:
        return read_workbook(path, name)
    return [read_text(path.read_bytes(), name)]
