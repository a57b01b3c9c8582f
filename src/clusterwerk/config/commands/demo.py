"""`clusterwerk demo`: invented members and people around the published figures."""

import json
from typing import Annotated

import typer

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
    import django  # noqa: PLC0415 - `--help` stays quick

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415

    from clusterwerk.config.demo.load import load_demo  # noqa: PLC0415
    from clusterwerk.config.demo.material import FIGURES  # noqa: PLC0415
    from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415
    from clusterwerk.platform.access.session import acting  # noqa: PLC0415
    from clusterwerk.reporting.actions import import_figures  # noqa: PLC0415

    if not settings.DEMO:
        message = (
            "The demo's people have a password that everybody knows; "
            "set CLUSTERWERK_DEMO=yes on an installation that holds nothing real."
        )
        raise ImproperlyConfigured(message)
    with acting(seats_of_command(), reason="import of published figures"):
        import_figures(FIGURES)
    outcome = load_demo(timezone.localdate(), progress=lambda step: typer.echo(step, err=True))
    if as_json:
        typer.echo(json.dumps({"added": outcome.added}))
        return
    added = ", ".join(f"{number} {kind}" for kind, number in outcome.added.items())
    typer.echo(f"{outcome.organisations} demo organisations, {outcome.members} memberships.")
    typer.echo(f"Added: {added}." if added else "Nothing was missing.")
