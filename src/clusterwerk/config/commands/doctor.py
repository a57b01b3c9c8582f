"""`clusterwerk doctor`."""

import json
from collections.abc import Callable
from typing import Annotated

import typer

from clusterwerk.config import environment, exits
from clusterwerk.config.doctor.finding import Finding, Findings, State, fail

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
    found = _found()
    failed = any(one.state == "fail" for one in found)
    if as_json:
        answer = {"ok": not failed, "findings": [one.as_dict() for one in found]}
        typer.echo(json.dumps(answer, ensure_ascii=False))
    else:
        for one in found:
            _show(one)
    raise typer.Exit(exits.PROBLEMS if failed else exits.OK)


def _found() -> list[Finding]:
    from clusterwerk.config.doctor import database, machine, mail, site  # noqa: PLC0415 - quick help

    var = environment.var_folder()
    groups: list[Callable[[], Findings]] = [
        lambda: machine.findings(var),
        site.findings,
        mail.findings,
        lambda: database.findings(var),
    ]
    # A setting that cannot be read may end several groups; it is said once.
    return list(dict.fromkeys(finding for group in groups for finding in _guarded(group)))


def _guarded(group: Callable[[], Findings]) -> Findings:
    """The findings of a group; a setting that cannot be read ends the group, not the doctor."""
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - quick help

    from clusterwerk.platform.postgres.errors import ServerError  # noqa: PLC0415

    try:
        yield from group()
    except (ImproperlyConfigured, ServerError) as error:
        yield fail("settings", str(error), "Mend the setting (docs/operate/settings.md).")


def _show(finding: Finding) -> None:
    state = typer.style(f"{finding.state:<7}", fg=COLOURS[finding.state])
    typer.echo(f"{state}  {finding.name}: {finding.message}")
    if finding.state != "ok":
        typer.echo(f"         {finding.why}")
    if finding.mend:
        typer.echo(f"         Mend: {finding.mend}")
