"""Workers that are killed, or write at once, leave nothing half and bring nothing twice."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import Membership, Move, MoveState, SizeStatement
from clusterwerk.members.moving_in import jobs
from clusterwerk.members.moving_in.comparing import compare_move
from clusterwerk.members.moving_in.files import add_file, begin_move
from clusterwerk.members.moving_in.importing import import_move
from clusterwerk.platform.access.session import NOBODY, acting, acting_person, opened
from clusterwerk.platform.jobs import JobRun, ask
from factories.moving import accept
from factories.stalled import take_up_all
from factories.supervised import wait_until
from factories.trial_worker import TrialWorker
from factories.world import World, build_world

pytestmark = pytest.mark.slow
LIST = b"Naam;Lid sinds;Aantal werknemers\nVexotron;1/2/2020;7\nLumiflux;1/2/2021;40\n"
NAMES = ("Vexotron", "Lumiflux")
PATIENCE = 100  # seconds


@pytest.fixture
def start(tmp_path: Path, transactional_db: None) -> Iterator[Callable[[], TrialWorker]]:
    started: list[TrialWorker] = []

    def start_one() -> TrialWorker:
        started.append(TrialWorker(tmp_path))
        return started[-1]

    yield start_one
    for worker in started:
        worker.kill()


@pytest.fixture
def committed(transactional_db: None) -> World:
    with transaction.atomic():
        return build_world()


@pytest.fixture
def move(committed: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Move:
    """Two members, compared and not imported."""
    monkeypatch.setattr(settings, "FILES", tmp_path)
    return compared(committed)


def compared(world: World) -> Move:
    with acting_person(world.people["manager"].pk, reason="test") as seats:
        made = begin_move(seats=seats, cluster=world.alpha)
        add_file(seats=seats, move=made, name="leden.csv", content=io.BytesIO(LIST))
        accept(seats, made)
        compare_move(seats=seats, move=made)
    return made


def stock(actor: int, move: Move) -> tuple[str, int, int, int]:
    """State of the move; organisations, memberships and sizes that it brought."""
    with acting_person(actor):
        brought = Organisation.objects.filter(name__in=NAMES)
        return (
            Move.objects.get(pk=move.pk).state,
            brought.count(),
            Membership.objects.filter(organisation__in=brought).count(),
            SizeStatement.objects.filter(organisation__in=brought).count(),
        )


def is_waiting_for_sizes() -> bool:
    """Whether the worker has written members, or takes them away, and waits for the sizes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_locks where not granted"
            " and relation = 'members_sizestatement'::regclass)"
        )
        return bool(cursor.fetchone()[0])


def is_waiting_for_the_other() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_locks where not granted and locktype = 'advisory')"
        )
        return bool(cursor.fetchone()[0])


def has_ended(pk: int) -> bool:
    with acting(NOBODY), opened("jobs"):
        return not JobRun.objects.get(pk=pk).is_open


def test_a_worker_killed_while_it_imports_leaves_nothing_and_the_next_brings_all(
    start: Callable[[], TrialWorker], committed: World, move: Move
) -> None:
    actor = committed.people["manager"].pk
    with acting_person(actor):
        run = ask(jobs.import_all, actor=actor, reason="test", move=move.pk)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("lock table members_sizestatement in share mode")
        worker = start()
        assert wait_until(is_waiting_for_sizes, PATIENCE)
        worker.kill()
    assert stock(actor, move) == (MoveState.COMPARED, 0, 0, 0)
    take_up_all()
    start()
    assert wait_until(lambda: has_ended(run.pk), PATIENCE)
    assert stock(actor, move) == (MoveState.IMPORTED, 2, 2, 2)


def test_a_worker_killed_while_it_takes_back_leaves_all_and_the_next_takes_all(
    start: Callable[[], TrialWorker], committed: World, move: Move
) -> None:
    actor = committed.people["manager"].pk
    with acting_person(actor, reason="test") as seats:
        import_move(seats=seats, move=move)
    with acting_person(actor):
        run = ask(jobs.undo, actor=actor, reason="test", move=move.pk)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("lock table members_sizestatement in share mode")
        worker = start()
        assert wait_until(is_waiting_for_sizes, PATIENCE)
        worker.kill()
    assert stock(actor, move) == (MoveState.IMPORTED, 2, 2, 2)
    take_up_all()
    start()
    assert wait_until(lambda: has_ended(run.pk), PATIENCE)
    assert stock(actor, move) == (MoveState.UNDONE, 0, 0, 0)


def test_two_moves_written_at_once_bring_nothing_twice(
    start: Callable[[], TrialWorker], committed: World, move: Move
) -> None:
    actor, other = committed.people["manager"].pk, compared(committed)
    with acting_person(actor):
        runs = [
            ask(jobs.import_all, actor=actor, reason="test", move=each.pk) for each in (move, other)
        ]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("lock table members_sizestatement in share mode")
        start()
        assert wait_until(is_waiting_for_sizes, PATIENCE)
        start()
        assert wait_until(is_waiting_for_the_other, PATIENCE)
    assert wait_until(lambda: all(has_ended(run.pk) for run in runs), PATIENCE)
    assert stock(actor, move) == (MoveState.IMPORTED, 2, 2, 2)
    assert stock(actor, other) == (MoveState.IMPORTED, 2, 2, 2)
