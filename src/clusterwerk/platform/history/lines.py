"""Files that only grow."""

import os
from collections.abc import Iterator
from pathlib import Path


def append_line(path: Path, line: str) -> None:
    """Add one line and bring it to the disk; a line that a crash cut off is ended first."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT
    handle = os.open(path, flags, 0o600)
    try:
        whole = f"{line}\n" if _ends_well(handle) else f"\n{line}\n"
        os.write(handle, whole.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _ends_well(handle: int) -> bool:
    size = os.fstat(handle).st_size
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"


def whole_lines(path: Path, words: int) -> Iterator[list[str]]:
    """Lines of so many words; what a full disk cut off is left out."""
    if not path.exists():
        return
    with path.open(encoding="ascii") as file:
        for line in file:
            found = line.split()
            if len(found) == words and line.endswith("\n"):
                yield found
