"""Which part of a list a request asks for, and the panel beside it."""

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from clusterwerk.platform.ui.lists.asking import Asked


@dataclass(frozen=True, slots=True)
class Panel:
    """The row whose file stands beside the list, and the address without it."""

    pk: int
    close: str


def part_asked(request: HttpRequest) -> str:
    """Id of the part that htmx swaps in: `list` or `panel`; empty when the whole page is asked."""
    htmx = request.htmx  # type: ignore[attr-defined] # set by its middleware
    if not htmx or htmx.history_restore_request:
        return ""
    return "panel" if htmx.target == "panel" else "list"


def panel_of(asked: Asked, query: QueryDict) -> Panel | None:
    if asked.open is None:
        return None
    kept = query.copy()
    kept.pop("open", None)
    return Panel(asked.open, f"?{kept.urlencode()}")
