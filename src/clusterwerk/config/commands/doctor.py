"""`clusterwerk doctor`."""

import json
from typing import Annotated

import typer

from clusterwerk.config import exits
from clusterwerk.config.doctor.finding import Finding, State

AsJson = Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")]
COLOURS: dict[State, str] = {
    "ok": typer.colors.GREEN,
    "unknown": typer.colors.BLUE,
    "warn": typer.colors.YELLOW,
    "fail": typer.colors.RED,
}


def doctor(*, as_json: AsJson = False) -> None:
    """Check machine, settings, mail and database; say what is wrong and how to mend it.

    Changes nothing and shows no secret. Exit code 1 when a check failed; warnings, and what could
    not be checked from here, end with 0.
    """
    from clusterwerk.config.doctor.everything import all_findings  # noqa: PLC0415 - quick help

    found = all_findings()
    failed = any(one.state == "fail" for one in found)
    if as_json:
        answer = {"ok": not failed, "findings": [one.as_dict() for one in found]}
        typer.echo(json.dumps(answer, ensure_ascii=False))
    else:
        for one in found:
            _show(one)
    raise typer.Exit(exits.PROBLEMS if failed else exits.OK)


def _show(finding: Finding) -> None:
    state = typer.style(f"{finding.state:<7}", fg=COLOURS[finding.state])
    typer.echo(f"{state}  {finding.name}: {finding.message}")
    if finding.state != "ok":
        typer.echo(f"         {finding.why}")
    if finding.mend:
        typer.echo(f"         Mend: {finding.mend}")
