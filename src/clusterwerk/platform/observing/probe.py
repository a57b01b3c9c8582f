"""A question to the database whose answer is waited for no longer than its asker can.

Drivers have no limit for a name that does not resolve or a network that swallows packets, and a
monitor wants an answer all the same. So the question is asked in a thread of its own, and there is
one such thread at most: a database that hangs must not gather threads and connections.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

from django.db import connection, transaction

from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import enter

Answer = TypeVar("Answer")

PATIENCE = 0.8  # seconds for an answer
FRESH = 1.0  # seconds for which one answer serves all askers: nobody can flood the database


class Probe(Generic[Answer]):
    """One question, asked again when its last answer is no longer fresh."""

    def __init__(self, ask: Callable[[], Answer]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._asked = float("-inf")
        self._answer: Future[Answer] | None = None

    def answer(self) -> Answer:
        """The answer, or what went wrong as it was raised; TimeoutError when there is none yet."""
        return self._running().result(timeout=PATIENCE)

    def _running(self) -> Future[Answer]:
        with self._lock:
            old = self._answer
            if old is not None and (not old.done() or time.monotonic() - self._asked < FRESH):
                return old
            self._asked, self._answer = time.monotonic(), Future()
            # A daemon: a question that hangs does not keep the process from ending.
            threading.Thread(target=self._fill, args=[self._answer], daemon=True).start()
            return self._answer

    def _fill(self, answer: "Future[Answer]") -> None:
        try:
            answer.set_result(_in_short_transaction(self._ask))
        except BaseException as error:  # noqa: BLE001 - raised again where it was asked for
            answer.set_exception(error)


def _in_short_transaction(ask: Callable[[], Answer]) -> Answer:
    """As nobody, on a connection of this thread; a local limit holds behind a pooler as well."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("select set_config('statement_timeout', %s, true)", [_LIMIT])
            enter(NOBODY)
            return ask()
    finally:
        connection.close()


_LIMIT = f"{PATIENCE * 1000:.0f}ms"
