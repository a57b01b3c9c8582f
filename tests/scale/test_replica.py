"""A streaming replica answers what may lag, under the same walls, and is never needed."""

from collections.abc import Iterator

import pytest

from factories.scaled import Standby, Web, wait_until, web
from scale.conftest import Installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("scale")]


@pytest.fixture(scope="module")
def site(installation: Installation, standby: Standby) -> Iterator[Web]:
    more = {**installation.addresses, "CLUSTERWERK_REPLICA_URL": standby.url}
    with web(installation.var, CLUSTERWERK_REPLICA_LAG="3", **more) as one:
        yield one


def noted(installation: Installation) -> int:
    """A new row on the primary; its number."""
    statement = (
        "insert into scaled_notes select coalesce(max(number), 0) + 1 from scaled_notes"
        " returning number"
    )
    return int(installation.ask(statement)[0][0])


def reads_from_replica(site: Web, installation: Installation) -> bool:
    """A commit now and then is what tells that the replica follows; a worker's sign of life."""
    noted(installation)
    return site.ask("/scaled/place/").json()["replica"] is True


def test_public_pages_come_from_the_replica_and_follow_the_primary(
    site: Web, installation: Installation
) -> None:
    assert wait_until(lambda: reads_from_replica(site, installation))
    newest = noted(installation)
    assert wait_until(lambda: site.ask("/scaled/place/").json()["newest"] == newest)
    found = site.ask("/scaled/place/").json()
    assert found["role"] == "clusterwerk_app"
    assert found["read_only"] == "on"
    for address in ("/", "/clusters/euka/", "/programme/figures/", "/sitemap.xml"):
        assert site.ask(address).status == 200


def test_who_is_signed_in_reads_the_primary(site: Web, installation: Installation) -> None:
    session = installation.managers[0].session
    assert site.ask("/scaled/place/", session=session).json()["replica"] is False


def test_a_download_shows_what_was_written_a_moment_ago_under_the_same_walls(
    site: Web, installation: Installation
) -> None:
    assert wait_until(lambda: reads_from_replica(site, installation))
    for manager in installation.managers:
        found = site.ask("/scaled/file/", session=manager.session).json()
        assert found == {"memberships": [manager.cluster] * manager.members, "replica": "replica"}
        own = site.ask(f"/members/{manager.cluster}/?file=csv", session=manager.session)
        assert own.status == 200
        assert own.text.count(f"{manager.cluster} ") >= manager.members
        other = next(one for one in installation.managers if one != manager)
        assert site.ask(f"/members/{other.cluster}/?file=csv", session=manager.session).status in {
            403,
            404,
        }


def test_a_download_never_lags(site: Web, installation: Installation, standby: Standby) -> None:
    """The replica stops replaying: a change made now is in the file, which the primary gives."""
    assert wait_until(lambda: reads_from_replica(site, installation))
    manager = installation.managers[0]
    standby.ask("select pg_wal_replay_pause()")
    try:
        noted(installation)
        found = site.ask("/scaled/file/", session=manager.session).json()
        assert found["replica"] == "default"
    finally:
        standby.ask("select pg_wal_replay_resume()")


def test_a_view_that_writes_on_the_replica_says_which_model(
    site: Web, installation: Installation
) -> None:
    assert wait_until(lambda: reads_from_replica(site, installation))
    answer = site.ask("/scaled/writing/")
    assert answer.text == "User is written by a page that reads from the replica."


def test_a_replica_that_lags_too_much_is_left_alone_until_it_has_caught_up(
    site: Web, installation: Installation, standby: Standby
) -> None:
    assert wait_until(lambda: reads_from_replica(site, installation))
    standby.ask("select pg_wal_replay_pause()")
    try:
        assert wait_until(lambda: not reads_from_replica(site, installation), 15)
        newest = noted(installation)
        assert site.ask("/scaled/place/").json()["newest"] == newest
    finally:
        standby.ask("select pg_wal_replay_resume()")
    assert wait_until(lambda: reads_from_replica(site, installation), 15)


def test_no_page_is_lost_when_the_replica_is_killed_and_it_is_used_again_when_it_is_back(
    site: Web, installation: Installation, standby: Standby
) -> None:
    assert wait_until(lambda: reads_from_replica(site, installation))
    standby.kill()
    try:
        answers = [site.ask(address).status for address in ("/", "/scaled/place/", "/about/") * 5]
        assert answers == [200] * 15
        assert site.ask("/scaled/place/").json()["replica"] is False
    finally:
        standby.start()
    assert wait_until(lambda: reads_from_replica(site, installation), 30)
