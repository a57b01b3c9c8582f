"""`clusterwerk upgrade`."""

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from clusterwerk.config import environment, exits
from clusterwerk.config.supervisor.screen import Screen
from clusterwerk.config.supervisor.stopping import Stopped

if TYPE_CHECKING:
    from clusterwerk.config.upgrading.plan import Plan

OnlyPlan = Annotated[bool, typer.Option("--plan", help="Say what would be done, and do nothing.")]
AsJson = Annotated[bool, typer.Option("--json", help="With --plan: answer as one JSON object.")]
NoBackup = Annotated[
    bool, typer.Option("--without-backup", help="Make none, because you have made one yourself.")
]
InUse = Annotated[
    bool, typer.Option("--in-use", help="Go on although the program is connected elsewhere.")
]


def upgrade(
    *,
    plan: OnlyPlan = False,
    as_json: AsJson = False,
    without_backup: NoBackup = False,
    in_use: InUse = False,
) -> None:
    """Bring the database to this release: back-up, tables, access rules, checks.

    Stop every web server and worker first. Exit code 1 when a check fails afterwards.
    """
    from clusterwerk.config.upgrading import copies  # noqa: PLC0415 - `--help` stays quick
    from clusterwerk.config.upgrading import upgrade as doing  # noqa: PLC0415
    from clusterwerk.config.upgrading.plan import require_known  # noqa: PLC0415

    var = environment.var_folder()
    with doing.database_shared(var) if plan else doing.database_alone(var):
        elsewhere = doing.users_elsewhere(var)
        found = doing.plan_of(var)
        _show(found, elsewhere, as_json=as_json)
        require_known(found)
        if plan:
            return
        if elsewhere and not in_use:
            typer.echo("Stop what is connected, or add --in-use. Nothing was changed.", err=True)
            raise typer.Exit(exits.PROBLEMS)
        copy = None if without_backup else copies.target(var)
        try:
            doing.carry_out(var, Screen(Console(highlight=False, soft_wrap=True)), copy)
        except Stopped:
            typer.echo("Stopped. Run it again: it goes on with the change it was at.", err=True)
            raise typer.Exit(exits.PROBLEMS) from None
        healthy = _check()
        _say_way_back(found, copy)
    raise typer.Exit(exits.OK if healthy else exits.PROBLEMS)


def _show(found: "Plan", elsewhere: int, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({**asdict(found), "connections_elsewhere": elsewhere}))
        return
    typer.echo(f"From release {found.database or 'before 0.2'} to {found.program}.")
    for step in found.steps:
        typer.echo(f"  {step.name}{'' if step.is_reversible else '  (cannot be taken back)'}")
    if not found.steps:
        typer.echo("No tables change; access rules are compared and written.")
    if found.irreversible:
        typer.echo("Changes that cannot be taken back are undone by restoring the back-up alone.")
    if elsewhere:
        typer.echo(f"The program is connected from elsewhere: {elsewhere} connections.")


def _check() -> bool:
    """What `doctor` says, as the application sees it; True when nothing failed."""
    typer.echo("Checking:")
    command = [sys.executable, "-m", "clusterwerk.config", "doctor"]
    return subprocess.run(command, check=False).returncode == exits.OK  # noqa: S603 - our own words


def _say_way_back(found: "Plan", copy: Path | None) -> None:
    if not found.needs_asking:
        return
    before = found.database or "the release that you had"
    typer.echo(f"The way back: stop everything, install {before}, then")
    if copy is None:
        typer.echo("  restore the back-up that you made yourself.")
    else:
        typer.echo(f"  restore {copy} into an empty installation.")
    typer.echo("Keep the back-up until you are sure; docs/operate/upgrade.md tells each step.")
