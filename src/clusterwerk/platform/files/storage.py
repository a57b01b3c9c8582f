"""The folder of the store: written whole or not at all, under names that nobody guesses.

A file is written under a temporary name, flushed to the disk and renamed; then its row is
committed. Taken away it goes the other way round: first the row, then the bytes. So a crash leaves
bytes without a row at worst, and `strays` finds those.
"""

import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.conf import settings

NAME = re.compile(r"[0-9a-f]{32}")
CHUNK = 1024 * 1024  # bytes
UNFINISHED = ".part"


@dataclass
class Draft:
    """A file that is being written; `seal` puts it into the store."""

    path: Path
    file: IO[bytes]
    stored_as: str = field(default_factory=lambda: secrets.token_hex(16))

    def seal(self) -> tuple[int, str]:
        """Put it where it belongs; size and digest of what stands there."""
        self.file.flush()
        os.fsync(self.file.fileno())
        size, digest = _measured(self.path)
        target = path_of(self.stored_as)
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.replace(target)
        _sync_folder(target.parent)
        return size, digest


@contextmanager
def draft() -> Iterator[Draft]:
    """A place to write a file; whatever was not sealed is gone afterwards."""
    folder = Path(settings.FILES)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{secrets.token_hex(16)}{UNFINISHED}"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield Draft(path, file)
    finally:
        path.unlink(missing_ok=True)


def path_of(stored_as: str) -> Path:
    """Where a stored file stands; a name that the store does not give is refused."""
    if not NAME.fullmatch(stored_as):
        message = f"{stored_as!r} is no name of the file store."
        raise ValueError(message)
    return Path(settings.FILES) / stored_as[:2] / stored_as


def remove(stored_as: str) -> None:
    path_of(stored_as).unlink(missing_ok=True)


def strays(older_than: float) -> Iterator[Path]:
    """Every file of the store that has not changed for so many seconds, unfinished ones too."""
    before = time.time() - older_than
    folder = Path(settings.FILES)
    for path in [*folder.glob(f"*{UNFINISHED}"), *folder.glob("[0-9a-f][0-9a-f]/*")]:
        if _changed_at(path) < before:
            yield path


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # taken away meanwhile
        return time.time()


def _measured(path: Path) -> tuple[int, str]:
    total = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            total.update(chunk)
        return file.tell(), total.hexdigest()


def _sync_folder(folder: Path) -> None:
    """The new name itself must survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
