"""The ZIP file of an extract: whether it is one, what it says of itself, and its rows in blocks.

Nothing is unpacked to the disk. Sizes are looked at before anything is read, so that a small file
that grows without end is refused; sums are compared by the library when a member ends.
"""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from clusterwerk.directory.register import layout
from clusterwerk.platform.archives import ZIP_FAULTS
from clusterwerk.platform.errors import DomainError

LARGEST = 12 * 1024**3  # bytes unpacked; six times a real extract
DENSEST = 200  # times; real ones are packed about eight times
DENSE_FROM = 64 * 1024**2  # bytes; below that no density is dangerous
LARGEST_META = 64 * 1024  # bytes
BLOCK = 16 * 1024**2  # bytes
LONGEST_LINE = 1024**2  # bytes
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Extract:
    """What the file says of itself. `sizes`: bytes of each member, unpacked; `names` as stored."""

    path: Path
    file_name: str
    digest: str
    number: int
    snapshot_on: date
    is_update: bool
    is_synthetic: bool
    sizes: dict[str, int]
    names: dict[str, str]

    @property
    def size(self) -> int:
        return sum(self.sizes.values())


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of a member; `line` is the number of the first, the heading being line 1."""

    index: int
    line: int
    data: bytes


def read_extract(path: Path, file_name: str = "") -> Extract:
    """Look at the file without reading its rows; `DomainError` says what is wrong with it."""
    name = file_name or path.name
    with _opened(path, name) as file:
        members = _members(file, name)
        meta = _meta(file, members, name)
        is_update = _kind(meta, name)
        wanted = layout.members_of(is_update=is_update)
        _require_all(wanted, members, name)
        for member in wanted:
            _require_heading(file, members[member], member, name)
    return Extract(
        path=path,
        file_name=name[:200],
        digest=_digest(path),
        number=_number(meta, name),
        snapshot_on=_day(meta, name),
        is_update=is_update,
        is_synthetic=meta.get("Synthetic", "").casefold() == "yes",
        sizes={member: members[member].file_size for member in wanted},
        names={member: members[member].filename for member in wanted},
    )


def blocks(extract: Extract, member: str) -> Iterator[Block]:
    """Rows of a member without its heading, in blocks that end where a line ends."""
    with (
        _opened(extract.path, extract.file_name) as file,
        reading_of(extract, member),
        file.open(extract.names[member]) as stream,
    ):
        yield from _cut(stream, extract, member)


def _cut(stream: IO[bytes], extract: Extract, member: str) -> Iterator[Block]:
    stream.readline(LONGEST_LINE)
    rest, line, index = b"", 2, 0
    while chunk := stream.read(BLOCK):
        data = rest + chunk
        end = data.rfind(b"\n") + 1
        data, rest = data[:end], data[end:]
        if len(rest) > LONGEST_LINE:
            message = _("%(file)s: %(member)s holds a line without an end. Fetch the file again.")
            raise DomainError(message % {"file": extract.file_name, "member": member})
        if data:
            yield Block(index, line, data)
            line, index = line + data.count(b"\n"), index + 1
    if rest.strip():
        yield Block(index, line, rest + b"\n")


@contextmanager
def reading_of(extract: Extract, member: str) -> Iterator[None]:
    """Say which member is damaged, whatever the library calls it."""
    try:
        yield
    except ZIP_FAULTS as error:
        message = _(
            "%(file)s is damaged: %(member)s cannot be read to its end (%(error)s). "
            "Fetch it again; nothing was changed."
        )
        raise DomainError(
            message % {"file": extract.file_name, "member": member, "error": str(error)[:200]}
        ) from error


@contextmanager
def _opened(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    try:
        file = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        message = _("%(file)s is not there, or may not be read.")
        raise DomainError(message % {"file": name}) from error
    except (*ZIP_FAULTS, ValueError) as error:
        message = _(
            "%(file)s is no ZIP file, or only a part of one. Fetch it again; nothing was changed."
        )
        raise DomainError(message % {"file": name}) from error
    with file:
        yield file


def _members(file: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    """Members by name in small letters; refused when they would grow beyond what a register is."""
    found = {info.filename.casefold(): info for info in file.infolist()}
    whole = sum(info.file_size for info in found.values())
    packed = sum(info.compress_size for info in found.values())
    if whole > LARGEST or whole > max(DENSE_FROM, packed * DENSEST):
        message = _(
            "%(file)s would grow to %(size)s MB, which no extract of the register does. "
            "Nothing was changed."
        )
        raise DomainError(message % {"file": name, "size": whole // 1_000_000})
    if any(info.flag_bits & 1 for info in found.values()):
        raise DomainError(_("%(file)s is locked with a password.") % {"file": name})
    return found


def _meta(file: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str) -> dict[str, str]:
    info = members.get(layout.META)
    if info is None or info.file_size > LARGEST_META:
        raise _no_extract(name)
    try:
        text = file.read(info).decode("utf-8-sig")
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if len(row) > 1]
    except (*ZIP_FAULTS, ValueError, csv.Error) as error:
        raise _no_extract(name) from error
    return {row[0]: row[1].strip() for row in rows}


def _no_extract(name: str) -> DomainError:
    message = _(
        "%(file)s is no extract of the enterprise register: it holds no meta.csv that can be read. "
        "Nothing was changed."
    )
    return DomainError(message % {"file": name})


def _kind(meta: dict[str, str], name: str) -> bool:
    kind = meta.get("ExtractType", "").casefold()
    if kind not in {"full", "update"}:
        message = _(
            "%(file)s says that its kind is “%(kind)s”; only full extracts and updates are loaded."
        )
        raise DomainError(message % {"file": name, "kind": kind[:40]})
    return kind == "update"


def _number(meta: dict[str, str], name: str) -> int:
    text = meta.get("ExtractNumber", "")
    if not (text.isascii() and text.isdigit() and len(text) < 9):  # noqa: PLR2004 - fits a column
        message = _("%(file)s has no number that can be read in meta.csv (ExtractNumber).")
        raise DomainError(message % {"file": name})
    return int(text)


def _day(meta: dict[str, str], name: str) -> date:
    try:
        return datetime.strptime(meta.get("SnapshotDate", ""), "%d-%m-%Y").date()  # noqa: DTZ007
    except ValueError as error:
        message = _("%(file)s has no day that can be read in meta.csv (SnapshotDate).")
        raise DomainError(message % {"file": name}) from error


def _require_all(wanted: dict[str, str], members: dict[str, zipfile.ZipInfo], name: str) -> None:
    missing = sorted(set(wanted) - set(members))
    if missing:
        message = _("%(file)s lacks %(missing)s. Fetch it again; nothing was changed.")
        raise DomainError(message % {"file": name, "missing": ", ".join(missing)})


def _require_heading(file: zipfile.ZipFile, info: zipfile.ZipInfo, member: str, name: str) -> None:
    """Every column has its name and its place: rows are read by place."""
    try:
        with file.open(info) as stream:
            line = stream.readline(LONGEST_LINE).removeprefix(BOM).decode("utf-8")
    except (*ZIP_FAULTS, ValueError) as error:
        message = _("%(file)s is damaged: %(member)s cannot be read. Nothing was changed.")
        raise DomainError(message % {"file": name, "member": member}) from error
    found = tuple(cell.strip() for cell in next(csv.reader([line]), []))
    wanted = layout.columns_of(member)
    if found != wanted:
        message = _(
            "%(file)s: %(member)s has the columns %(found)s, and must have %(wanted)s. "
            "Nothing was changed."
        )
        facts = {"found": ", ".join(found)[:300], "wanted": ", ".join(wanted)}
        raise DomainError(message % {"file": name, "member": member, **facts})


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
