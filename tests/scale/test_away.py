"""A database that goes away in the middle of a request and comes back; a line that breaks."""

import os
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from clusterwerk.platform.postgres import binaries, control
from clusterwerk.platform.postgres.home import readable_binaries
from factories.scaled import Answer, Proxy, Web, tcp_url, wait_until, web, worker
from scale.conftest import Installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("scale")]

NOT_KEPT = "so nothing of what you sent was kept"
PERHAPS_KEPT = "may have been kept, or not"


@pytest.fixture(scope="module")
def line(installation: Installation) -> Iterator[Proxy]:
    proxy = Proxy(installation.place.run)
    yield proxy
    proxy.close()


@pytest.fixture(scope="module")
def site(installation: Installation, line: Proxy) -> Iterator[Web]:
    addresses = {**installation.addresses, "DATABASE_URL": tcp_url(line.port)}
    with web(installation.var, **addresses) as one:
        yield one


def rows(installation: Installation, number: int) -> int:
    asked = "select count(*) from scaled_notes where number = %s"
    return int(installation.ask(asked, number)[0][0])


def send_slowly(site: Web, number: int) -> tuple[threading.Thread, list[Answer]]:
    """A form whose work takes three seconds between its two rows, sent in the background."""
    answers: list[Answer] = []
    form = {"number": str(number), "pause": "3"}
    thread = threading.Thread(
        target=lambda: answers.append(site.ask("/scaled/note/", form=form)), daemon=True
    )
    thread.start()
    return thread, answers


def is_in_the_middle(installation: Installation) -> list[tuple[int]]:
    """Server processes between the two rows of such a form."""
    return installation.ask(
        "select pid from pg_stat_activity where usename = 'clusterwerk_app'"
        " and state = 'active' and query like 'select pg_sleep%%'"
    )


def said(answer: Answer) -> str:
    return re.sub(r"\s+", " ", answer.text)


def test_a_cut_line_amid_a_form_keeps_nothing_and_the_page_says_so(
    site: Web, line: Proxy, installation: Installation
) -> None:
    thread, answers = send_slowly(site, 71)
    assert wait_until(lambda: is_in_the_middle(installation))
    line.cut()
    thread.join(30)
    assert (answers[0].status, answers[0].headers["retry-after"]) == (503, "10")
    assert NOT_KEPT in said(answers[0])
    assert "the browser offers to send it again" in said(answers[0])
    assert wait_until(lambda: not is_in_the_middle(installation))
    assert rows(installation, 71) == 0
    assert site.ask("/scaled/note/", form={"number": "71"}).text == "kept"
    assert rows(installation, 71) == 2


def test_a_killed_server_process_amid_a_form_keeps_nothing_and_the_next_request_works(
    site: Web, installation: Installation
) -> None:
    thread, answers = send_slowly(site, 72)
    assert wait_until(lambda: is_in_the_middle(installation))
    os.kill(is_in_the_middle(installation)[0][0], signal.SIGKILL)
    thread.join(30)
    assert answers[0].status == 503
    assert NOT_KEPT in said(answers[0])
    assert wait_until(lambda: control.accepts(installation.place), 60)
    assert wait_until(lambda: site.ask("/").status == 200, 60)
    assert rows(installation, 72) == 0
    assert site.ask("/scaled/note/", form={"number": "72"}).text == "kept"


def test_while_the_database_is_away_every_page_says_so_and_afterwards_none(
    site: Web, installation: Installation
) -> None:
    process = site.process.pid
    restart(installation, lambda: away(site, installation))
    session = installation.managers[0].session
    for _ in range(8):  # as many as there are threads, twice
        assert site.ask("/scaled/seen/", session=session).status == 200
    assert site.process.pid == process
    assert site.process.poll() is None


def away(site: Web, installation: Installation) -> None:
    answer = site.ask("/scaled/seen/", session=installation.managers[0].session)
    assert answer.status == 503
    assert "The database cannot be reached just now." in answer.text
    assert site.ask("/scaled/note/", form={"number": "73"}).status == 503


