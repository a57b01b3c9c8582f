"""`clusterwerk demo`: invented members and people around the published figures."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from clusterwerk.config import environment, exits
from clusterwerk.config.running import django_ready

if TYPE_CHECKING:
    from clusterwerk.config.demo.load import DemoOutcome

app = typer.Typer(no_args_is_help=True, help="The demo: invented members and people.")

AsJson = Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")]


@app.callback()
def _group() -> None:
    """Keeps `load` a command of its own name."""


@app.command()
def load(*, as_json: AsJson = False) -> None:
    """Import the published figures and complete the demo; a second run changes nothing.

    Needs CLUSTERWERK_DEMO=yes, because the demo's people have a password that everybody knows.
    """
    if not environment.flag("CLUSTERWERK_DEMO", default=False):
        typer.echo(
            "The demo's people have a password that everybody knows; "
            "set CLUSTERWERK_DEMO=yes on an installation that holds nothing real.",
            err=True,
        )
        raise typer.Exit(exits.ENVIRONMENT)
    with django_ready():
        outcome = _load()
    if as_json:
        typer.echo(json.dumps({"added": outcome.added}))
        return
    added = ", ".join(f"{number} {kind}" for kind, number in outcome.added.items())
    typer.echo(f"{outcome.organisations} demo organisations, {outcome.members} memberships.")
    typer.echo(f"Added: {added}." if added else "Nothing was missing.")


def _load() -> "DemoOutcome":
    from django.utils import timezone  # noqa: PLC0415 - once Django is set up

    from clusterwerk.config.demo.load import load_demo  # noqa: PLC0415
    from clusterwerk.config.demo.material import FIGURES  # noqa: PLC0415
    from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415
    from clusterwerk.platform.access.session import acting  # noqa: PLC0415
    from clusterwerk.reporting.actions import import_figures  # noqa: PLC0415

    with acting(seats_of_command(), reason="import of published figures"):
        import_figures(FIGURES)
    return load_demo(timezone.localdate(), progress=lambda step: typer.echo(step, err=True))
