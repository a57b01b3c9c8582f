"""Encryption in the age format, so that the standard `age` program can open a back-up too.

For recipients the file is what `age -r` writes. With a passphrase it is a tar of two members: a
key of its own, locked with the passphrase (`key.age`), and the back-up for that key
(`backup.tar.age`); `age -d -i key.age backup.tar.age` opens it. So nothing large is ever locked by
a passphrase directly, which the library can do in memory only (docs/decisions).
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyrage

from clusterwerk.platform.backup import archive
from clusterwerk.platform.backup.errors import BackupError

AGE = b"age-encryption.org/v1"
ARMOUR = b"-----BEGIN AGE"
KEY = "key.age"
BODY = "backup.tar.age"
LARGEST_KEY = 4096  # bytes
DAMAGED = "The back-up is damaged: it cannot be decrypted to its end."


@dataclass(frozen=True, slots=True)
class Lock:
    """Who can open what is written: holders of keys (`age1...`), of a passphrase, or everybody."""

    recipients: tuple[str, ...] = ()
    passphrase: str = ""

    @property
    def is_open(self) -> bool:
        return not (self.recipients or self.passphrase)


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a back-up: the file of an identity, or a passphrase, asked for when needed."""

    identity: Path | None = None
    passphrase: Callable[[], str] = str


def recipients_of(lock: Lock) -> list[pyrage.x25519.Recipient]:
    """The recipients; BackupError for one that is no public key."""
    found = []
    for text in lock.recipients:
        try:
            found.append(pyrage.x25519.Recipient.from_str(text))
        except pyrage.RecipientError:
            secret = text.upper().startswith("AGE-SECRET-KEY-")
            shown = "A secret key" if secret else repr(text)
            message = f"{shown} is no recipient; expected a public key of age (age1...)."
            raise BackupError(message) from None
    return found


@contextmanager
def sealed(target: IO[bytes], lock: Lock) -> Iterator[IO[bytes]]:
    """A stream whose bytes end up in the target, encrypted as the lock says."""
    if lock.is_open:
        yield target
    elif lock.recipients:
        with _encrypting(target, recipients_of(lock)) as stream:
            yield stream
    else:
        with _behind_passphrase(target, lock.passphrase) as stream:
            yield stream


@contextmanager
def opened(source: IO[bytes], key: Key) -> Iterator[IO[bytes]]:
    """The back-up in clear; BackupError when the key does not fit or a byte was changed."""
    first = source.read(archive.BLOCK)
    source.seek(0)
    if first.startswith(ARMOUR):
        message = "The file is in the text form of age. Turn it back first: age -d file > back-up."
        raise BackupError(message)
    if first.startswith(AGE):
        identity = _identity_of(key)
    elif first.startswith(KEY.encode() + b"\0"):
        identity = _identity_inside(source, key)
    else:
        yield source
        return
    with _decrypting(source, identity) as stream:
        yield stream


def is_encrypted(first: bytes) -> bool:
    return first.startswith((AGE, KEY.encode() + b"\0"))


@contextmanager
def _behind_passphrase(target: IO[bytes], passphrase: str) -> Iterator[IO[bytes]]:
    identity = pyrage.x25519.Identity.generate()
    locked = pyrage.passphrase.encrypt(f"{identity}\n".encode(), passphrase)
    target.write(archive.header(KEY, len(locked), 0) + locked + archive.padding(len(locked)))
    place = target.tell()
    target.write(bytes(archive.BLOCK))  # its header, once the size is known
    with _encrypting(target, [identity.to_public()]) as stream:
        yield stream
    size = target.tell() - place - archive.BLOCK
    target.write(archive.padding(size) + archive.end())
    target.seek(place)
    target.write(archive.header(BODY, size, 0))
    target.seek(0, os.SEEK_END)


def _identity_inside(source: IO[bytes], key: Key) -> "pyrage.x25519.Identity":
    member = archive.next_member(source)
    assert member is not None, "the first block was looked at"
    if member[1] > LARGEST_KEY:
        raise BackupError(archive.NOT_ONE)
    locked = archive.exactly(source, member[1])
    archive.exactly(source, len(archive.padding(member[1])))
    body = archive.next_member(source)
    if body is None or body[0] != BODY:
        raise BackupError(archive.NOT_ONE)
    _require_whole(source, body[1])
    return _parsed(_unlocked(locked, key.passphrase()))


