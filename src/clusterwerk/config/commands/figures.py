"""`clusterwerk figures`: published figures into rows, and which of them disagree."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clusterwerk.config import exits
from clusterwerk.config.running import django_ready

if TYPE_CHECKING:
    from clusterwerk.measure.consistency import Finding
    from clusterwerk.reporting.actions import ImportOutcome
    from clusterwerk.reporting.figures import FigureErrors

app = typer.Typer(no_args_is_help=True, help="Published figures: import and check.")
SHIPPED = Path(__file__).resolve().parents[2] / "reporting" / "data" / "flanders-2020"

Folder = Annotated[
    Path,
    typer.Argument(
        metavar="DIR",
        exists=True,
        file_okay=False,
        readable=True,
        help="Folder of CSV files; the shipped one by default.",
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@app.command("import")
def import_(folder: Folder = SHIPPED, *, as_json: AsJson = False) -> None:
    """Bring the rows of the database to the figures of a folder; a second run changes nothing.

    With a mistake in any file nothing is imported and every mistake is listed: exit code 1.
    """
    with django_ready():
        outcome = _import(folder, as_json=as_json)
    if as_json:
        typer.echo(json.dumps({"document": outcome.document, "changed": outcome.changed}))
        return
    written = ", ".join(f"{number} {kind}" for kind, number in outcome.changed.items())
    typer.echo(f"{outcome.document}: {outcome.clusters} clusters, {outcome.readings} readings.")
    typer.echo(f"Written: {written}." if written else "Nothing had changed.")


def _import(folder: Path, *, as_json: bool) -> "ImportOutcome":
    from clusterwerk.platform.access.commands import seats_of_command  # noqa: PLC0415
    from clusterwerk.platform.access.session import acting  # noqa: PLC0415
    from clusterwerk.reporting.actions import import_figures  # noqa: PLC0415
    from clusterwerk.reporting.figures import FigureErrors  # noqa: PLC0415

    try:
        with acting(seats_of_command(), reason="import of published figures"):
            return import_figures(folder)
    except FigureErrors as errors:
        _say_errors(errors, "imported", as_json=as_json)
        raise typer.Exit(exits.PROBLEMS) from None


def _say_errors(errors: "FigureErrors", done: str, *, as_json: bool) -> None:
    if as_json:
        found = [
            {
                "file": error.file,
                "line": error.line,
                "column": error.column,
                "found": error.found,
                "expected": error.expected,
            }
            for error in errors.errors
        ]
        typer.echo(json.dumps({"errors": found}, ensure_ascii=False))
        return
    number = len(errors.errors)
    typer.echo(
        f"Nothing was {done}; {number} {'mistake' if number == 1 else 'mistakes'}:", err=True
    )
    for error in errors.errors:
        typer.echo(f"  {error}", err=True)


@app.command()
def check(
    folder: Folder = SHIPPED,
    *,
    as_json: AsJson = False,
    language: Annotated[str, typer.Option(help="Language of the sentences: en or nl.")] = "en",
) -> None:
    """Name the figures of a folder that cannot all be true; exit code 1 when there are any."""
    from clusterwerk.measure.consistency import (  # noqa: PLC0415 - `--help` stays quick
        ChecksError,
        load_checks,
        run_checks,
    )
    from clusterwerk.reporting.figures import FigureErrors, facts, read_figures  # noqa: PLC0415

    if language not in ("en", "nl"):
        message = "the sentences exist in en and nl"
        raise typer.BadParameter(message)
    try:
        findings = run_checks(load_checks(folder / "checks.toml"), facts(read_figures(folder)))
    except FigureErrors as errors:
        _say_errors(errors, "checked", as_json=as_json)
        raise typer.Exit(exits.PROBLEMS) from None
    except (ChecksError, FileNotFoundError) as error:
        typer.echo(f"The checks cannot be read: {error}", err=True)
        raise typer.Exit(exits.ENVIRONMENT) from None
    _say_findings(findings, language, as_json=as_json)
    raise typer.Exit(exits.PROBLEMS if findings else exits.OK)


def _say_findings(findings: "Sequence[Finding]", language: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([finding.as_dict() for finding in findings], ensure_ascii=False))
        return
    for finding in findings:
        typer.echo(f"[{finding.verdict.value}] {finding.sentence[language]}")
        if finding.reason.get(language):
            typer.echo(f"    {finding.reason[language]}")
    typer.echo(f"{len(findings)} {'finding' if len(findings) == 1 else 'findings'}.")
