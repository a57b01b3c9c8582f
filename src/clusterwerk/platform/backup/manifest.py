"""The list of contents that stands first in a back-up: what it is of, and what must come out again.

Sizes are in bytes, digests SHA-256 in hex; a table's digest is the sum of its rows' digests
(`tables`), so that the order of rows does not matter.
"""

import re
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from clusterwerk.platform.backup.errors import BackupError

FORMAT = 1
NAME = "manifest.json"
DUMP = "database.dump"
LARGEST = 64 * 1024 * 1024  # bytes; some 300,000 files
CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")


def _safe(name: str) -> str:
    """A path below the folder it is unpacked in; anything else is refused."""
    path = PurePosixPath(name)
    inside = len(path.parts) > 1 and not path.is_absolute() and ".." not in path.parts
    if not inside or str(path) != name or CONTROL.search(name):
        message = f"{name!r} leads out of its folder"
        raise ValueError(message)
    return name


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Part(_Strict):
    """One member of the back-up."""

    name: str
    size: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class SafePart(Part):
    """A member that becomes a file of the same name."""

    name: Annotated[str, AfterValidator(_safe)]


class Table(_Strict):
    """name: with its schema, quoted as SQL wants it."""

    name: str
    rows: Annotated[int, Field(ge=0)]
    digest: str


class Manifest(_Strict):
    """Everything that is compared after a restore, and what is needed to decide about one."""

    format: int
    release: str
    made_at: Annotated[AwareDatetime, Field(strict=False)]
    server: int
    dumped_with: int
    owner: str
    application: str
    migrations: list[str]
    tables: list[Table]
    sequences: dict[str, int]
    dump: Part
    keys: list[SafePart]
    files: list[SafePart]
    missing_files: list[str]
    history_head: str | None = None  # digest of the newest seal, hex; kept outside the database

    def parts(self) -> list[Part]:
        """Every member after the manifest, in the order in which they stand."""
        return [self.dump, *self.keys, *self.files]

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts())

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables)


class _OnlyFormat(BaseModel):
    format: int
    release: str = "unknown"


def read(text: bytes) -> Manifest:
    """The manifest; BackupError when it is of a newer kind, or says what cannot be."""
    try:
        kind = _OnlyFormat.model_validate_json(text)
        if kind.format != FORMAT:
            message = (
                f"The back-up has format {kind.format}, made by release {kind.release}; this "
                f"program reads format {FORMAT}. Install release {kind.release}, then restore."
            )
            raise BackupError(message)
        return Manifest.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        message = f"The list of contents cannot be read: {where}: {first['msg']}. Nothing was used."
        raise BackupError(message) from None
