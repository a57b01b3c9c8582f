"""A worker that is killed while it imports leaves nothing half, and the next one does it all."""

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
from clusterwerk.platform.access.session import NOBODY, acting, acting_person, opened
from clusterwerk.platform.jobs import JobRun, ask
from factories.moving import accept
from factories.stalled import take_up
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
    with acting_person(committed.people["manager"].pk, reason="test") as seats:
        made = begin_move(seats=seats, cluster=committed.alpha)
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


def is_waiting() -> bool:
    """Whether the worker has written members and waits for the table of sizes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_locks where not granted"
            " and relation = 'members_sizestatement'::regclass)"
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
        assert wait_until(is_waiting, PATIENCE)
        worker.kill()
    assert stock(actor, move) == (MoveState.COMPARED, 0, 0, 0)
    take_up()
    start()
    assert wait_until(lambda: has_ended(run.pk), PATIENCE)
    assert stock(actor, move) == (MoveState.IMPORTED, 2, 2, 2)
