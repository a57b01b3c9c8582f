"""Files that only grow. A dot ends each line, so that one which a full disk cut off is known."""

import os
from collections.abc import Iterator
from pathlib import Path


def append_line(path: Path, line: str) -> None:
    """Add one line and bring it to the disk; a line that a crash cut off is ended first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT
    handle = os.open(path, flags, 0o600)
    try:
        whole = f"{line} .\n" if _ends_well(handle) else f"\n{line} .\n"
        os.write(handle, whole.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _ends_well(handle: int) -> bool:
    size = os.fstat(handle).st_size
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"


def whole_lines(path: Path, words: int) -> Iterator[list[str]]:
    """Whole lines of so many words, without the dot."""
    if not path.exists():
        return
    with path.open(encoding="ascii") as file:
        for line in file:
            *found, end = line.split() or [""]
            if len(found) == words and end == ".":
                yield found
