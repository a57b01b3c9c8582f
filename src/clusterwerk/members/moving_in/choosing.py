"""What people decide in the preview: who is meant, what is left out, what a cell should say."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.members import access
from clusterwerk.members.models import Move, MoveRow, MoveState, RowState
from clusterwerk.members.moving_in.answers import digest_of
from clusterwerk.members.moving_in.drafts import (
    ASK,
    ASKED,
    ERASED,
    FROM,
    ROW,
    choice_text,
    choices_of,
)
from clusterwerk.members.moving_in.files import hold_open
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed

LONGEST = 20_000
BOTH = 2


@transaction.atomic
def choose(*, seats: Seats, row: MoveRow, slot: str, ref: str, alike: bool) -> int:
    """Who is meant in a doubtful row, and with `alike` in all rows with the same question.

    Returns how many rows it settled.
    """
    _require(seats, row.move)
    doubt = next((each for each in row.plan.get("doubts", []) if each["slot"] == slot), None)
    if doubt is None:
        raise DomainError(_("This row asks that no more."))
    rows: Iterable[MoveRow] = [row]
    if alike:
        asking = {"doubts": [{"slot": slot, "key": doubt["key"]}]}
        rows = MoveRow.objects.filter(
            cluster_id=row.cluster_id, move=row.move, plan__contains=asking
        )
    return _note(rows, doubt, ref)


@transaction.atomic
def choose_first(*, seats: Seats, move: Move, least: int) -> int:
    """For every doubtful row the likeliest candidate, where its score reaches the least.

    Two that are equally likely stay a question.
    """
    _require(seats, move)
    settled = 0
    for row in _doubtful(move):
        for doubt in row.plan.get("doubts", []):
            if _surest(doubt) >= least:
                settled += _note([row], doubt, doubt["candidates"][0]["ref"])
    return settled


def answered_by(move: Move, leasts: Sequence[int]) -> list[tuple[int, int]]:
    """For each least score: how many questions `choose_first` would answer."""
    sure = [_surest(doubt) for row in _doubtful(move) for doubt in row.plan.get("doubts", [])]
    return [(least, sum(score >= least for score in sure)) for least in leasts]


def _doubtful(move: Move) -> QuerySet[MoveRow]:
    return MoveRow.objects.filter(
        cluster_id=move.cluster_id, move=move, state=RowState.DOUBTFUL, file__is_confirmed=True
    )


def _surest(doubt: Mapping[str, Any]) -> int:
    """The score of the first candidate; 0 where the second is as likely."""
    scores = [each["score"] for each in doubt["candidates"][:2]]
    return 0 if len(scores) == BOTH and scores[0] == scores[1] else int(scores[0])


@transaction.atomic
def empty_what_is_wrong(*, seats: Seats, move: Move) -> int:
    """Take wrong cells out of their rows, which may then come in without them; says of how many."""
    _require(seats, move)
    emptied = 0
    rows = MoveRow.objects.filter(cluster_id=move.cluster_id, move=move, state=RowState.WRONG)
    for row in rows:
        wrong = {column for column, _words in row.plan.get("problems", []) if column >= 0}
        cells = ["" if at in wrong else cell for at, cell in enumerate(row.cells)]
        emptied += edit_cells(seats=seats, row=row, cells=cells)
    return emptied


@transaction.atomic
def choose_for_all(*, seats: Seats, move: Move, ref: str) -> int:
    """The same for every doubtful row: a new one, or none of those named."""
    _require(seats, move)
    settled = 0
    for row in _doubtful(move):
        for doubt in row.plan.get("doubts", []):
            settled += _note([row], doubt, ref)
    return settled


@transaction.atomic
def leave_out(*, seats: Seats, rows: Iterable[MoveRow]) -> int:
    """Rows that are not to come in; they stand in the file of what is left over."""
    rows = list(rows)
    if not rows:
        return 0
    _require(seats, rows[0].move)
    return _note_choices(rows, {ROW: "skip"})


@transaction.atomic
def take_in_again(*, seats: Seats, row: MoveRow) -> None:
    """Forget what was chosen for a row; who is meant is asked again, whatever was said before."""
    _require(seats, row.move)
    _require_not_erased(row)
    slots = [key.removeprefix(ASKED) for key in choices_of(row.choice) if key.startswith(ASKED)]
    changed(row, choice=choice_text(dict.fromkeys(slots, ASK)))


@transaction.atomic
def edit_cells(*, seats: Seats, row: MoveRow, cells: list[str]) -> bool:
    """Other texts for the cells of a row; says if any differs. What it was stays known."""
    _require(seats, row.move)
    _require_not_erased(row)
    if len(cells) != len(row.cells):
        raise DomainError(_("The row has %(number)s cells.") % {"number": len(row.cells)})
    cells = [cell.strip()[:LONGEST] for cell in cells]
    differ = [at for at, (old, new) in enumerate(zip(row.cells, cells, strict=True)) if old != new]
    if not differ:
        return False
    row.edited = sorted({*row.edited, *differ})
    row.cells = cells
    row.choice = ""
    row.save(update_fields=["cells", "edited", "choice"])
    return True


def _require(seats: Seats, move: Move) -> None:
    access.may_keep_members(seats, move.cluster_id).require()
    hold_open(move)
    move.state, move.touched_at = MoveState.DRAFT, timezone.now()
    move.save(update_fields=["state", "touched_at"])


def _require_not_erased(row: MoveRow) -> None:
    if is_erased(row):
        raise DomainError(_("The person of this row was erased on request."))


def is_erased(row: MoveRow) -> bool:
    return choices_of(row.choice).get(ROW) == ERASED


def is_chosen(row: MoveRow) -> bool:
    """Whether anything was settled that can be asked again."""
    return bool(set(choices_of(row.choice).values()) - {ASK, ERASED})


def _note(rows: Iterable[MoveRow], doubt: Mapping[str, Any], ref: str) -> int:
    """An answer, with what was asked; one that was taken over before gives way."""
    rows = list(rows)
    slot = str(doubt["slot"])
    cluster = rows[0].cluster_id if rows else 0
    asked = digest_of(cluster, slot, doubt["key"])
    return _note_choices(rows, {slot: ref, f"{ASKED}{slot}": asked, f"{FROM}{slot}": ""})


def _note_choices(rows: Iterable[MoveRow], noted: Mapping[str, str]) -> int:
    number = 0
    for row in rows:
        choices = {**choices_of(row.choice), **noted}
        row.choice = choice_text({slot: ref for slot, ref in choices.items() if ref})
        row.save(update_fields=["choice"])
        number += 1
    return number
