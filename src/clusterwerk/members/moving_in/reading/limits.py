"""How large a file may be: what a cluster of thousands of members needs, several times over."""

from django.utils.translation import gettext as _

from clusterwerk.platform.errors import DomainError

MOST_BYTES = 20 * 1024 * 1024  # below what a proxy in front lets through
MOST_UNPACKED_BYTES = 400 * 1024 * 1024
MOST_ROWS = 50_000
MOST_LINES = 1_100_000  # with the empty ones: a sheet of an office program has no more
MOST_COLUMNS = 150
MOST_SHEETS = 60


def require_size(size: int, name: str) -> None:
    if size == 0:
        raise DomainError(_("%(file)s is empty.") % {"file": name})
    if size > MOST_BYTES:
        raise DomainError(too_large(name, size))


def too_large(name: str, size: int) -> str:
    message = _(
        "%(file)s has %(size)s MB; at most %(most)s MB are read. Save the sheets that you need as "
        "a file of their own, or split it."
    )
    return message % {"file": name, "size": megabytes(size), "most": megabytes(MOST_BYTES)}


def megabytes(size: int) -> int:
    return round(size / 1024 / 1024)


def require_rows(rows: int, name: str) -> None:
    if rows > MOST_ROWS:
        message = _(
            "%(file)s has more than %(most)s rows. Split it into parts and move them in one after "
            "the other; what is known already is found again."
        )
        raise DomainError(message % {"file": name, "most": _grouped(MOST_ROWS)})


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def require_lines(lines: int, name: str) -> None:
    if lines > MOST_LINES:
        message = _(
            "%(file)s has more than %(most)s lines, most of them empty. Copy the rows that you "
            "need into a new file, and upload that."
        )
        raise DomainError(message % {"file": name, "most": _grouped(MOST_LINES)})


def require_columns(columns: int, name: str) -> None:
    if columns > MOST_COLUMNS:
        message = _(
            "%(file)s has %(columns)s columns; at most %(most)s are read. Take away columns that "
            "are not needed and upload it again."
        )
        raise DomainError(message % {"file": name, "columns": columns, "most": MOST_COLUMNS})
