"""Moves in tests: who makes them, files uploaded, explained as they were guessed, compared."""

import io
from pathlib import Path

import pytest
from django.conf import settings

from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import Move, MoveFile, MoveRow, RowState
from clusterwerk.members.moving_in.comparing import compare_move
from clusterwerk.members.moving_in.files import add_file, begin_move, explain_file
from clusterwerk.platform.access.seats import Seats
from factories.invited import acting_as
from factories.world import World


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Uploaded files of one test lie apart."""
    monkeypatch.setattr(settings, "FILES", tmp_path)


@pytest.fixture
def seats(world: World) -> Seats:
    """The manager of alpha is at work."""
    return acting(world)


def acting(world: World, name: str = "manager") -> Seats:
    return acting_as(world.people[name])


def moved(seats: Seats, cluster: Cluster, **files: bytes) -> Move:
    """A move with these files, explained as guessed and compared; `leden_xlsx=…` is leden.xlsx."""
    move = begin_move(seats=seats, cluster=cluster)
    for key, data in files.items():
        stem, _underscore, ending = key.rpartition("_")
        add_file(seats=seats, move=move, name=f"{stem}.{ending}", content=io.BytesIO(data))
    accept(seats, move)
    compare_move(seats=seats, move=move)
    return move


def accept(seats: Seats, move: Move, **options: object) -> None:
    """Every file as it was guessed, with these options."""
    for file in MoveFile.objects.filter(move=move, is_confirmed=False).exclude(kind=""):
        fields = [column["field"] for column in file.columns]
        explain_file(seats=seats, file=file, kind=file.kind, fields=fields, options=options)


def rows(move: Move, state: RowState) -> list[MoveRow]:
    return list(MoveRow.objects.filter(move=move, state=state).order_by("file", "number"))


def states(move: Move) -> dict[str, int]:
    found: dict[str, int] = {}
    for state in MoveRow.objects.filter(move=move).values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found
