"""A ZIP of several tables, as mailing tools export an audience: one file for each status.

Nothing is unpacked by the names that stand in it: who reads a table says where its bytes go. What
it would grow to is looked at before anything is read.
"""

import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

from clusterwerk.members.moving_in.reading.disguises import PACKED
from clusterwerk.members.moving_in.reading.limits import MOST_BYTES, megabytes, too_large
from clusterwerk.platform.archives import ZIP_FAULTS
from clusterwerk.platform.errors import DomainError

EMPTY = b"PK\x05\x06"  # how one begins that holds nothing
PARTS_OF_WORKBOOKS = {"[Content_Types].xml", "content.xml"}  # of .xlsx and .ods
TABLES = {".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods"}
NESTED = {".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz"}
MOST_MEMBERS = 300  # with folders and what programs put beside
MOST_TABLES = 30  # as many as sheets of one move
MOST_UNPACKED = 100 * 1024 * 1024  # bytes of all tables
DENSEST = 200  # times; tables are packed about eight times
DENSE_FROM = 8 * 1024 * 1024  # bytes; below that no density is dangerous
LONGEST_PATH = 150
CHUNK = 1024 * 1024  # bytes
FAULTS = (*ZIP_FAULTS, ValueError)


@dataclass(frozen=True, slots=True)
class Packed:
    """A table in a ZIP; `name` is its folder and name, made safe to show."""

    name: str
    info: zipfile.ZipInfo


@dataclass(frozen=True, slots=True)
class Archive:
    """The tables of a ZIP in its order, and names of what is neither a table nor a by-product."""

    name: str
    file: zipfile.ZipFile
    tables: Sequence[Packed]
    others: Sequence[str]

    def chunks(self, table: Packed) -> Iterator[bytes]:
        """Its bytes; never more than the ZIP says of it, and the sum is compared at the end."""
        try:
            with self.file.open(table.info) as stream:
                while chunk := stream.read(CHUNK):
                    yield chunk
        except FAULTS as error:
            raise DomainError(_damaged(f"{self.name}: {table.name}")) from error


def is_archive(path: Path) -> bool:
    """Whether it is a ZIP that is no workbook; one that cannot be opened is left to who reads."""
    with path.open("rb") as file:
        first = file.read(len(PACKED))
    if first not in {PACKED, EMPTY}:
        return False
    try:
        with zipfile.ZipFile(path) as file:
            return not PARTS_OF_WORKBOOKS & set(file.namelist())
    except FAULTS:
        return False


@contextmanager
def opened_archive(path: Path, name: str) -> Iterator[Archive]:
    """Raises `DomainError` where it holds no table, or what is not opened here."""
    try:
        file = zipfile.ZipFile(path)
    except FAULTS as error:
        raise DomainError(_damaged(name)) from error
    with file:
        members = [(_shown(info.filename), info) for info in file.infolist()]
        wanted = [Packed(shown, info) for shown, info in members if not _is_by_product(shown, info)]
        _require_few(len(members), name)
        _require_open(wanted, name)
        tables = [each for each in wanted if _ending(each.name) in TABLES]
        _require_tables(tables, wanted, name)
        yield Archive(name, file, tables, [each.name for each in wanted if each not in tables])


def _shown(path: str) -> str:
    """Without what leads elsewhere, and without signs that do not print; nothing is opened by it.

    Some programs part folders by a backslash.
    """
    parts = PurePosixPath(path.replace("\\", "/")).parts
    safe = ("".join(sign for sign in part if sign.isprintable()).strip() for part in parts)
    return "/".join(part for part in safe if part.strip("./"))[-LONGEST_PATH:]


def _is_by_product(name: str, info: zipfile.ZipInfo) -> bool:
    """Folders, and what a Mac or a file manager puts beside the files."""
    parts = PurePosixPath(name).parts
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    return info.is_dir() or not parts or is_hidden or parts[-1].lower() == "thumbs.db"


def _ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _require_few(members: int, name: str) -> None:
    if members > MOST_MEMBERS:
        message = _("%(file)s holds %(number)s files; at most %(most)s are looked at. Unpack it, "
                    "and upload the tables that you need.")  # fmt: skip
        raise DomainError(message % {"file": name, "number": members, "most": MOST_MEMBERS})


def _require_open(wanted: Sequence[Packed], name: str) -> None:
    """Neither locked nor packed once more, and each name once."""
    if any(each.info.flag_bits & 1 for each in wanted):
        message = _(
            "%(file)s is locked with a password. Unpack it, and upload the tables in it; you can "
            "choose several at once."
        )
        raise DomainError(message % {"file": name})
    nested = [each.name for each in wanted if _ending(each.name) in NESTED]
    if nested:
        message = _(
            "%(file)s holds another packed file, %(nested)s. Unpack both, and upload the tables in "
            "them; you can choose several at once."
        )
        raise DomainError(message % {"file": name, "nested": ", ".join(nested[:3])})
    twice = [each for each, times in Counter(each.name for each in wanted).items() if times > 1]
    if twice:
        message = _(
            "%(file)s holds %(member)s more than once, so that nobody can say which is meant. "
            "Unpack it, and upload the right one."
        )
        raise DomainError(message % {"file": name, "member": twice[0]})


def _require_tables(tables: Sequence[Packed], wanted: Sequence[Packed], name: str) -> None:
    if not wanted:
        raise DomainError(_("%(file)s is an empty ZIP: there is no file in it.") % {"file": name})
    if not tables:
        message = _(
            "%(file)s holds no table, only %(others)s. A CSV file, .xlsx, .xls or .ods is needed."
        )
        others = ", ".join(each.name for each in wanted[:3])
        raise DomainError(message % {"file": name, "others": others})
    if len(tables) > MOST_TABLES:
        message = _("%(file)s holds %(number)s tables; a move takes at most %(most)s. Unpack it, "
                    "and upload those that you need.")  # fmt: skip
        raise DomainError(message % {"file": name, "number": len(tables), "most": MOST_TABLES})
    _require_size(tables, name)


def _require_size(tables: Sequence[Packed], name: str) -> None:
    for each in tables:
        if each.info.file_size > MOST_BYTES:
            raise DomainError(too_large(f"{name}: {each.name}", each.info.file_size))
    whole = sum(each.info.file_size for each in tables)
    packed = sum(each.info.compress_size for each in tables)
    if whole > MOST_UNPACKED or whole > max(DENSE_FROM, packed * DENSEST):
        message = _(
            "%(file)s would grow to %(size)s MB, which no export of a mailing tool does. Unpack "
            "it, and upload the tables that you need."
        )
        raise DomainError(message % {"file": name, "size": megabytes(whole)})


def _damaged(name: str) -> str:
    message = _(
        "%(file)s is damaged, or only a part of a ZIP. Fetch it again and upload it once more."
    )
    return message % {"file": name}
