"""What stays of a move, and what a crash leaves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clusterwerk.members.models import Membership, Move, MoveFile, MoveRow, MoveState
from clusterwerk.members.moving_in import importing
from clusterwerk.members.moving_in.importing import import_move
from clusterwerk.members.moving_in.retention import discard_rows
from clusterwerk.platform.files.models import PreparedFile
from factories.moving import acting, moved
from factories.world import World

LIST = b"Naam;Lid sinds\nVexotron;1/2/2020\nLumiflux;1/2/2021\n"


def test_an_uploaded_file_is_its_uploaders_alone_and_ends_after_a_week(world: World) -> None:
    seats = acting(world)
    before = timezone.now()
    moved(seats, world.alpha, leden_csv=LIST)
    (kept,) = PreparedFile.objects.all()
    assert kept.owner_id == seats.actor
    assert timedelta(days=7) <= kept.expires_at - before < timedelta(days=7, minutes=5)
    acting(world, "staff")
    assert PreparedFile.objects.count() == 0


def test_rows_go_a_month_after_a_move_was_touched_and_the_move_stays(world: World) -> None:
    seats = acting(world)
    move = moved(seats, world.alpha, leden_csv=LIST)
    import_move(seats=seats, move=move)
    clusters = frozenset({world.alpha.pk})
    assert discard_rows(clusters, timezone.now() + timedelta(days=29)) == 0
    discard_rows(clusters, timezone.now() + timedelta(days=31))
    assert not MoveRow.objects.filter(move=move).exists()
    assert not MoveFile.objects.filter(move=move).exists()
    assert Move.objects.get(pk=move.pk).state == MoveState.IMPORTED
    assert Membership.objects.filter(cluster=world.alpha).count() == 3


def test_an_import_that_breaks_in_the_middle_leaves_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seats = acting(world)
    move = moved(seats, world.alpha, leden_csv=LIST)
    told: list[str] = []

    def broken(cluster: int) -> dict[str, str]:
        told.append("counted")
        if len(told) > 1:
            message = "the machine stops"
            raise RuntimeError(message)
        return {}

    monkeypatch.setattr(importing, "counted_indicators", broken)
    with pytest.raises(RuntimeError, match="the machine stops"):
        import_move(seats=seats, move=move)
    assert len(told) == 2
    assert Membership.objects.filter(cluster=world.alpha).count() == 1
    move.refresh_from_db()
    assert move.state == MoveState.COMPARED
