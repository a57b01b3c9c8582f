"""Members one after another in the tar format, so that every machine can unpack a back-up.

Written and read block by block with the names and sizes of one header each: no extensions, no
links, no folders. So nothing that a stranger's file says is believed before it was compared with
the manifest, and no header can ask for memory.
"""

import hashlib
import tarfile
from collections.abc import Callable
from typing import IO

from clusterwerk.platform.backup import manifest as contents
from clusterwerk.platform.backup.errors import BackupError
from clusterwerk.platform.backup.manifest import Manifest, Part

BLOCK = 512
CHUNK = 1024 * 1024  # bytes
NOT_ONE = "This is no back-up of Clusterwerk, or it is damaged."

Sink = Callable[[bytes], object]


def header(name: str, size: int, moment: float) -> bytes:
    """One block; BackupError for a name that does not fit into it."""
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = size, 0o600, int(moment)
    block = member.tobuf(tarfile.GNU_FORMAT, "utf-8", "strict")
    if len(block) != BLOCK:
        message = f"The file {name} has too long a name for a back-up: 100 characters at most."
        raise BackupError(message)
    return block


def padding(size: int) -> bytes:
    return bytes(-size % BLOCK)


def end() -> bytes:
    return bytes(2 * BLOCK)


def add(target: IO[bytes], part: Part, source: IO[bytes], moment: float) -> None:
    """Append a member; BackupError when the source is not, or no longer, what the part says."""
    target.write(header(part.name, part.size, moment))
    total, size = hashlib.sha256(), 0
    while chunk := source.read(CHUNK):
        total.update(chunk)
        size += len(chunk)
        target.write(chunk)
    if (size, total.hexdigest()) != (part.size, part.sha256):
        message = f"{part.name} changed while it was backed up. Try again."
        raise BackupError(message)
    target.write(padding(size))


def next_member(source: IO[bytes]) -> tuple[str, int] | None:
    """Name and size of the member that follows; None at the end."""
    block = exactly(source, BLOCK)
    if block == bytes(BLOCK):
        return None
    try:
        member = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.HeaderError, UnicodeDecodeError):
        raise BackupError(NOT_ONE) from None
    if member.type != tarfile.REGTYPE or member.size < 0:
        message = f"{NOT_ONE} It holds {member.name!r}, which is no plain file."
        raise BackupError(message)
    return member.name, member.size


def exactly(source: IO[bytes], size: int) -> bytes:
    """So many bytes; BackupError when the file ends before."""
    found = b""
    while len(found) < size:
        chunk = source.read(size - len(found))
        if not chunk:
            message = "The file is no back-up, or it ends too early: a part of it is missing."
            raise BackupError(message)
        found += chunk
    return found


def read_manifest(source: IO[bytes]) -> Manifest:
    """The first member, which tells what else must come."""
    member = next_member(source)
    if member is None or member[0] != contents.NAME:
        raise BackupError(NOT_ONE)
    if member[1] > contents.LARGEST:
        message = f"{NOT_ONE} Its list of contents has {member[1]} bytes."
        raise BackupError(message)
    text = exactly(source, member[1])
    exactly(source, len(padding(member[1])))
    return contents.read(text)


def read_parts(source: IO[bytes], manifest: Manifest, sink: Callable[[Part], Sink]) -> None:
    """Every member after the manifest, each compared with it, to its last byte and the very end."""
    for part in manifest.parts():
        if next_member(source) != (part.name, part.size):
            message = f"The back-up is damaged: {part.name} is not where it should be."
            raise BackupError(message)
        _read_part(source, part, sink(part))
    if next_member(source) is not None or exactly(source, BLOCK) != bytes(BLOCK):
        message = "The back-up holds more than its list of contents says."
        raise BackupError(message)
    if source.read(1):
        message = "Something stands behind the end of the back-up."
        raise BackupError(message)


def _read_part(source: IO[bytes], part: Part, sink: Sink) -> None:
    total, left = hashlib.sha256(), part.size
    while left:
        chunk = exactly(source, min(CHUNK, left))
        total.update(chunk)
        sink(chunk)
        left -= len(chunk)
    exactly(source, len(padding(part.size)))
    if total.hexdigest() != part.sha256:
        message = f"The back-up is damaged: {part.name} is not what it was."
        raise BackupError(message)
