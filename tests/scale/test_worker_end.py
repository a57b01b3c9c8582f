"""A worker that is asked to end while its line or its database is gone, in the midst of a job."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from clusterwerk.config.supervisor.working import LAST
from clusterwerk.platform.postgres import binaries, control
from clusterwerk.platform.postgres.home import readable_binaries
from factories.scaled import Proxy, tcp_url, wait_until, worker
from scale.conftest import Installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("scale")]

LONG = 60  # seconds of the statement; far beyond the last moment of a worker
Lose = Callable[[Installation, Proxy], object]


@pytest.fixture
def line(installation: Installation) -> Iterator[Proxy]:
    proxy = Proxy(installation.place.run)
    yield proxy
    proxy.close()
    installation.ask(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'clusterwerk_app'"
    )


def cut_for_good(_installation: Installation, line: Proxy) -> None:
    line.is_open = False
    line.cut()


def freeze(_installation: Installation, line: Proxy) -> None:
    line.freeze()


def stop(installation: Installation, _line: Proxy) -> None:
    programs = readable_binaries(binaries.find(), installation.place.account)
    assert control.stop(installation.place, programs)


def start(installation: Installation) -> None:
    programs = readable_binaries(binaries.find(), installation.place.account)
    assert control.start(installation.place, programs)


def restart(installation: Installation, line: Proxy) -> None:
    stop(installation, line)
    start(installation)


def keep(_installation: Installation, _line: Proxy) -> None:
    """All is well, and the statement takes long."""


WAYS: list[Lose] = [cut_for_good, freeze, stop, restart, keep]


@pytest.mark.parametrize("lose", WAYS)
def test_it_ends_in_time_and_another_worker_does_the_job_once(
    installation: Installation, line: Proxy, lose: Lose
) -> None:
    number = 900 + WAYS.index(lose)
    through = {**installation.addresses, "DATABASE_URL": tcp_url(line.port)}
    with worker(installation.var, **through) as process:
        job = ask_for(installation, number)
        assert wait_until(lambda: is_in_the_middle(installation), 60)
        lose(installation, line)
        process.terminate()
        try:
            process.wait(timeout=LAST + 4)
        finally:
            if lose is stop:
                start(installation)
    assert done(installation, number) == 0
    leave_to_others(installation, job)
    with worker(installation.var, **installation.addresses):
        assert wait_until(lambda: state(installation, job) == "succeeded", 60)
    assert done(installation, number) == 1


def ask_for(installation: Installation, number: int) -> int:
    asked = (
        "insert into procrastinate_jobs (queue_name, task_name, args) values ('default',"
        " 'scaled.slow', jsonb_build_object('number', %s::int, 'pause', %s::int)) returning id"
    )
    return int(installation.ask(asked, number, LONG)[0][0])


def is_in_the_middle(installation: Installation) -> list[tuple[Any, ...]]:
    return installation.ask(
        "select pid from pg_stat_activity where usename = 'clusterwerk_app'"
        " and state = 'active' and query like 'select pg_sleep%%'"
    )


def leave_to_others(installation: Installation, job: int) -> None:
    """What half a minute brings: the dead worker is known as dead, and a pause is over."""
    installation.ask(
        "update procrastinate_workers set last_heartbeat = now() - interval '1 minute'"
    )
    installation.ask(
        "update procrastinate_jobs set scheduled_at = null, args = args || '{\"pause\": 0}'"
        " where id = %s",
        job,
    )
    installation.ask(
        "insert into procrastinate_jobs (queue_name, task_name, args) values ('default',"
        " 'clusterwerk.platform.jobs.periodic.retry_stalled', '{\"timestamp\": 0}')"
    )


def state(installation: Installation, job: int) -> str:
    asked = "select status::text from procrastinate_jobs where id = %s"
    return str(installation.ask(asked, job)[0][0])


def done(installation: Installation, number: int) -> int:
    asked = "select count(*) from scaled_done where number = %s"
    return int(installation.ask(asked, number)[0][0])
