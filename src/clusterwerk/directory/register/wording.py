"""What is wrong with a row, in the reader's language.

A load notes it in English, as the columns are: the command line prints it, and editions keep it.
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.register.reading import CELLS, ENCODING, QUOTES, ZERO, Problem

OF_ROW = {
    CELLS: _("another number of cells than columns"),
    ENCODING: _("not UTF-8"),
    QUOTES: _("quotes that do not close"),
    ZERO: _("a zero byte, which the database does not keep"),
    "a second row of it": _("a second row of the same enterprise"),
    "the enterprise is unknown": _("the enterprise is unknown"),
}
OF_CELL = {
    "has another form": _("%(column)s has another form"),
    "has wrong check digits": _("%(column)s has wrong check digits"),
    "is no day": _("%(column)s is no day"),
    "is unknown": _("%(column)s is unknown"),
    "is empty": _("%(column)s is empty"),
    "is too long": _("%(column)s is too long"),
}


def said(reason: str) -> str:
    """The reason in the language of now; one that an older release noted stays as it is."""
    if reason in OF_ROW:
        return str(OF_ROW[reason])
    column, _space, fault = reason.partition(" ")
    return str(OF_CELL[fault]) % {"column": column} if fault in OF_CELL else reason


def told(kept: list[dict[str, str | int]]) -> list[Problem]:
    """Problems as an edition keeps them, in the order of files and lines."""
    found = [Problem(str(of["file"]), int(of["line"]), str(of["reason"])) for of in kept]
    ordered = sorted(found, key=lambda each: (each.file, each.line))
    return [replace(each, reason=said(each.reason)) for each in ordered]
