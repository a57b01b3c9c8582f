"""The number of a request: on its error page, in its answer and in its lines of the log."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

HEADER = "X-Request-ID"

_current: ContextVar[str] = ContextVar("request_number", default="")


@contextmanager
def numbered() -> Iterator[str]:
    """A number for what happens inside; never one that a visitor sent, which could be forged."""
    token = _current.set(secrets.token_hex(4))
    try:
        yield _current.get()
    finally:
        _current.reset(token)


def number() -> str:
    """The number of the request under way; empty outside of one."""
    return _current.get()
