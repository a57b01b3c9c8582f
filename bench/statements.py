"""The statements a page sends beyond those of an empty view, replayed by themselves.

`python -m bench.statements ADDRESS [EMAIL]` prints the median seconds of all of them together and
their number as JSON. Everything runs as the application role with the seats of that person.
"""

import json
import sys
import time
from collections import Counter
from statistics import median

import django

TIMES = 40


def main(address: str, email: str) -> None:
    django.setup()
    from django.db import connection, transaction  # noqa: PLC0415 - settings come first

    from clusterwerk.platform.access.seats import NOBODY, Seats, seats_for  # noqa: PLC0415
    from clusterwerk.platform.access.session import enter  # noqa: PLC0415

    actor = _actor(email)
    empty = "/empty/signed-in/" if email else "/empty/"
    _statements(address, actor)  # what a first visit computes once is not the page's own
    own = list(
        (Counter(_statements(address, actor)) - Counter(_statements(empty, actor))).elements()
    )
    with transaction.atomic():
        enter(Seats(actor=actor) if actor else NOBODY)
        enter(seats_for(actor) if actor else NOBODY)
        with connection.cursor() as cursor:
            rounds = []
            for _ in range(TIMES):
                begun = time.perf_counter()
                for statement in own:
                    cursor.execute(statement)
                    cursor.fetchall()
                rounds.append(time.perf_counter() - begun)
    print(json.dumps({"seconds": median(rounds), "queries": len(own)}))


def _actor(email: str) -> int | None:
    from clusterwerk.platform.access.seats import NOBODY  # noqa: PLC0415
    from clusterwerk.platform.access.session import acting  # noqa: PLC0415
    from clusterwerk.platform.models import User  # noqa: PLC0415

    if not email:
        return None
    with acting(NOBODY):
        return User.objects.get(email=email).pk


def _statements(address: str, actor: int | None) -> list[str]:
    """Reading statements of one request, with their values filled in."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    from clusterwerk.platform.access.seats import NOBODY  # noqa: PLC0415
    from clusterwerk.platform.access.session import acting  # noqa: PLC0415

    client = Client(headers={"Host": "localhost"})
    if actor:
        with acting(NOBODY):
            client.force_login(get_user_model().objects.get(pk=actor))
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    asked = [query["sql"] for query in captured.captured_queries]
    return [
        sql
        for sql in asked
        if sql.strip().upper().startswith(("SELECT", "WITH")) and "set_config" not in sql
    ]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
