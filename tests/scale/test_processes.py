"""Several web servers and workers before one PostgreSQL are one site."""

import threading
from collections.abc import Iterator

import pytest

from clusterwerk.config.supervisor import budget
from clusterwerk.platform.postgres.errors import ServerError
from factories.scaled import Web, wait_until, web, worker
from scale.conftest import Installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("scale")]

JOBS = 40


@pytest.fixture(scope="module")
def sites(installation: Installation) -> Iterator[tuple[Web, Web]]:
    with (
        web(installation.var, **installation.addresses) as one,
        web(installation.var, **installation.addresses) as other,
    ):
        yield one, other


def test_a_session_holds_on_every_web_server(
    sites: tuple[Web, Web], installation: Installation
) -> None:
    for manager in installation.managers:
        found = [site.ask("/scaled/seen/", session=manager.session).json() for site in sites]
        assert found[0] == found[1]
        assert found[0]["memberships"] == [manager.cluster] * manager.members


def test_a_change_shows_on_the_other_web_server(
    sites: tuple[Web, Web], installation: Installation
) -> None:
    """What each process keeps of rendered pages stands under the version of its rows."""
    manager = installation.managers[0]
    page = f"/clusters/{manager.cluster}/"
    before = [site.ask(page).text for site in sites]
    assert all("Renamed by a test" not in text for text in before)
    desks = [site.ask("/desk/", session=manager.session).text for site in sites]
    assert all("Renamed by a test" not in text for text in desks)
    installation.ask(
        "update clusters_publicprofile set name = 'Renamed by a test' where slug = %s",
        manager.cluster,
    )
    installation.ask(
        "update clusters_cluster set name = 'Renamed by a test' where key = %s", manager.cluster
    )
    for site in sites:
        assert "Renamed by a test" in site.ask("/desk/", session=manager.session).text
    shown = "Renamed by a test"
    assert wait_until(lambda: all(shown in site.ask(page).text for site in sites), 5)


def test_wrong_passwords_are_counted_together(sites: tuple[Web, Web]) -> None:
    """Five for one account, wherever and under whatever name of the site they were tried."""
    found = [sign_in(sites[number % 2]) for number in range(8)]
    assert found[:5] == [200] * 5
    assert found[5:] == [429] * 3


def sign_in(site: Web) -> int:
    page = site.ask("/accounts/login/")
    token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    cookie = page.headers["set-cookie"].partition(";")[0]
    form = {"login": "nobody@example.org", "password": "wrong", "csrfmiddlewaretoken": token}
    return site.ask("/accounts/login/", form=form, Cookie=cookie).status


def test_each_job_is_done_once_by_one_of_two_workers(installation: Installation) -> None:
    done = "select number, count(*) from scaled_done where number between 1000 and 1999 group by 1"
    with (
        worker(installation.var, **installation.addresses),
        worker(installation.var, **installation.addresses),
    ):
        workers = "select count(*) from procrastinate_workers"
        assert wait_until(lambda: installation.ask(workers)[0][0] >= 2, 40)
        installation.ask(
            "insert into procrastinate_jobs (queue_name, task_name, args) select 'default',"
            " 'scaled.note', jsonb_build_object('number', 1000 + n) from generate_series(1, %s) n",
            JOBS,
        )
        assert wait_until(lambda: len(installation.ask(done)) == JOBS, 40)
        left = "select count(*) from procrastinate_jobs where status in ('todo', 'doing')"
        assert wait_until(lambda: installation.ask(left)[0][0] == 0, 40)
    assert sorted(installation.ask(done)) == [(1000 + n, 1) for n in range(1, JOBS + 1)]


def test_a_web_server_that_ends_under_load_loses_nothing_that_it_answered(
    sites: tuple[Web, Web], installation: Installation
) -> None:
    """Clients that are refused go to the other; what was answered is kept, once."""
    _one, other = sites
    ending = Web(installation.var, "--workers", "1", **installation.addresses).ready()
    kept, lost, stop = list[int](), list[int](), threading.Event()

    def send(first: int) -> None:
        number = first
        while not stop.is_set():
            number += 1
            for site in (ending, other):
                if site.ask("/scaled/note/", form={"number": str(number)}).status == 200:
                    kept.append(number)
                    break
                lost.append(number)

    clients = [threading.Thread(target=send, args=(2_000_000 + 10_000 * n,)) for n in range(4)]
    for client in clients:
        client.start()
    assert wait_until(lambda: len(kept) > 20)
    ending.stop()
    before = len(kept)
    assert wait_until(lambda: len(kept) > before + 20)
    stop.set()
    for client in clients:
        client.join(30)
    asked = (
        "select number, count(*) from scaled_notes where number >= 2000000 group by 1 order by 1"
    )
    rows = dict(installation.ask(asked))
    assert set(kept) <= set(rows)
    twice = [number for number, count in rows.items() if count != 2]
    assert set(twice) <= set(lost)
    assert len(twice) <= len(clients)
    assert ending.process.returncode == 0


def test_a_start_that_needs_more_connections_than_there_are_is_refused_with_the_sum(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", installation.addresses["DATABASE_URL"])
    monkeypatch.setenv("DATABASE_OWNER_URL", installation.addresses["DATABASE_OWNER_URL"])
    budget.check(installation.var, budget.of_web(4, 20) + budget.of_workers(1))
    with pytest.raises(
        ServerError,
        match=(
            "4 web processes of 20 threads and 3 workers of 8 connections need 104 connections, "
            "and 5 are kept for commands; the database accepts 97"
        ),
    ):
        budget.check(installation.var, budget.of_web(4, 20) + budget.of_workers(3))
