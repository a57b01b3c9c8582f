"""What `serve` says on the terminal: a line for each step, then the address, then what happens."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table


class Screen:
    """The terminal; without one (a log, a pipe) the same lines without movement and colour."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False, soft_wrap=True)
        self._mark = "✓" if self._console.encoding.lower().startswith("utf") else "ok"

    @contextmanager
    def step(self, doing: str, done: str) -> Iterator[None]:
        """Show `doing` while the block runs and `done` with its seconds when it ended well."""
        start = time.monotonic()
        with self._console.status(doing):
            yield
        seconds = time.monotonic() - start
        self._console.print(f"[green]{self._mark}[/green] {done} [dim]{seconds:.1f} s[/dim]")

    def say(self, sentence: str) -> None:
        self._console.print(sentence, markup=False)

    def warn(self, sentence: str) -> None:
        self._console.print(sentence, style="yellow", markup=False)

    def welcome(self, address: str, people: Sequence[tuple[str, str]], password: str) -> None:
        """The address, and in a demo who can sign in: pairs of role and e-mail address."""
        self._console.print()
        self._console.print(f"  Clusterwerk is ready at [bold]{address}[/bold]")
        if people:
            self._console.print(f"  Sign in with one of these, password [bold]{password}[/bold]")
            self._console.print(_table(people))
        self._console.print("  Ctrl-C stops everything.\n")


def _table(people: Sequence[tuple[str, str]]) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2))
    for role, email in people:
        table.add_row(role, email)
    return table
