"""One process that looks at pages of one database, as the parent asks line by line.

`python -m bench.large.looking` with BENCH_DATABASE in the environment. Each line is a JSON object,
`{"walk": person}` or `{"person": ..., "address": ..., "cold": true}`, and so is each answer. Pages
are asked as the application role, with all middleware, inside the process: no network is measured.
"""

import functools
import gc
import inspect
import json
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import django

VERSION = {"version", "_version"}  # first parameter of what is kept under the version of its rows


class Looker:
    """People of the demo who are signed in, and what their pages cost."""

    def __init__(self) -> None:
        from clusterwerk.config.demo.people import DEMO_PEOPLE  # noqa: PLC0415

        self.emails = {person.key: person.email for person in DEMO_PEOPLE}
        self.clients: dict[str, Any] = {}
        self.actors: dict[str, int | None] = {}

    def client(self, person: str) -> Any:  # noqa: ANN401 - Django is not loaded yet
        if person not in self.clients:
            self.clients[person] = self._signed_in(person)
        return self.clients[person]

    def _signed_in(self, person: str) -> Any:  # noqa: ANN401
        from django.test import Client  # noqa: PLC0415

        from clusterwerk.platform.access.seats import NOBODY  # noqa: PLC0415
        from clusterwerk.platform.access.session import acting  # noqa: PLC0415
        from clusterwerk.platform.models import User  # noqa: PLC0415

        client = Client(
            raise_request_exception=False, headers={"Host": "localhost", "Accept-Language": "nl"}
        )
        self.actors[person] = None
        if person:
            with acting(NOBODY):
                user = User.objects.get(email=self.emails.get(person, person))
                client.force_login(user)
            self.actors[person] = user.pk
        return client

    def walk(self, person: str, *, is_repeated: bool) -> list[tuple[str, list[str], str]]:
        from bench.large.walk import pages  # noqa: PLC0415

        found = pages(lambda address: self._open(person, address), is_repeated=is_repeated)
        return [(view, list(keys), address) for (view, keys), address in found.items()]

    def _open(self, person: str, address: str) -> tuple[int, str, str]:
        answer = self.client(person).get(address)
        came_to = answer.headers.get("Location", address) if answer.status_code == 302 else address
        if came_to != address and came_to.startswith("/"):
            answer = self.client(person).get(came_to)
        is_page = "html" in answer.headers.get("Content-Type", "")
        text = b"".join(answer).decode() if is_page else ""
        return answer.status_code if came_to == address else 302, text, came_to

    def weigh(self, person: str, address: str) -> dict[str, float]:
        """The page beside its SQL and an empty view, in seconds of processor."""
        from bench.weighing import weigh  # noqa: PLC0415 - Django is loaded by now

        client = self.client(person)
        found = weigh(client, self.actors[person], address)
        return {
            "page": found.page, "sql": found.sql, "empty": found.empty, "limit": found.limit,
            "queries": found.queries,
        }  # fmt: skip

    def where(self, person: str, address: str) -> str:
        """Where an address leads this person to."""
        answer = self.client(person).get(address)
        return str(answer.headers.get("Location", address))

    def link(self, person: str, page: str, view: str) -> str:
        """The first link on a page that leads to a view."""
        from bench.large.walk import links, shape_of  # noqa: PLC0415

        _status, text, _came_to = self._open(person, page)
        return next(link for link in links(text, page) if shape_of(link)[0] == view)

    def look(self, person: str, address: str, *, cold: bool) -> dict[str, float]:
        """Seconds by the clock and of processor, bytes and status of one page, and the seconds
        and number of its queries.
        """
        from django.db import connection  # noqa: PLC0415

        from bench.weighing import spent as processor  # noqa: PLC0415 - Django is loaded by now

        client, spent = self.client(person), [0, 0.0]
        if cold:
            for kept in kept_by_version():
                kept.cache_clear()

        def ask(execute: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401
            begun = time.perf_counter()
            try:
                return execute(*arguments)
            finally:
                spent[0] += 1
                spent[1] += time.perf_counter() - begun

        with ExitStack() as stack:
            stack.enter_context(connection.execute_wrapper(ask))
            begun, worked = time.perf_counter(), processor()
            answer = client.get(address)
            size = len(b"".join(answer))
            worked, seconds = processor() - worked, time.perf_counter() - begun
        return {
            "seconds": seconds,
            "processor": worked,
            "queries": spent[0],
            "sql": spent[1],
            "bytes": size,
            "status": answer.status_code,
        }


def memory() -> float:
    """Resident megabytes of this process."""
    import psutil  # noqa: PLC0415

    return float(psutil.Process().memory_info().rss) / 2**20


@functools.cache
def kept_by_version() -> tuple[Any, ...]:
    """What this program keeps under the version of its rows (decision 0012)."""
    kept = functools.lru_cache(lambda: None).__class__
    ours = [
        one
        for one in gc.get_objects()
        if type(one) is kept and one.__module__.startswith("clusterwerk")
    ]
    return tuple(one for one in ours if VERSION & set(list(inspect.signature(one).parameters)[:1]))


def main() -> None:
    django.setup()
    gc.collect()
    gc.freeze()  # as the web server does
    looker = Looker()
    for line in sys.stdin:
        asked = json.loads(line)
        if "walk" in asked:
            answer: Any = looker.walk(asked["walk"], is_repeated=asked["is_repeated"])
        elif "memory" in asked:
            answer = memory()
        elif "weigh" in asked:
            answer = looker.weigh(asked["person"], asked["weigh"])
        elif "where" in asked:
            answer = looker.where(asked["person"], asked["where"])
        elif "link" in asked:
            answer = looker.link(asked["person"], asked["link"], asked["view"])
        else:
            answer = looker.look(asked["person"], asked["address"], cold=asked["cold"])
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
