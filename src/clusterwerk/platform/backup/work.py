"""The place where one back-up or restore works: a lock, a folder that goes away, safe renames."""

import errno
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from clusterwerk.platform.backup import record
from clusterwerk.platform.backup.errors import BackupError
from clusterwerk.platform.postgres.errors import ServerError
from clusterwerk.platform.postgres.locks import Lock

PREFIX = "work-"
CHUNK = 1024 * 1024  # bytes
STALE = 24 * 60 * 60.0  # seconds, after which an unfinished file beside a target is nobody's
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


@contextmanager
def alone(var: Path) -> Iterator[Path]:
    """A folder below `var` that only we read, while no other back-up or restore works there.

    What a killed run left is removed first.
    """
    place = record.folder(var)
    lock = Lock(place / "lock")
    try:
        if not lock.alone():
            message = "Another back-up or restore is under way here. Wait until it has ended."
            raise BackupError(message)
        for left in place.glob(f"{PREFIX}*"):
            shutil.rmtree(left, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        lock.drop()


@contextmanager
def written(target: Path) -> Iterator[IO[bytes]]:
    """A file that gets its name only once it is whole and on the disk; never over another one."""
    require_free(target)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    _forget_stale(target)
    try:
        handle = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        require_free(target)
        unfinished.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise machine_error(error, target.parent) from error
    finally:
        unfinished.unlink(missing_ok=True)


def require_free(target: Path) -> None:
    """BackupError when something has this name; ServerError when its folder does not exist."""
    if target.exists() or target.is_symlink():
        message = f"{target} exists. Choose another name; nothing was written."
        raise BackupError(message)
    if not target.parent.is_dir():
        message = f"The folder {target.parent} does not exist. Make it, or mount it."
        raise ServerError(message)


def machine_error(error: OSError, folder: Path) -> ServerError:
    """The sentence for what a disk or a folder refused."""
    if error.errno in FULL:
        return ServerError(f"The disk of {folder} is full. Make room, then try again.")
    return ServerError(f"{folder}: {error.strerror or error}.")


def digest_of(path: Path) -> tuple[int, str]:
    """Size in bytes and SHA-256."""
    total = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            total.update(chunk)
        return file.tell(), total.hexdigest()


def sync_folder(folder: Path) -> None:
    """The new name itself must survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _forget_stale(target: Path) -> None:
    before = time.time() - STALE
    for left in target.parent.glob(f".{target.name}.*.part"):
        if left.stat().st_mtime < before:
            left.unlink(missing_ok=True)
