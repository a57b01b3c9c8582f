"""`clusterwerk register`: load an extract of the enterprise register, and say which is in use."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from clusterwerk.config import exits
from clusterwerk.config.running import django_ready

if TYPE_CHECKING:
    from clusterwerk.directory.models import RegisterEdition
    from clusterwerk.platform.access.seats import Seats

app = typer.Typer(no_args_is_help=True, help="The enterprise register: load it, show its edition.")
SHOWN = 20  # broken rows

File = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        dir_okay=False,
        help="ZIP file of the open data: a full extract or an update, as it was fetched.",
    ),
]


class _Steps:
    """Transactions of the command, and its bar."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("Looking at the file", total=1000)

    @contextmanager
    def step(self) -> "Iterator[Seats]":
        from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415
        from clusterwerk.platform.access.session import acting  # noqa: PLC0415

        with acting(seats_of_command(), reason="load of the enterprise register") as seats:
            yield seats

    def tell(self, done: int, note: str) -> None:
        self._bar.update(self._task, completed=done, description=note)


@app.command()
def load(file: File) -> None:
    """Load a full extract, or an update that follows on the edition in use.

    Killed in the middle it changes nothing that is read, and the same command goes on where it
    stood. The same file again changes nothing. Exit code 1: refused, with the reason.
    """
    with django_ready():
        from clusterwerk.directory.actions.register import load_register  # noqa: PLC0415
        from clusterwerk.platform.errors import DomainError  # noqa: PLC0415

        try:
            with _bar() as bar:
                loaded = load_register(steps=_Steps(bar), path=file.resolve())
        except DomainError as refusal:
            typer.echo(str(refusal), err=True)
            raise typer.Exit(exits.PROBLEMS) from None
        if not loaded.is_new:
            typer.echo(f"Edition {loaded.edition} is in use already; nothing was changed.")
            return
        _say(loaded.edition)


def _bar() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )


@app.command()
def show() -> None:
    """Say which edition is in use, and which of its rows were broken."""
    with django_ready():
        from clusterwerk.directory.queries.register import edition_in_use  # noqa: PLC0415
        from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415
        from clusterwerk.platform.access.session import acting  # noqa: PLC0415

        with acting(seats_of_command()):
            edition = edition_in_use()
        if edition is None:
            typer.echo("No edition is loaded. Load one with: clusterwerk register load FILE")
            raise typer.Exit(exits.PROBLEMS)
        _say(edition)


def _say(edition: "RegisterEdition") -> None:
    invented = ", invented" if edition.is_synthetic else ""
    typer.echo(
        f"Edition {edition.number} of {edition.snapshot_on:%Y-%m-%d} ({edition.kind}{invented}): "
        f"{edition.enterprise_count} enterprises from {edition.row_count} rows; "
        f"{edition.change_count} organisations corrected."
    )
    if not edition.problem_count:
        return
    typer.echo(f"{edition.problem_count} rows were broken and left out:")
    for problem in edition.problems[:SHOWN]:
        typer.echo(f"  {problem['file']} line {problem['line']}: {problem['reason']}")
    if edition.problem_count > SHOWN:
        typer.echo(
            f"  and {edition.problem_count - SHOWN} more; the page of the register lists them."
        )