def restart(installation: Installation, meanwhile: object = None) -> None:
    """Stop the server, and start it as it was; nothing of its files is written anew."""
    place = installation.place
    programs = readable_binaries(binaries.find(), place.account)
    assert control.stop(place, programs)
    if callable(meanwhile):
        meanwhile()
    assert control.start(place, programs)


def test_a_line_cut_at_the_last_word_says_that_nobody_knows(
    site: Web, line: Proxy, installation: Installation
) -> None:
    line.cut_after = b"COMMIT"
    answer = site.ask("/scaled/note/", form={"number": "74"})
    assert line.cuts == 1
    assert answer.status == 503
    assert PERHAPS_KEPT in said(answer)
    assert "Only when it is not, go back" in said(answer)
    assert rows(installation, 74) == 2
    assert site.ask("/scaled/note/", form={"number": "75"}).text == "kept"


def test_a_line_that_is_half_closed_is_noticed_at_once(
    site: Web, line: Proxy, installation: Installation
) -> None:
    thread, answers = send_slowly(site, 76)
    assert wait_until(lambda: is_in_the_middle(installation))
    line.half_close()
    thread.join(2.5)
    assert not thread.is_alive()
    assert answers[0].status == 503
    assert site.ask("/scaled/note/", form={"number": "77"}).text == "kept"
    assert rows(installation, 77) == 2
    assert wait_until(lambda: not is_in_the_middle(installation))
    assert rows(installation, 76) == 0


def test_a_slow_line_only_slows(site: Web, line: Proxy, installation: Installation) -> None:
    line.delay = 0.05
    try:
        answer = site.ask("/scaled/seen/", session=installation.managers[1].session)
    finally:
        line.delay = 0.0
    assert answer.status == 200
    assert answer.json()["memberships"] == [installation.managers[1].cluster] * 2


def test_a_slow_sender_holds_no_transaction_open(site: Web, installation: Installation) -> None:
    """Three senders, each with half of its form; none has a transaction meanwhile."""
    before = transactions(installation)
    body = urlencode({"number": "78"})
    head = (
        f"POST /scaled/note/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n"
    )
    senders = [socket.create_connection(("127.0.0.1", site.port)) for _ in range(3)]
    try:
        for sender in senders:
            sender.sendall((head + body[:4]).encode())
        time.sleep(1)
        assert open_transactions(installation) == 0
        assert transactions(installation) == before
        for sender in senders:
            sender.sendall(body[4:].encode())
        for sender in senders:
            assert sender.recv(15) == b"HTTP/1.1 200 OK"
    finally:
        for sender in senders:
            sender.close()
    assert rows(installation, 78) == 6


def transactions(installation: Installation) -> int:
    """Forms that were kept until now."""
    return int(installation.ask("select count(*) from scaled_notes where number = 78")[0][0])


def open_transactions(installation: Installation) -> int:
    return int(
        installation.ask(
            "select count(*) from pg_stat_activity"
            " where usename = 'clusterwerk_app' and state like 'idle in transaction%%'"
        )[0][0]
    )


def test_a_worker_goes_on_when_the_database_is_back(installation: Installation) -> None:
    with worker(installation.var, **installation.addresses) as process:
        ask_for(installation, 81)
        assert wait_until(lambda: done(installation, 81) == 1, 40)
        restart(installation)
        ask_for(installation, 82)
        assert wait_until(lambda: done(installation, 82) == 1, 40)
        assert process.poll() is None


def ask_for(installation: Installation, number: int) -> None:
    installation.ask(
        "insert into procrastinate_jobs (queue_name, task_name, args)"
        " values ('default', 'scaled.note', jsonb_build_object('number', %s::int))",
        number,
    )


def done(installation: Installation, number: int) -> int:
    asked = "select count(*) from scaled_done where number = %s"
    return int(installation.ask(asked, number)[0][0])
