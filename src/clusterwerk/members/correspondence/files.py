"""Which files that come with a mail are kept, and under which type they are given out."""

from pathlib import PurePath

from clusterwerk.members.correspondence.parts import ReadFile

LARGEST = 10 * 1024 * 1024
_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN = "application/vnd.oasis.opendocument"
# By ending, because mail programs often name no type or a wrong one. Nothing that runs: no pages,
# no scripts, no workbooks with macros.
KEPT = {
    ".pdf": "application/pdf",
    ".docx": f"{_OFFICE}.wordprocessingml.document",
    ".xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}.presentationml.presentation",
    ".odt": f"{_OPEN}.text",
    ".ods": f"{_OPEN}.spreadsheet",
    ".odp": f"{_OPEN}.presentation",
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
UNKNOWN = "application/octet-stream"


def type_of(file: ReadFile) -> str:
    return KEPT.get(PurePath(file.name).suffix.lower(), UNKNOWN)


def is_kept(file: ReadFile) -> bool:
    """Whether the bytes are kept; of the others the name is."""
    return type_of(file) != UNKNOWN and 0 < len(file.content) <= LARGEST
