"""Moves as their screens read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from clusterwerk.members.models import Move, MoveFile, MoveRow, MoveState, RowState
from clusterwerk.members.moving_in.drafts import ERASED, ROW

PAGE_SIZE = 50
LEFT_OVER = (RowState.WRONG, RowState.DOUBTFUL, RowState.SKIPPED)
EMPTIED = Q(choice__regex=rf"(^|\n){ROW}={ERASED}(\n|$)")  # the person of the row was erased


def moves_of(cluster: int) -> QuerySet[Move]:
    """Newest first, without those that were thrown away."""
    kept = Move.objects.filter(cluster_id=cluster).exclude(state=MoveState.DROPPED)
    return kept.select_related("begun_by").prefetch_related("files")


def rows_of(
    move: Move, state: str = "", words: str = "", file: int | None = None
) -> QuerySet[MoveRow]:
    """Rows of one state (`remarks`: those of which something is left out), in the order read."""
    rows = MoveRow.objects.filter(cluster_id=move.cluster_id, move=move, file__is_confirmed=True)
    if state == "remarks":
        rows = rows.filter(plan__has_key="remarks")
    elif state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(cells__icontains=words))
    if file is not None:
        rows = rows.filter(file=file)
    return rows.select_related("file").order_by("pk")


def erased_rows(move: Move) -> int:
    """Rows left out because their person was erased; nobody is asked to bring them in again."""
    return rows_of(move, RowState.SKIPPED).filter(EMPTIED).count()


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A row that did not come in as it stands, with the reason in words."""

    file: str
    sheet: str
    number: int
    cells: list[str]
    why: str


def left_over(move: Move) -> Iterator[LeftOver]:
    """Rows that were wrong, doubtful or left out, and those of which something was left out.

    A row that was emptied, because its person was erased, holds nothing to place: it is counted
    by `erased_rows`.
    """
    rows = _left_over(move).select_related("file").order_by("file__position", "number")
    for row in rows:
        yield LeftOver(row.file.name, row.file.sheet, row.number, row.cells, why(row))


def has_left_over(move: Move) -> bool:
    return _left_over(move).exists()


def _left_over(move: Move) -> QuerySet[MoveRow]:
    wanted = Q(state__in=LEFT_OVER) | Q(plan__has_key="remarks")
    rows = MoveRow.objects.filter(wanted, cluster_id=move.cluster_id, move=move)
    return rows.exclude(EMPTIED)


def why(row: MoveRow) -> str:
    """The reasons of a row, in one line."""
    plan: dict[str, Any] = row.plan
    told = [words for _column, words in [*plan.get("problems", []), *plan.get("remarks", [])]]
    told += [f"{doubt['about']}?" for doubt in plan.get("doubts", [])]
    return " ".join(told) or row.get_state_display()


def headers_of(move: Move) -> list[str]:
    """Headers of the widest file; a file of what is left over has room for all."""
    files = MoveFile.objects.filter(cluster_id=move.cluster_id, move=move)
    widest = max(files, key=lambda file: len(file.columns), default=None)
    return [column["header"] for column in widest.columns] if widest else []


def first_state(counts: dict[str, int]) -> str:
    """What needs a person comes first."""
    order = ("doubtful", "wrong", "new", "changed", "same")
    return next((state for state in order if counts.get(state)), "new")
