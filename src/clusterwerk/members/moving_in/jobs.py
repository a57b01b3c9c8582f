"""Moves that take longer than a page may take."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.members.models import Move
from clusterwerk.members.moving_in.comparing import compare_move
from clusterwerk.members.moving_in.importing import import_move, rehearse_move
from clusterwerk.members.moving_in.undoing import undo_move
from clusterwerk.platform.jobs import Progress, job


def _asked_at(ids: Mapping[str, Any]) -> str:
    """The move, unless it was taken from whoever asks."""
    found = Move.objects.select_related("cluster").filter(pk=ids.get("move", 0)).first()
    return _page(found) if found else ""


@job(title=gettext_lazy("Compare a move"), asked_at=_asked_at, is_once=True)
def compare(progress: Progress, *, move: int) -> str:
    with progress.step(total=1, note=_("Comparing rows")) as seats:
        found = _move(move)
        compare_move(seats=seats, move=found)
        return _page(found)


@job(title=gettext_lazy("Rehearse a move"), asked_at=_asked_at, is_once=True)
def rehearse(progress: Progress, *, move: int) -> str:
    with progress.step(total=1, note=_("Rehearsing the import")) as seats:
        found = _move(move)
        rehearse_move(seats=seats, move=found)
        return _page(found)


@job(title=gettext_lazy("Import a move"), asked_at=_asked_at, is_once=True)
def import_all(progress: Progress, *, move: int) -> str:
    """One step is one transaction: a worker that is killed leaves nothing, and the next begins."""
    with progress.step(total=1, note=_("Importing")) as seats:
        found = _move(move)
        if found.is_open:
            import_move(seats=seats, move=found)
        return _page(found)


@job(title=gettext_lazy("Take a move back"), asked_at=_asked_at, is_once=True)
def undo(progress: Progress, *, move: int) -> str:
    with progress.step(total=1, note=_("Taking back")) as seats:
        found = _move(move)
        undo_move(seats=seats, move=found)
        return _page(found)


def _move(key: int) -> Move:
    return Move.objects.select_related("cluster").get(pk=key)


def _page(move: Move) -> str:
    return reverse("members:move_detail", args=[move.cluster.key, move.pk])
