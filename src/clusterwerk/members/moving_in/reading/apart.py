"""Opens a workbook in a process of its own, with bounded memory and time; run as a script.

A few hundred bytes can name a cell in the last corner of a sheet, for which the library asks memory
for every cell before it and ends the whole process when there is none. Here that ends this process,
and who asked gets a sentence. Imports nothing of ours, so that it starts at once.
"""

import datetime as dt
import json
import resource
import sys
from typing import Any

import python_calamine

MEMORY = 2 * 1024**3  # bytes
SECONDS = 60  # of work
# How it ends where nothing can be read; 1, of an error that nobody caught, is a damaged file.
DAMAGED, LOCKED, TOO_MUCH = 1, 3, 4


def main(path: str, sheets: int, height: int, width: int) -> int:
    """Write the sheets as JSON; those beyond height or width with their measure alone."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            hidden = {each.name for each in book.sheets_metadata if not _is_shown(each)}
            told = [
                {**_told(book, name, height, width), "is_hidden": name in hidden}
                for name in book.sheet_names[:sheets]
            ]
    except python_calamine.PasswordError:
        return LOCKED
    except MemoryError:
        return TOO_MUCH
    sys.stdout.write(json.dumps(told))  # in one go, which is many times as quick as in parts
    return 0


def _is_shown(sheet: Any) -> bool:  # noqa: ANN401 - the library tells no common type
    return bool(sheet.visible == python_calamine.SheetVisibleEnum.Visible)


def _told(book: Any, name: str, height: int, width: int) -> dict[str, Any]:  # noqa: ANN401 - the library tells no common type
    """One sheet; without rows where it is damaged."""
    try:
        sheet = book.get_sheet_by_name(name)
        told = {"name": name, "height": sheet.total_height, "width": sheet.total_width}
        if sheet.total_height > height or sheet.total_width > width:
            return told
        # With the empty rows above the first, so that rows are counted as the program shows them.
        rows = sheet.to_python(skip_empty_area=False)
    except MemoryError:
        raise
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return {"name": name, "height": 0, "width": 0, "is_damaged": True}
    return {**told, "rows": [[_written(cell) for cell in row] for row in rows]}


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(int, sys.argv[2:5])))
