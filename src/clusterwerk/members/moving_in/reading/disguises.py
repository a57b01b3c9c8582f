"""What a file is by its first bytes, whatever its name says."""

from enum import Enum

from django.utils.translation import gettext as _

from clusterwerk.platform.errors import DomainError

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
PACKED = b"PK\x03\x04"
COMPOUND = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the older files of office programs, and locked ones
)


class Disguise(Enum):
    TEXT = "text"
    WORKBOOK = "workbook"


def recognised(first: bytes, name: str) -> Disguise:
    """Text or workbook; raises `DomainError` for what is neither."""
    if first.startswith((PACKED, COMPOUND)):
        return Disguise.WORKBOOK
    _refuse_pictures(first, name)
    start = first.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<?xml", b"<table")):
        message = _(
            "%(file)s is a web page under the name of a table. Open it in your spreadsheet "
            "program, save it as .xlsx and upload that."
        )
        raise DomainError(message % {"file": name})
    return Disguise.TEXT


def _refuse_pictures(first: bytes, name: str) -> None:
    is_webp = first.startswith(b"RIFF") and first[8:12] == b"WEBP"
    if first.startswith(PICTURES) or is_webp:
        message = _("%(file)s is a picture and no table. Upload a CSV file or a workbook.")
        raise DomainError(message % {"file": name})
    if first.startswith(b"%PDF"):
        message = _("%(file)s is a PDF and no table. Ask for the same list as CSV or .xlsx.")
        raise DomainError(message % {"file": name})
    if first.startswith((b"MZ", b"\x7fELF", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")):
        message = _("%(file)s is no table. Upload a CSV file or a workbook, not packed.")
        raise DomainError(message % {"file": name})
