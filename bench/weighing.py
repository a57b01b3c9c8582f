"""What a page costs in seconds of processor, beside the raw SQL it needs and an empty view.

Time by the clock says little on a machine that does other work; the processor's time of this
process and of the server process behind its connection holds. All three are asked in turn, and
each figure is the median of its rounds.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

ALLOWED = 3  # times the raw SQL and the empty view together
ROUNDS = 9
EMPTY, EMPTY_SIGNED_IN = "/empty/", "/empty/signed-in/"


@dataclass(frozen=True, slots=True)
class Weight:
    """Seconds of processor; `queries` are all statements of the page, transaction and seats too."""

    page: float
    sql: float
    empty: float
    queries: int

    @property
    def limit(self) -> float:
        return ALLOWED * (self.sql + self.empty)


def spent() -> float:
    """Seconds of processor of this process and the server process of its connection.

    Where the system does not tell them of another process: by the clock.
    """
    from django.db import connection  # noqa: PLC0415 - settings come first

    connection.ensure_connection()
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    try:
        return time.process_time() + int(told.read_text("ascii").split()[0]) / 1e9
    except OSError:
        return time.perf_counter()


def seconds(work: Callable[[], object]) -> float:
    begun = spent()
    work()
    return spent() - begun


def weigh(client: Any, actor: int | None, address: str) -> Weight:  # noqa: ANN401 - a test client
    """A page of the person who is signed in with the client, by account; None is nobody."""
    empty = EMPTY_SIGNED_IN if actor else EMPTY
    statements(client, address)  # what a first look computes once is not the page's own
    asked = statements(client, address)
    own = list((Counter(reading(asked)) - Counter(reading(statements(client, empty)))).elements())
    rounds = [
        (
            seconds(lambda: opened(client, address)),
            seconds(lambda: opened(client, empty)),
            replayed_as(own, actor),
        )
        for _ in range(ROUNDS)
    ]
    page, nothing, sql = (median(part) for part in zip(*rounds, strict=True))
    return Weight(page, sql, nothing, len(asked))


def opened(client: Any, address: str) -> None:  # noqa: ANN401 - a test client
    answer = client.get(address)
    b"".join(answer)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")


def statements(client: Any, address: str) -> list[str]:  # noqa: ANN401 - a test client
    """All statements of one request, with their values filled in."""
    return statements_of(lambda: opened(client, address))


def statements_of(work: Callable[[], object]) -> list[str]:
    from django.db import connection  # noqa: PLC0415 - settings come first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - the same

    with CaptureQueriesContext(connection) as captured:
        work()
    return [query["sql"] for query in captured.captured_queries]


def reading(asked: list[str]) -> list[str]:
    return [
        sql
        for sql in asked
        if sql.strip().upper().startswith(("SELECT", "WITH")) and "set_config" not in sql
    ]


def replayed_as(own: list[str], actor: int | None) -> float:
    """Seconds of the statements by themselves, as the application role with the person's seats."""
    from django.db import transaction  # noqa: PLC0415 - settings come first

    from clusterwerk.platform.access.seats import NOBODY, Seats, seats_for  # noqa: PLC0415
    from clusterwerk.platform.access.session import enter  # noqa: PLC0415

    with transaction.atomic():
        enter(Seats(actor=actor) if actor else NOBODY)
        enter(seats_for(actor) if actor else NOBODY)
        return replayed(own)


def replayed(own: list[str]) -> float:
    """The same with the seats that act."""
    from django.db import connection  # noqa: PLC0415 - settings come first

    begun = spent()
    with connection.cursor() as cursor:
        for statement in own:
            cursor.execute(statement)
            cursor.fetchall()
    return spent() - begun
