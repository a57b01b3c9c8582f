"""What the pages about duplicates of any kind show and answer; rooms above use it for theirs.

Their templates extend `directory/duplicate_base.html` and `directory/compare_base.html`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterwerk.directory.duplicates.moving import rows_of
from clusterwerk.directory.duplicates.registry import moves_to
from clusterwerk.directory.models import Merge, MergeStep, MergeStepKind
from clusterwerk.platform.access.middleware import seats_of
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.jobs import ask
from clusterwerk.platform.jobs.registry import Job
from clusterwerk.platform.kinds import name_of

SHOWN = 100  # pairs on the page; deciding them makes room for the next
MERGES_SHOWN = 20
Row = Any  # a row of the model that the page is about


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that may be one; `losing` is the one that would go up in the other."""

    losing: Row
    keeping: Row
    score: int
    reasons: Sequence[str]
    address: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of both; `is_open`: whether a merge may take it over, `choice`: what it proposes."""

    name: str
    label: str
    losing: object
    keeping: object
    is_open: bool = True
    choice: str = "keeping"
    may_be_both: bool = False

    @property
    def differs(self) -> bool:
        return self.losing != self.keeping


@dataclass(frozen=True, slots=True)
class Moving:
    """How many rows of one kind would move."""

    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Made:
    """A merge of the past, with names as they stand; `left`: rows that an undoing left alone."""

    merge: Merge
    losing: str
    keeping: str
    moved: int
    left: int
    undo: str


def field_label(model: type[Model], name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def what_moves(losing: Row, besides: Collection[type[Model]] = ()) -> list[Moving]:
    """Rows of the owner of the losing one that refer to it; those of clusters are not counted.

    `besides` are models whose rows the page shows one by one.
    """
    counted = [
        Moving(name_of(moves.model), rows_of(moves, losing.pk, losing.cluster_id).count())
        for moves in moves_to(type(losing))
        if moves.model not in besides and (losing.cluster_id is None or moves.has_owner)
    ]
    return [each for each in counted if each.number]


def merges_of(
    subject: str,
    cluster: int | None,
    *,
    names: Callable[[set[int]], Mapping[int, str]],
    undo: Callable[[Merge], str],
) -> list[Made]:
    """The last merges of a cluster, or of the shared directory, newest first.

    `names` are those of rows by their key, `undo` is the address that takes a merge back.
    """
    owner = {"cluster_id__isnull": True} if cluster is None else {"cluster_id": cluster}
    rows = list(Merge.objects.filter(subject=subject, **owner)[:MERGES_SHOWN])
    named = names({key for row in rows for key in (row.losing, row.keeping)})
    told = _counted(MergeStep.objects.filter(merge__in=[row.number for row in rows], **owner))
    return [
        Made(
            row,
            named.get(row.losing, ""),
            named.get(row.keeping, ""),
            *told.get(row.number, (0, 0)),
            undo(row),
        )
        for row in rows
    ]


def _counted(steps: "QuerySet[MergeStep]") -> dict[UUID, tuple[int, int]]:
    """Rows moved and rows left alone, by merge; a step without fields only marks a state."""
    is_left = Q(kind=MergeStepKind.LEFT)
    is_mark = Q(kind=MergeStepKind.CHANGED, fields=[])
    rows = (
        steps.values("merge")
        .order_by()
        .annotate(moved=Count("pk", filter=~is_left & ~is_mark), left=Count("pk", filter=is_left))
    )
    return {each["merge"]: (each["moved"], each["left"]) for each in rows}


def hindrance(required: Callable[[Row, Row], None], losing: Row, keeping: Row) -> str:
    """Why the two cannot be merged this way, whoever asks; empty where they can."""
    try:
        required(losing, keeping)
    except DomainError as error:
        return str(error)
    return ""


def look_again(request: HttpRequest, job: Job, *, reason: str, cluster: int | None) -> HttpResponse:
    """Search in the background, and lead to its progress."""
    run = ask(job, actor=seats_of(request).actor or 0, reason=reason, cluster=cluster)
    return redirect("jobs:job_detail", run.pk)


def take_back(request: HttpRequest, undo: Callable[..., Sequence[Row]], merge: Merge) -> None:
    """Undo a merge, and say what became of it or why not."""
    try:
        left = undo(seats=seats_of(request), merge=merge)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _told(len(left)))


def _told(left: int) -> str:
    if not left:
        return _("The merge was taken back; everything stands as before.")
    words = ngettext(
        "The merge was taken back; %(number)s row changed since and stays as it stands.",
        "The merge was taken back; %(number)s rows changed since and stay as they stand.",
        left,
    )
    return words % {"number": left}
