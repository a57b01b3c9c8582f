"""Django with a database under it, for commands that work beside `serve` or without it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console

from clusterwerk.config import environment
from clusterwerk.config.supervisor import steps
from clusterwerk.config.supervisor.database import chosen
from clusterwerk.config.supervisor.screen import Screen
from clusterwerk.config.supervisor.stopping import Wish
from clusterwerk.platform.postgres.address import Role


@contextmanager
def django_ready(role: Role = "app") -> Iterator[None]:
    """Bring the database up, prepare it when it is not, and set Django up to work as `role`.

    What it says goes to the error output, so that a command may answer in JSON. A server that it
    had to start is stopped at the end. Import models inside the block, not before.
    """
    os.environ["CLUSTERWERK_ROLE"] = role
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterwerk.config.settings")
    var = environment.var_folder()
    database = chosen(var)
    database.up()
    try:
        steps.prepare(
            var,
            Screen(Console(stderr=True, highlight=False, soft_wrap=True)),
            Wish(),
            lambda _: None,
        )
        yield from _with_django()
    finally:
        database.down()


def _with_django() -> Iterator[None]:
    import django  # noqa: PLC0415 - only now the database and the role are settled
    from django.db import connections  # noqa: PLC0415
    from django.utils import translation  # noqa: PLC0415

    django.setup()
    try:
        with translation.override("en"):  # commands speak one language, refusals included
            yield
    finally:
        connections.close_all()
