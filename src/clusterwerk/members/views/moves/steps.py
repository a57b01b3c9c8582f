"""The steps of a move: files, comparing, rehearsing, importing, taking back."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access
from clusterwerk.members.forms.moves import UploadForm
from clusterwerk.members.models import Move, MoveState
from clusterwerk.members.moving_in import jobs
from clusterwerk.members.moving_in.comparing import compare_move
from clusterwerk.members.moving_in.files import add_file, begin_move, drop_move, explain_file
from clusterwerk.members.moving_in.importing import counts_of, rehearse_move
from clusterwerk.members.moving_in.reading.limits import MOST_BYTES
from clusterwerk.members.moving_in.targets import target_of
from clusterwerk.members.moving_in.telling import done_words, indicator_lines
from clusterwerk.members.queries.moves import LEFT_OVER, erased_rows, has_left_over, moves_of
from clusterwerk.members.views.choosing import own_cluster
from clusterwerk.members.views.moves.own import is_small, own_move
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.files.uploads import takes_uploads
from clusterwerk.platform.jobs import ask
from clusterwerk.platform.jobs.registry import Job

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
    own, found = own_move(request, cluster, move)
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
    if not is_small(move):
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
    erased = erased_rows(move) if move.state == MoveState.IMPORTED else 0
    counts = counts_of(move) if move.state != MoveState.DRAFT else {}
    return {
        "cluster": own,
        "move": move,
        "form": form,
        "files": files,
        "waiting": [file for file in files if not file.is_confirmed],
        "unknown": [file for file in files if not file.kind],
        "counts": counts,
        "has_left_over": bool(counts) and has_left_over(move),
        "is_compared": move.state == MoveState.COMPARED,
        "done": done_words(outcome.get("done", {})),
        "indicators": indicator_lines(outcome.get("indicators", [])),
        "is_rehearsed": bool(outcome.get("is_rehearsal")),
        "undone": outcome.get("undone"),
        "is_sure_from": SURE,
        "stayed_out": max(0, _left_over(outcome) - erased),
        "erased_out": erased,
    }


def _left_over(outcome: dict[str, Any]) -> int:
    return sum(outcome.get("rows", {}).get(each, 0) for each in LEFT_OVER)


def _status(request: HttpRequest) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
