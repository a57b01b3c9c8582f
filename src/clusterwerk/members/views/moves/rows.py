"""The rows of a move before it is made: the preview, and one row to correct."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import Move, MoveRow, RowState
from clusterwerk.members.moving_in import choosing
from clusterwerk.members.moving_in.importing import counts_of
from clusterwerk.members.moving_in.reading.sheets import letters
from clusterwerk.members.moving_in.telling import makes_words
from clusterwerk.members.queries.moves import PAGE_SIZE, first_state, rows_of
from clusterwerk.members.views.moves.answers import compare_again, decide, offered_firsts, row_of
from clusterwerk.members.views.moves.own import own_move
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.text import row_number


@require_http_methods(["GET", "HEAD", "POST"])
def move_rows(request: HttpRequest, cluster: str, move: int) -> HttpResponse:
    """The preview, list by list; posting decides doubtful rows."""
    own, found = own_move(request, cluster, move)
    if request.method == "POST":
        _answer(request, found)
        return redirect(request.get_full_path())
    counts = counts_of(found)
    state = request.GET.get("state") or first_state(counts)
    context = {
        "cluster": own,
        "move": found,
        "counts": counts,
        "remarks": rows_of(found, "remarks").count(),
        "state": state,
        "firsts": offered_firsts(found) if state == RowState.DOUBTFUL and found.is_open else [],
        **_page(request, found, state),
    }
    return render(request, "members/move_rows.html", context)


def _answer(request: HttpRequest, move: Move) -> None:
    try:
        settled = decide(request, move)
        compare_again(request, move)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        told = ngettext("%(n)s answer noted.", "%(n)s answers noted.", settled)
        messages.success(request, told % {"n": settled})


def _page(request: HttpRequest, move: Move, state: str) -> dict[str, Any]:
    """Rows of one state, narrowed to words and a file that are asked for."""
    words = request.GET.get("find", "").replace("\0", "")[:100]
    after = row_number(request.GET.get("after", ""))
    files = list(move.files.filter(is_confirmed=True))
    file = next((each for each in files if str(each.pk) == request.GET.get("file", "")), None)
    rows = rows_of(move, state, words, file.pk if file else None)
    page = list((rows.filter(pk__gt=after) if after else rows)[: PAGE_SIZE + 1])
    return {
        "find": words,
        "files": files,
        "file": file,
        "rows": [_shown(row) for row in page[:PAGE_SIZE]],
        "next_key": str(page[PAGE_SIZE - 1].pk) if len(page) > PAGE_SIZE else "",
    }


def _shown(row: MoveRow) -> dict[str, Any]:
    plan: dict[str, Any] = row.plan
    headers = [column["header"] for column in row.file.columns]

    def placed(told: list[list[Any]]) -> list[tuple[str, str]]:
        return [
            (f"{letters(at)}: {headers[at]}" if 0 <= at < len(headers) else "", words)
            for at, words in told
        ]

    return {
        "row": row,
        "makes": makes_words(plan.get("makes", [])),
        "told": plan.get("told", []),
        "changes": plan.get("changes", []),
        "problems": placed(plan.get("problems", [])),
        "remarks": placed(plan.get("remarks", [])),
        "doubts": plan.get("doubts", []),
        "is_erased": choosing.is_erased(row),
        "is_chosen": choosing.is_chosen(row),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def move_row(request: HttpRequest, cluster: str, move: int, move_line: int) -> HttpResponse:
    """The cells of one row, to be corrected."""
    own, found = own_move(request, cluster, move)
    kept = row_of(found, str(move_line))
    refusal = ""
    if request.method == "POST":
        try:
            return _corrected(request, own, found, kept)
        except DomainError as error:
            refusal = str(error)
            kept.cells = _typed(request, kept)
    columns = kept.file.columns
    context = {
        "cluster": own,
        "move": found,
        "shown": _shown(kept),
        "row": kept,
        "refusal": refusal,
        "cells": [
            (at, letters(at), column["header"], kept.cells[at]) for at, column in enumerate(columns)
        ],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "members/move_row.html", context, status=status)


def _typed(request: HttpRequest, row: MoveRow) -> list[str]:
    return [request.POST.get(f"cell-{at}", "") for at in range(len(row.cells))]


def _corrected(request: HttpRequest, own: Cluster, move: Move, row: MoveRow) -> HttpResponse:
    """Raise `DomainError` where the cells cannot be kept."""
    choosing.edit_cells(seats=seats_of(request), row=row, cells=_typed(request, row))
    compare_again(request, move)
    row.refresh_from_db()
    messages.success(request, _("Row %(row)s was corrected.") % {"row": row.number})
    address = redirect("members:move_rows", own.key, move.pk)
    address["Location"] += f"?state={row.state}"
    return address
