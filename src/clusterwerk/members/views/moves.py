"""The wizard of moving in: files, columns, preview, rehearsal, import, result."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access
from clusterwerk.members.forms.moves import (
    KindForm,
    UploadForm,
    column_choices,
    examples,
    said_categories,
)
from clusterwerk.members.models import (
    Contribution,
    Membership,
    MembershipCategory,
    Move,
    MoveFile,
    MoveRow,
    MoveState,
    RowState,
)
from clusterwerk.members.moving_in import choosing, jobs
from clusterwerk.members.moving_in.comparing import compare_move
from clusterwerk.members.moving_in.files import (
    add_file,
    begin_move,
    drop_move,
    explain_file,
    guess_again,
    remove_file,
)
from clusterwerk.members.moving_in.importing import counts_of, rehearse_move
from clusterwerk.members.moving_in.reading.limits import MOST_BYTES
from clusterwerk.members.moving_in.reading.sheets import letters
from clusterwerk.members.moving_in.targets import target_of
from clusterwerk.members.moving_in.telling import done_words, indicator_lines, makes_words
from clusterwerk.members.queries.moves import (
    LEFT_OVER,
    PAGE_SIZE,
    LeftOver,
    headers_of,
    left_over,
    moves_of,
    rows_of,
)
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.evidence import indicators
from clusterwerk.platform.files.uploads import takes_uploads
from clusterwerk.platform.jobs import ask
from clusterwerk.platform.jobs.registry import Job
from clusterwerk.platform.text import folded, row_number
from clusterwerk.platform.ui.export import KINDS, About, Column, Table, table_response

AT_ONCE = 3_000  # rows up to which a page compares and rehearses by itself; more is a job
LEASTS = (85, 60, 1)  # scores from which the first proposal is taken for all: sure, likely, any
SURE = 60  # confidence in the kind of a file from which nobody is asked to look
MOST_UPLOADED = 3 * MOST_BYTES  # several files at once


def own_moves(request: HttpRequest) -> HttpResponse:
    """The moves of the cluster that the person works in."""
    return redirect("members:move_list", cluster=own_cluster(request, "").key)


@takes_uploads(most=MOST_UPLOADED)
@require_http_methods(["GET", "HEAD", "POST"])
def move_list(request: HttpRequest, cluster: str) -> HttpResponse:
    """Earlier moves; posting files begins a new one."""
    own = own_cluster(request, cluster)
    access.may_keep_members(seats_of(request), own.pk).require()
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        move = begin_move(seats=seats_of(request), cluster=own)
        refused = _add_files(request, form, move)
        if not refused or move.files.exists():
            for words in refused:
                messages.warning(request, words)
            return redirect("members:move_detail", own.key, move.pk)
        move.delete()
        for words in refused:
            form.add_error("uploaded", words)
    moves = [
        (move, list(dict.fromkeys(file.name for file in move.files.all())))
        for move in moves_of(own.pk)[:30]
    ]
    context = {"cluster": own, "form": form, "moves": moves}
    return render(request, "members/move_list.html", context, status=_status(request))


def _add_files(request: HttpRequest, form: UploadForm, move: Move) -> list[str]:
    """Sentences about files that could not be read; the others are added."""
    refused = []
    for upload in form.cleaned_data["uploaded"]:
        try:
            add_file(seats=seats_of(request), move=move, name=upload.name, content=upload.file)
        except DomainError as error:
            refused.append(str(error))
    return refused


@takes_uploads(most=MOST_UPLOADED)
@require_http_methods(["GET", "HEAD", "POST"])
def move_detail(request: HttpRequest, cluster: str, move: int) -> HttpResponse:
    """Where the move stands and what comes next; posting takes the next step."""
    own, found = _own_move(request, cluster, move)
    form = UploadForm()
    if request.method == "POST":
        try:
            return _step(request, own, found)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("members:move_detail", own.key, found.pk)
    return render(request, "members/move_detail.html", _context(own, found, form))


def _step(request: HttpRequest, own: Cluster, move: Move) -> HttpResponse:
    step = request.POST.get("step", "")
    back = redirect("members:move_detail", own.key, move.pk)
    if step == "add":
        form = UploadForm(request.POST, request.FILES)
        for words in _add_files(request, form, move) if form.is_valid() else [_("Choose a file.")]:
            messages.error(request, words)
        return back
    if step == "accept":
        _accept_guesses(request, move)
        step = "compare"
    seats = seats_of(request)
    if step == "drop":
        drop_move(seats=seats, move=move)
        messages.success(request, _("The move was thrown away; nothing was changed."))
        return redirect("members:move_list", own.key)
    if step == "compare":
        return _at_once_or_asked(request, move, compare_move, jobs.compare) or redirect(
            "members:move_rows", own.key, move.pk
        )
    if step == "rehearse":
        return _at_once_or_asked(request, move, rehearse_move, jobs.rehearse) or back
    if step in {"import", "undo"}:
        return _asked(request, move, jobs.import_all if step == "import" else jobs.undo)
    raise BadRequest(_("The form was not sent whole."))


def _accept_guesses(request: HttpRequest, move: Move) -> None:
    """Every file as it was guessed."""
    for file in move.files.filter(is_confirmed=False).exclude(kind=""):
        fields = [column["field"] for column in file.columns]
        explain_file(seats=seats_of(request), file=file, kind=file.kind, fields=fields)


def _at_once_or_asked(
    request: HttpRequest, move: Move, act: Callable[..., object], job: Job
) -> HttpResponse | None:
    """A small move is done in this request, a large one by the worker."""
    if MoveRow.objects.filter(cluster_id=move.cluster_id, move=move).count() > AT_ONCE:
        return _asked(request, move, job)
    act(seats=seats_of(request), move=move)
    return None


def _asked(request: HttpRequest, move: Move, job: Job) -> HttpResponse:
    seats = seats_of(request)
    access.may_keep_members(seats, move.cluster_id).require()
    assert seats.actor is not None, "signed in"
    run = ask(job, actor=seats.actor, reason="members:move_detail", move=move.pk)
    return redirect(f"{reverse('jobs:job_detail', args=[run.pk])}?watch=1")


def _context(own: Cluster, move: Move, form: UploadForm) -> dict[str, Any]:
    files = list(move.files.all())
    for file in files:
        target = target_of(file.kind)
        file.kind_label = target.label if target else ""  # type: ignore[attr-defined] # for the page
        left_out = [each["header"] for each in file.columns if not each["field"]]
        file.left_out = left_out  # type: ignore[attr-defined] # the same
        file.understood = len(file.columns) - len(left_out)  # type: ignore[attr-defined] # the same
    outcome: dict[str, Any] = move.outcome
    counts = counts_of(move) if move.state != MoveState.DRAFT else {}
    stays_out = any(counts.get(each) for each in LEFT_OVER)
    return {
        "cluster": own,
        "move": move,
        "form": form,
        "files": files,
        "waiting": [file for file in files if not file.is_confirmed],
        "unknown": [file for file in files if not file.kind],
        "counts": counts,
        "has_left_over": stays_out or (counts and rows_of(move, "remarks").exists()),
        "is_compared": move.state == MoveState.COMPARED,
        "done": done_words(outcome.get("done", {})),
        "indicators": indicator_lines(outcome.get("indicators", [])),
        "is_rehearsed": bool(outcome.get("is_rehearsal")),
        "undone": outcome.get("undone"),
        "is_sure_from": SURE,
        "stayed_out": sum(outcome.get("rows", {}).get(each, 0) for each in LEFT_OVER),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def move_file(request: HttpRequest, cluster: str, move: int, move_file: int) -> HttpResponse:
    """What a file is and what its columns mean."""
    own, found = _own_move(request, cluster, move)
    file = get_object_or_404(MoveFile, cluster=own, move=found, pk=move_file)
    if request.method == "POST" and "remove" in request.POST:
        remove_file(seats=seats_of(request), file=file)
        return redirect("members:move_detail", own.key, found.pk)
    kind = request.POST.get("kind") or request.GET.get("kind") or file.kind
    columns = file.columns if kind == file.kind else guess_again(file, kind)
    initial = {**file.options, "kind": kind}
    form = KindForm(request.POST or None, file=file, initial=initial)
    form.narrow(target_of(kind))
    if request.method == "POST" and "guess" not in request.POST and form.is_valid():
        columns = [
            {**column, "field": request.POST.get(f"column-{at}", "")}
            for at, column in enumerate(columns)
        ]
        try:
            _explain(request, file, form, columns)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect("members:move_detail", own.key, found.pk)
    context = _columns(own, found, file, kind, columns)
    return render(
        request,
        "members/move_file.html",
        {**context, "form": form},
        status=HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK,
    )


def _explain(
    request: HttpRequest, file: MoveFile, form: KindForm, columns: list[dict[str, Any]]
) -> None:
    words = said_categories(file, columns)
    chosen = {folded(each): request.POST.get(f"category-{at}", "") for at, each in enumerate(words)}
    explain_file(
        seats=seats_of(request),
        file=file,
        kind=form.cleaned_data["kind"],
        fields=[column["field"] for column in columns],
        days=[request.POST.get(f"day-{at}", "") for at in range(len(columns))],
        options={
            **form.options(),
            "categories": {key: value for key, value in chosen.items() if value},
        },
    )


def _columns(
    own: Cluster, move: Move, file: MoveFile, kind: str, columns: list[dict[str, Any]]
) -> dict[str, Any]:
    shown = [
        {**column, "at": at, "letters": letters(at), "examples": values}
        for at, (column, values) in enumerate(zip(columns, examples(file), strict=True))
    ]
    target = target_of(kind)
    told = file.options.get("categories", {})
    words = [(word, told.get(folded(word), "")) for word in said_categories(file, columns)]
    return {
        "cluster": own,
        "move": move,
        "file": file,
        "target": target,
        "columns": shown,
        "choices": column_choices(target),
        "categories": [(at, word, chosen) for at, (word, chosen) in enumerate(words)],
        "offered": MembershipCategory.objects.filter(cluster=own),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def move_rows(request: HttpRequest, cluster: str, move: int) -> HttpResponse:
    """The preview, list by list; posting decides doubtful rows."""
    own, found = _own_move(request, cluster, move)
    if request.method == "POST":
        try:
            settled = _decide(request, found)
            _compare_again(request, found)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            told = ngettext("%(n)s answer noted.", "%(n)s answers noted.", settled)
            messages.success(request, told % {"n": settled})
        return redirect(request.get_full_path())
    counts = counts_of(found)
    state = request.GET.get("state") or _first_state(counts)
    words = request.GET.get("find", "").replace("\0", "")[:100]
    after = request.GET.get("after", "")
    files = list(found.files.filter(is_confirmed=True))
    file = next((each for each in files if str(each.pk) == request.GET.get("file", "")), None)
    rows = rows_of(found, state, words, file.pk if file else None)
    if row_number(after):
        rows = rows.filter(pk__gt=row_number(after))
    page = list(rows[: PAGE_SIZE + 1])
    context = {
        "cluster": own,
        "move": found,
        "counts": counts,
        "remarks": rows_of(found, "remarks").count(),
        "state": state,
        "find": words,
        "files": files,
        "file": file,
        "firsts": _firsts(found) if state == RowState.DOUBTFUL and found.is_open else [],
        "rows": [_shown(row) for row in page[:PAGE_SIZE]],
        "next_key": str(page[PAGE_SIZE - 1].pk) if len(page) > PAGE_SIZE else "",
    }
    return render(request, "members/move_rows.html", context)


def _firsts(move: Move) -> list[tuple[int, int]]:
    """Least scores from which the first proposal can be taken, each with how many it answers.

    A lower one that answers no more than the one before it is not offered.
    """
    offered: list[tuple[int, int]] = []
    for least, number in choosing.answered_by(move, LEASTS):
        if number > (offered[-1][1] if offered else 0):
            offered.append((least, number))
    return offered


def _first_state(counts: dict[str, int]) -> str:
    """What needs a person comes first."""
    order = ("doubtful", "wrong", "new", "changed", "same")
    return next((state for state in order if counts.get(state)), "new")


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
        "changes": plan.get("changes", []),
        "problems": placed(plan.get("problems", [])),
        "remarks": placed(plan.get("remarks", [])),
        "doubts": plan.get("doubts", []),
        "is_erased": choosing.is_erased(row),
    }


def _decide(request: HttpRequest, move: Move) -> int:
    """One answer for many rows, or for the row that is named; says how many it settled."""
    every = request.POST.get("all", "")
    if every:
        return _decide_all(request, move, every)
    row, seats = _row(move, request.POST.get("row", "")), seats_of(request)
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
        rows = rows_of(move, request.GET.get("state") or _first_state(counts_of(move)))
        return choosing.leave_out(seats=seats, rows=rows)
    least = next((each for each in LEASTS if every == f"first-{each}"), 0)
    if not least:
        raise BadRequest(_("The form was not sent whole."))
    return choosing.choose_first(seats=seats, move=move, least=least)


def _row(move: Move, key: str) -> MoveRow:
    rows = MoveRow.objects.select_related("move", "file")
    return get_object_or_404(rows, cluster_id=move.cluster_id, move=move, pk=row_number(key))


def _compare_again(request: HttpRequest, move: Move) -> None:
    """A small move at once; of a large one the page says that it waits."""
    if MoveRow.objects.filter(cluster_id=move.cluster_id, move=move).count() <= AT_ONCE:
        move.refresh_from_db()
        compare_move(seats=seats_of(request), move=move)


@require_http_methods(["GET", "HEAD", "POST"])
def move_row(request: HttpRequest, cluster: str, move: int, move_line: int) -> HttpResponse:
    """The cells of one row, to be corrected."""
    own, found = _own_move(request, cluster, move)
    kept = _row(found, str(move_line))
    refusal = ""
    if request.method == "POST":
        cells = [request.POST.get(f"cell-{at}", "") for at in range(len(kept.cells))]
        try:
            choosing.edit_cells(seats=seats_of(request), row=kept, cells=cells)
            _compare_again(request, found)
        except DomainError as error:
            refusal = str(error)
            kept.cells = cells
        else:
            kept.refresh_from_db()
            messages.success(request, _("Row %(row)s was corrected.") % {"row": kept.number})
            address = redirect("members:move_rows", own.key, found.pk)
            address["Location"] += f"?state={kept.state}"
            return address
    context = {
        "cluster": own,
        "move": found,
        "shown": _shown(kept),
        "row": kept,
        "refusal": refusal,
        "cells": [
            (at, letters(at), column["header"], kept.cells[at])
            for at, column in enumerate(kept.file.columns)
        ],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refusal else HTTPStatus.OK
    return render(request, "members/move_row.html", context, status=status)


@require_safe
def move_figure(request: HttpRequest, cluster: str, move: int, indicator: str) -> HttpResponse:
    """The records that a figure of the result counts, as they are today."""
    own, found = _own_move(request, cluster, move)
    wanted = indicators().get(indicator)
    if wanted is None:
        raise Http404(_("There is no such figure."))
    records = list(wanted.records(own.pk, timezone.localdate()))
    first = row_number(request.GET.get("after", ""))
    shown = records[first : first + PAGE_SIZE]
    context = {
        "cluster": own,
        "move": found,
        "indicator": wanted,
        "number": wanted.value(records),
        "record_count": len(records),
        "lines": [(wanted.line(record), _file_of(own, record)) for record in shown],
        "first": first + 1,
        "next_key": str(first + PAGE_SIZE) if first + PAGE_SIZE < len(records) else "",
    }
    return render(request, "members/move_figure.html", context)


def _file_of(cluster: Cluster, record: object) -> str:
    """Where a counted record stands: the file of its member; empty for records of upper rooms."""
    if isinstance(record, Contribution):
        return reverse("members:membership_detail", args=[cluster.key, record.membership_id])
    if isinstance(record, Membership):
        return reverse("members:membership_detail", args=[cluster.key, record.pk])
    return ""


@require_safe
def move_left_over(request: HttpRequest, cluster: str, move: int) -> HttpResponse:
    """What could not be placed, with its original columns and the reason."""
    own, found = _own_move(request, cluster, move)
    kind = KINDS.get(request.GET.get("file", "xlsx"))
    if kind is None:
        raise BadRequest(_("There is no such kind of file."))
    headers = headers_of(found)
    columns: list[Column[LeftOver]] = [
        Column(_("Reason"), lambda each: each.why, width=50),
        Column(_("File"), lambda each: each.file, width=24),
        Column(_("Sheet"), lambda each: each.sheet),
        Column(_("Row"), lambda each: str(each.number)),
        *(_cell(header, at) for at, header in enumerate(headers)),
    ]
    about = About(
        _("What could not be placed"),
        ((_("Cluster"), own.name), (_("Move"), str(found))),
    )
    table = Table("left-over", columns, left_over(found), about)
    return table_response(table, kind, timezone.localdate())


def _cell(header: str, at: int) -> Column[LeftOver]:
    return Column(header, lambda each: each.cells[at] if at < len(each.cells) else "", width=20)


def _own_move(request: HttpRequest, cluster: str, move: int) -> tuple[Cluster, Move]:
    own = own_cluster(request, cluster)
    access.may_keep_members(seats_of(request), own.pk).require()
    moves = Move.objects.select_related("cluster").exclude(state=MoveState.DROPPED)
    return own, get_object_or_404(moves, cluster=own, pk=move)


def _status(request: HttpRequest) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
