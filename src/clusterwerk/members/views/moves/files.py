"""What a file is, and what its columns mean."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.forms.moves import KindForm, column_choices, examples, said_categories
from clusterwerk.members.models import MembershipCategory, Move, MoveFile
from clusterwerk.members.moving_in.files import explain_file, guess_again, remove_file
from clusterwerk.members.moving_in.reading.sheets import letters
from clusterwerk.members.moving_in.targets import target_of
from clusterwerk.members.views.moves.own import own_move
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.text import folded


@require_http_methods(["GET", "HEAD", "POST"])
def move_file(request: HttpRequest, cluster: str, move: int, move_file: int) -> HttpResponse:
    """What a file is and what its columns mean."""
    own, found = own_move(request, cluster, move)
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
