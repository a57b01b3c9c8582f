"""The command line `clusterwerk`.

Each module in `commands` that holds a Typer `app` is a group of its own name, or, when it is listed
as single, one command. Commands import Django inside their functions, so that `--help` is quick.
"""

import importlib
import sys
from types import ModuleType

import typer

from clusterwerk.config import exits

GROUPS = ("database", "figures", "people", "history", "register", "lists", "mail", "demo")
SINGLE = ("serve", "web", "worker", "doctor", "upgrade", "backup", "restore", "legal")

app = typer.Typer(
    name="clusterwerk",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="The shared platform of innovation clusters, their members and their agency.",
    epilog=(
        "Exit codes: 0 well, 1 problems found, 2 wrong usage, "
        "3 machine, settings or database not as needed."
    ),
)


@app.callback()
def _everything() -> None:
    """Named so that a single command does not swallow the name of the program."""


def _register() -> None:
    for name in SINGLE:
        app.command(name)(getattr(_module(name), name))
    for name in GROUPS:
        app.add_typer(_module(name).app, name=name)


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"clusterwerk.config.commands.{name}")


def main() -> None:
    """Run the command; what the machine lacks ends in one message, not in a traceback."""
    _register()
    try:
        app()
    except Exception as error:
        if not _is_about_the_machine(error):
            raise
        print(f"clusterwerk: {error}", file=sys.stderr)  # noqa: T201 - the terminal is our screen
        raise SystemExit(exits.ENVIRONMENT) from None


def _is_about_the_machine(error: Exception) -> bool:
    """Errors whose message is written for whoever runs the program."""
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - only when needed
    from django.db import OperationalError  # noqa: PLC0415

    from clusterwerk.platform.postgres.errors import ServerError  # noqa: PLC0415

    return isinstance(error, (ServerError, ImproperlyConfigured, OperationalError))
