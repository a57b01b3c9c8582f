"""`clusterwerk history`: seal it, and verify that it is what was sealed."""

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from clusterwerk.config import exits
from clusterwerk.config.running import django_ready

if TYPE_CHECKING:
    from clusterwerk.platform.history.verifying import Verification

app = typer.Typer(
    no_args_is_help=True, help="The history of every row: seal it, and verify the seals."
)

AsJson = Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")]
Since = Annotated[
    int,
    typer.Option("--since", min=0, help="Believe the chain up to this entry, and walk the rest."),
]
HeadNoted = Annotated[
    str, typer.Option("--head", help="A digest noted earlier; it must be part of the chain.")
]


@app.command()
def seal(*, as_json: AsJson = False) -> None:
    """Seal the events that have no seal yet, and note the head outside the database.

    The worker does the same every five minutes.
    """
    with django_ready():
        from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415 - set up
        from clusterwerk.platform.access.session import acting  # noqa: PLC0415
        from clusterwerk.platform.history.periodic import note_outside  # noqa: PLC0415
        from clusterwerk.platform.history.sealing import seal_all, seal_state  # noqa: PLC0415

        sealed = seal_all(lambda so_far: _progress(f"{so_far} events sealed"))
        note_outside()
        with acting(seats_of_command(), reason="the state of the seals"):
            state = seal_state()
    if as_json:
        facts = {"sealed": sealed, "entries": state.entries, "head": state.head}
        typer.echo(json.dumps(facts))
        return
    typer.echo(f"{sealed} events sealed; entry {state.entries} is the newest.\nHead: {state.head}")


@app.command()
def verify(*, since: Since = 0, head: HeadNoted = "", as_json: AsJson = False) -> None:
    """Walk the chain of seals, and compare every row with its history.

    Names the first entry that is broken, counts all of them, and exits with 1. It reads the history
    of everybody and therefore works as the owner of the tables.
    """
    with django_ready("owner"):
        from clusterwerk.platform.errors import DomainError  # noqa: PLC0415 - once set up
        from clusterwerk.platform.history.verifying.record import told  # noqa: PLC0415

        try:
            found = _verified(since, head)
        except DomainError as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(exits.USAGE) from None
        typer.echo(json.dumps(told(found)) if as_json else _said(found))
    if not found.is_well:
        raise typer.Exit(exits.PROBLEMS)


def _verified(since: int, head: str) -> "Verification":
    """The outcome, which is kept for the steward's page; a stretch alone is not."""
    from clusterwerk.platform.history import verifying  # noqa: PLC0415 - once Django is set up
    from clusterwerk.platform.history.heads import noted_heads  # noqa: PLC0415
    from clusterwerk.platform.history.verifying.record import keep  # noqa: PLC0415

    with verifying.snapshot():
        found = verifying.verify(
            since=since,
            head=head,
            noted=noted_heads(),
            progress=lambda done, total: _progress(f"{done} of {total} entries"),
        )
    if not since:
        keep(found)
    return found


def _progress(words: str) -> None:
    """On a terminal only, in one line that the next one replaces."""
    if sys.stderr.isatty():
        typer.echo(f"\r\x1b[K{words} ... ", err=True, nl=False)


def _said(found: "Verification") -> str:
    if found.is_well:
        lines = [f"All is as it was sealed: {found.entries} entries, {found.tables} tables."]
    else:
        kinds = ", ".join(f"{count} {name}" for name, count in found.kinds.most_common())
        lines = [f"First broken: {found.first}.", f"Broken in all: {found.broken} ({kinds})."]
        lines += [f"- {fault}" for fault in found.named]
    lines.append(f"Newest entry {found.newest}, head {found.head or 'none'}.")
    lines.append(
        f"Heads noted before: {found.heads}. Erasures recorded: {found.erasures}."
        f" Events that wait for their seal: {found.waiting}."
    )
    return "\n".join(lines)