def _require_whole(source: IO[bytes], size: int) -> None:
    """The sizes of a passphrase's two members must be those of the file."""
    here = source.tell()
    whole = source.seek(0, os.SEEK_END)
    source.seek(here)
    if whole != here + size + len(archive.padding(size)) + len(archive.end()):
        message = "The file is not as long as it should be: a part is missing or was added."
        raise BackupError(message)


def _identity_of(key: Key) -> "pyrage.x25519.Identity":
    if key.identity is None:
        message = "The back-up was made for a key; name the file of its identity with --identity."
        raise BackupError(message)
    try:
        text = key.identity.read_bytes()[: 16 * LARGEST_KEY]
    except OSError as error:
        message = f"The identity cannot be read: {error.strerror}: {key.identity}"
        raise BackupError(message) from None
    return _parsed(_unlocked(text, key.passphrase()) if text.startswith(AGE) else text)


def _unlocked(locked: bytes, passphrase: str) -> bytes:
    try:
        clear: bytes = pyrage.passphrase.decrypt(locked, passphrase)
    except pyrage.DecryptError:
        message = "The passphrase does not open this file (or its first bytes were changed)."
        raise BackupError(message) from None
    return clear


def _parsed(text: bytes) -> "pyrage.x25519.Identity":
    lines = text.decode("ascii", "replace").split("\n")
    secret = next((line.strip() for line in lines if line.startswith("AGE-SECRET-KEY-")), "")
    try:
        return pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        message = "The identity is none of age: a line AGE-SECRET-KEY-1... is expected."
        raise BackupError(message) from None


@contextmanager
def _encrypting(
    target: IO[bytes], recipients: list["pyrage.x25519.Recipient"]
) -> Iterator[IO[bytes]]:
    """The library pulls from a pipe in a thread of its own, which we write to."""
    reading, writing = os.pipe()
    kept = _Remembering(target)
    worker = _Thread(lambda end: pyrage.encrypt_io(end, kept, recipients), reading, "rb")
    try:
        with os.fdopen(writing, "wb") as stream:
            yield stream
    except BrokenPipeError:
        worker.finish()
        kept.raise_first(worker.error)
        raise
    finally:
        worker.finish()
    kept.raise_first(worker.error)


@contextmanager
def _decrypting(source: IO[bytes], identity: "pyrage.x25519.Identity") -> Iterator[IO[bytes]]:
    """The library pushes into a pipe; what goes wrong there is the reason of what we miss here."""
    reading, writing = os.pipe()
    body = _Body(source)
    kept: list[_Remembering] = []

    def work(end: IO[bytes]) -> None:
        kept.append(_Remembering(end))
        pyrage.decrypt_io(body, kept[0], [identity])

    worker = _Thread(work, writing, "wb")
    stream = os.fdopen(reading, "rb")
    try:
        with stream:
            yield stream
    except BackupError:
        worker.finish()
        _raise_decryption(worker.error, kept[0])
        raise
    finally:
        stream.close()
        worker.finish()
    _raise_decryption(worker.error, kept[0])


def _raise_decryption(error: BaseException | None, pipe: "_Remembering") -> None:
    """Only what the library itself found; that nobody reads any more is no news."""
    if error is None or pipe.error is not None:
        return
    if "matching" in str(error):
        message = "This key does not open the back-up: it was made for another one."
        raise BackupError(message)
    raise BackupError(DAMAGED)


class _Body:
    """The encrypted bytes; in a passphrase's tar they end before the file does."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._left: int | None = None
        here = source.tell()
        if here:
            source.seek(here - archive.BLOCK)
            member = archive.next_member(source)
            self._left = member[1] if member else 0

    def read(self, size: int = -1) -> bytes:
        if self._left is None:
            return self._source.read(size)
        found = self._source.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(found)
        return found


class _Remembering:
    """A target that keeps its first error, which the library would turn into a bare sentence."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self.error: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            return self._target.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        self._target.flush()

    def raise_first(self, other: BaseException | None) -> None:
        found = self.error or other
        if found:
            raise found


class _Thread(threading.Thread):
    """Works at one end of a pipe and closes it, whatever happens."""

    def __init__(self, work: Callable[[IO[bytes]], object], handle: int, mode: str) -> None:
        super().__init__(daemon=True)
        self._work = work
        self._end: IO[bytes] = os.fdopen(handle, mode)
        self.error: BaseException | None = None
        self.start()

    def run(self) -> None:
        try:
            self._work(self._end)
        except Exception as error:  # noqa: BLE001 - raised by whoever waits for the thread
            self.error = error
        finally:
            self._close()

    def finish(self) -> None:
        self.join()

    def _close(self) -> None:
        try:
            self._end.close()
        except OSError as error:
            self.error = self.error or error
