"""What a person answers to the questions that rows ask."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from clusterwerk.members.models import Move, MoveRow
from clusterwerk.members.moving_in import choosing
from clusterwerk.members.moving_in.comparing import compare_move
from clusterwerk.members.moving_in.importing import counts_of
from clusterwerk.members.queries.moves import first_state, rows_of
from clusterwerk.members.views.moves.own import is_small
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.text import row_number

LEASTS = (85, 60, 1)  # scores from which the first proposal is taken for all: sure, likely, any


def decide(request: HttpRequest, move: Move) -> int:
    """One answer for many rows, or for the row that is named; says how many it settled."""
    every = request.POST.get("all", "")
    if every:
        return _decide_all(request, move, every)
    row, seats = row_of(move, request.POST.get("row", "")), seats_of(request)
    if "out" in request.POST:
        return choosing.leave_out(seats=seats, rows=[row])
    if "again" in request.POST:
        choosing.take_in_again(seats=seats, row=row)
        return 1
    ref = request.POST.get("ref", "")
    if not ref:
        raise DomainError(_("Choose who is meant."))
    alike = "alike" in request.POST
    slot = request.POST.get("slot", "")
    return choosing.choose(seats=seats, row=row, slot=slot, ref=ref, alike=alike)


def _decide_all(request: HttpRequest, move: Move, every: str) -> int:
    seats = seats_of(request)
    if every in {"new", "none"}:
        return choosing.choose_for_all(seats=seats, move=move, ref=every)
    if every == "emptied":
        return choosing.empty_what_is_wrong(seats=seats, move=move)
    if every == "out":
        rows = rows_of(move, request.GET.get("state") or first_state(counts_of(move)))
        return choosing.leave_out(seats=seats, rows=rows)
    least = next((each for each in LEASTS if every == f"first-{each}"), 0)
    if not least:
        raise BadRequest(_("The form was not sent whole."))
    return choosing.choose_first(seats=seats, move=move, least=least)


def row_of(move: Move, key: str) -> MoveRow:
    rows = MoveRow.objects.select_related("move", "file")
    return get_object_or_404(rows, cluster_id=move.cluster_id, move=move, pk=row_number(key))


def compare_again(request: HttpRequest, move: Move) -> None:
    """A small move at once; of a large one the page says that it waits."""
    if is_small(move):
        move.refresh_from_db()
        compare_move(seats=seats_of(request), move=move)


def offered_firsts(move: Move) -> list[tuple[int, int]]:
    """Least scores from which the first proposal can be taken, each with how many it answers.

    A lower one that answers no more than the one before it is not offered.
    """
    offered: list[tuple[int, int]] = []
    for least, number in choosing.answered_by(move, LEASTS):
        if number > (offered[-1][1] if offered else 0):
            offered.append((least, number))
    return offered
