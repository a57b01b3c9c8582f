"""Which files are taken as documents of an activity, and what everybody is shown of them."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

from clusterwerk.activities.models import Activity, ActivityState, Handout, HandoutReach
from clusterwerk.members.correspondence.files import KEPT
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.files.actions import require_name

MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
MOST_TOGETHER = 100 * MEGABYTE  # of one activity
MOST_HANDOUTS = 30  # of one activity
_BEGINS = {
    ".pdf": (b"%PDF-",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".webp": (b"RIFF",),
    ".doc": (b"\xd0\xcf\x11\xe0",),
    ".xls": (b"\xd0\xcf\x11\xe0",),
    ".ppt": (b"\xd0\xcf\x11\xe0",),
}
_PACKED = {".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"}
_MACROS = ("vbaproject.bin", "basic/")


@dataclass(frozen=True, slots=True)
class OpenHandout:
    """A document for everybody, as the public page shows it. `size` in bytes."""

    pk: int
    name: str
    size: int


def shown_handouts(activity: Activity) -> list[dict[str, Any]]:
    """What the public row carries; nothing of what is cancelled."""
    if activity.state == ActivityState.CANCELLED:
        return []
    rows = Handout.objects.filter(activity_id=activity.pk, reach=HandoutReach.EVERYBODY)
    return [dict(row) for row in rows.values("id", "name", "size")]


def open_handouts(rows: Iterable[dict[str, Any]] | None) -> list[OpenHandout]:
    return [OpenHandout(row["id"], row["name"], row["size"]) for row in rows or ()]


def type_of(name: str, content: bytes) -> str:
    """The type under which it is given out; raises `DomainError` for what is not taken.

    By its ending, which must fit what the file begins with: nothing that runs is handed on.
    """
    require_name(name)
    told = {"file": name}
    if not content:
        raise DomainError(_("%(file)s is empty.") % told)
    if len(content) > LARGEST:
        raise DomainError(
            _("%(file)s has %(size)s MB; a document has at most %(most)s MB.")
            % {**told, "size": len(content) // MEGABYTE, "most": LARGEST // MEGABYTE}
        )
    ending = PurePath(name).suffix.lower()
    if ending not in KEPT:
        raise DomainError(_("%(file)s is no kind of file that is taken. Make a PDF of it.") % told)
    if not _fits(ending, content):
        raise DomainError(
            _("%(file)s is not what its name says, or holds macros. Make a PDF of it.") % told
        )
    return KEPT[ending]


def _fits(ending: str, content: bytes) -> bool:
    if ending in _BEGINS:
        return content.startswith(_BEGINS[ending])
    if ending in _PACKED:
        return _is_office(content)
    return b"\x00" not in content


def _is_office(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = [name.lower() for name in archive.namelist()]
    except zipfile.BadZipFile:
        return False
    is_office = "[content_types].xml" in names or "mimetype" in names
    return is_office and not any(
        name.endswith(_MACROS[0]) or name.startswith(_MACROS[1]) for name in names
    )
