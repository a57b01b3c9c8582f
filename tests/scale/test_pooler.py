"""PgBouncer in transaction mode: few server connections for many, and no wall gets thinner."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path

import pytest

from clusterwerk.config.supervisor import budget
from clusterwerk.platform.postgres.address import connection_settings
from factories.scaled import PGBOUNCER, Web, pooler, wait_until, web, worker
from scale.conftest import Installation, Manager

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("scale"),
    pytest.mark.skipif(
        not PGBOUNCER, reason="PgBouncer is missing; install it: apt-get install pgbouncer"
    ),
]

CLIENTS = 16
ROUNDS = 6
SERVER_CONNECTIONS = 3


@pytest.fixture(scope="module")
def pooled(installation: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = installation.var / "pooler"
    with pooler(installation.place, folder, size=SERVER_CONNECTIONS) as url:
        yield url


@pytest.fixture(scope="module")
def environment(installation: Installation, pooled: str) -> dict[str, str]:
    addresses = {**installation.addresses, "DATABASE_URL": pooled}
    return {**addresses, "CLUSTERWERK_POOLER": "transaction"}


@pytest.fixture(scope="module")
def site(installation: Installation, environment: dict[str, str]) -> Iterator[Web]:
    words = ("--workers", "1", "--threads", str(CLIENTS))
    with web(installation.var, *words, **environment) as one:
        yield one


def test_nobody_sees_rows_of_others_through_three_connections_that_sixteen_share(
    site: Web, installation: Installation
) -> None:
    """Managers of four clusters and strangers at once, with failing requests in between."""

    def one_client(manager: Manager) -> list[object]:
        seen: list[object] = []
        for _ in range(ROUNDS):
            assert site.ask("/scaled/broken/", session=manager.session).status == 500
            mine = site.ask("/scaled/seen/", session=manager.session)
            seen.append(mine.json()["memberships"])
            foreign = next(one for one in installation.managers if one != manager)
            refused = site.ask(f"/members/{foreign.cluster}/", session=manager.session)
            assert refused.status in {403, 404}
            assert site.ask("/scaled/seen/").status == 302
            assert site.ask("/scaled/place/").json()["role"] == "clusterwerk_app"
        return seen

    clients = list(islice(cycle(installation.managers), CLIENTS))
    with ThreadPoolExecutor(CLIENTS) as pool:
        found = list(pool.map(one_client, clients))
    for manager, seen in zip(clients, found, strict=True):
        assert seen == [[manager.cluster] * manager.members] * ROUNDS
    assert 0 < server_connections(installation) <= SERVER_CONNECTIONS


def test_a_machine_that_knows_the_application_alone_serves_through_the_pooler(
    installation: Installation, environment: dict[str, str]
) -> None:
    """The pooler leads to one database, so nothing is asked of any other."""
    alone = {**environment, "DATABASE_OWNER_URL": ""}
    with web(installation.var, "--workers", "1", **alone) as one:
        assert one.ask("/scaled/place/").json()["role"] == "clusterwerk_app"


def server_connections(installation: Installation) -> int:
    asked = "select count(*) from pg_stat_activity where usename = 'clusterwerk_app'"
    return int(installation.ask(asked)[0][0])


def test_rows_are_copied_through_a_temporary_table_of_one_transaction(
    site: Web, installation: Installation
) -> None:
    session = installation.managers[0].session
    for _ in range(2 * SERVER_CONNECTIONS):
        answer = site.ask("/scaled/copied/", session=session)
        assert answer.json() == {"found": [1000, 499_500]}


def test_a_worker_finds_its_jobs_without_listening(
    installation: Installation, environment: dict[str, str]
) -> None:
    installation.ask(
        "insert into procrastinate_jobs (queue_name, task_name, args)"
        " values ('default', 'scaled.note', '{\"number\": 61}')"
    )
    with worker(installation.var, **environment):
        asked = "select 1 from scaled_done where number = 61"
        assert wait_until(lambda: installation.ask(asked), 40)


def test_the_pooler_switches_off_what_outlives_a_transaction(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert connection_settings("app", tmp_path)["DISABLE_SERVER_SIDE_CURSORS"] is False
    monkeypatch.setenv("CLUSTERWERK_POOLER", "transaction")
    assert connection_settings("app", tmp_path)["DISABLE_SERVER_SIDE_CURSORS"] is True
    budget.check(tmp_path, budget.of_web(1000, 1000))
