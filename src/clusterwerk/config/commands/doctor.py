"""`clusterwerk doctor`."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from clusterwerk.config import environment, exits
from clusterwerk.config.doctor import database, machine
from clusterwerk.config.doctor.finding import Finding

AsJson = Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")]
COLOURS = {"ok": typer.colors.GREEN, "warn": typer.colors.YELLOW, "fail": typer.colors.RED}


def doctor(*, as_json: AsJson = False) -> None:
    """Check machine, settings and database, and say how to mend what is not in order.

    Changes nothing. Exit code 1 when a check failed; warnings alone end with 0.
    """
    var = environment.var_folder()
    found = [*machine.findings(var), *database.findings(var)]
    failed = any(one.state == "fail" for one in found)
    if as_json:
        typer.echo(json.dumps({"ok": not failed, "findings": [asdict(one) for one in found]}))
    else:
        for one in found:
            _show(one)
    raise typer.Exit(exits.PROBLEMS if failed else exits.OK)


def _show(finding: Finding) -> None:
    state = typer.style(f"{finding.state:<4}", fg=COLOURS[finding.state])
    typer.echo(f"{state}  {finding.name}: {finding.message}")
    if finding.mend:
        typer.echo(f"      {finding.mend}")
