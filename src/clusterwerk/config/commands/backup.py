"""`clusterwerk backup`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clusterwerk.config import environment, exits

if TYPE_CHECKING:
    from clusterwerk.platform.backup.encryption import Lock
    from clusterwerk.platform.backup.making import Made
    from clusterwerk.platform.backup.scheduled import Outcome

File = Annotated[
    Path | None, typer.Argument(metavar="FILE", help="Where to write it; must not exist yet.")
]
Recipients = Annotated[
    list[str] | None,
    typer.Option("--recipient", help="Public key of age (age1...) that can open it; repeatable."),
]
AskPassphrase = Annotated[bool, typer.Option("--passphrase", help="Encrypt; ask for a passphrase.")]
PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="Encrypt with the first line of this file."),
]
Unencrypted = Annotated[
    bool, typer.Option("--unencrypted", help="In clear, whatever the settings say.")
]
WithKeys = Annotated[
    bool, typer.Option("--with-keys", help="Put the secret key into a back-up in clear, too.")
]
Scheduled = Annotated[
    bool, typer.Option("--scheduled", help="The unattended run, as the settings say; no FILE.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")]


def backup(
    file: File = None,
    *,
    recipient: Recipients = None,
    passphrase: AskPassphrase = False,
    passphrase_file: PassphraseFile = None,
    unencrypted: Unencrypted = False,
    with_keys: WithKeys = False,
    scheduled: Scheduled = False,
    as_json: AsJson = False,
) -> None:
    """Write the whole installation to one file, while it runs: database, files, keys.

    Without an option it is encrypted as the settings say. Exit code 1 when something is missing in
    the back-up, or it was not copied; 3 when none could be made.
    """
    ways = [bool(recipient), passphrase, passphrase_file is not None, unencrypted]
    if sum(ways) > 1:
        message = "choose one of --recipient, --passphrase, --passphrase-file and --unencrypted"
        raise typer.BadParameter(message)
    if scheduled == (file is not None) or (scheduled and (any(ways) or with_keys)):
        message = "name a FILE, or use --scheduled alone"
        raise typer.BadParameter(message)
    if scheduled:
        _scheduled(as_json=as_json)
    assert file is not None, "checked above"
    lock = _lock(recipient or [], passphrase_file, ask=passphrase, in_clear=unencrypted)
    _once(file, lock, with_keys=with_keys, as_json=as_json)


def _lock(recipients: list[str], file: Path | None, *, ask: bool, in_clear: bool) -> "Lock":
    from clusterwerk.config import backing_up  # noqa: PLC0415 - `--help` stays quick
    from clusterwerk.platform.backup.encryption import Lock  # noqa: PLC0415

    if recipients:
        return Lock(recipients=tuple(recipients))
    if ask or file:
        return Lock(passphrase=backing_up.new_passphrase(file))
    return Lock() if in_clear else backing_up.lock_of_settings()


def _once(file: Path, lock: "Lock", *, with_keys: bool, as_json: bool) -> None:
    from clusterwerk.config import backing_up  # noqa: PLC0415 - see above
    from clusterwerk.config.supervisor.database import chosen  # noqa: PLC0415
    from clusterwerk.platform.backup.making import make  # noqa: PLC0415
    from clusterwerk.platform.backup.scheduled import recorded  # noqa: PLC0415

    installation = backing_up.installation()
    database = chosen(installation.var)
    backing_up.leave_nothing_behind()
    database.up()
    try:
        made = recorded(
            installation.var, lambda: make(installation, file, lock=lock, with_keys=with_keys)
        )
    finally:
        database.down()
    _say(made, facts_of(made), as_json=as_json)
    raise typer.Exit(exits.PROBLEMS if made.manifest.missing_files else exits.OK)


def _scheduled(*, as_json: bool) -> None:
    from clusterwerk.config import backing_up  # noqa: PLC0415 - see above
    from clusterwerk.config.supervisor.database import chosen  # noqa: PLC0415
    from clusterwerk.platform.backup.scheduled import run  # noqa: PLC0415

    schedule = backing_up.schedule()
    if schedule.folder == environment.var_folder() / "backups":
        schedule.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    installation = backing_up.installation()
    database = chosen(installation.var)
    backing_up.leave_nothing_behind()
    database.up()
    try:
        outcome = run(installation, schedule)
    finally:
        database.down()
    _say_outcome(outcome, as_json=as_json)
    wrong = outcome.copy_problem or outcome.made.manifest.missing_files
    raise typer.Exit(exits.PROBLEMS if wrong else exits.OK)


def facts_of(made: "Made") -> dict[str, Any]:
    """What a program may want to know of a back-up."""
    manifest = made.manifest
    return {
        "file": str(made.file),
        "size": made.size,
        "seconds": round(made.seconds, 1),
        "encrypted": made.encrypted,
        "made_at": manifest.made_at.isoformat(),
        "release": manifest.release,
        "tables": len(manifest.tables),
        "rows": manifest.rows,
        "files": len(manifest.files),
        "keys": [part.name for part in manifest.keys],
        "missing_files": manifest.missing_files,
    }


def _say_outcome(outcome: "Outcome", *, as_json: bool) -> None:
    facts = facts_of(outcome.made) | {
        "removed": outcome.removed,
        "copied_to": outcome.copied_to,
        "copy_problem": outcome.copy_problem,
    }
    _say(outcome.made, facts, as_json=as_json)
    if outcome.copied_to and not as_json:
        typer.echo(f"Copied to {outcome.copied_to}.")
    if outcome.copy_problem:
        typer.echo(f"Not copied: {outcome.copy_problem}", err=True)


def _say(made: "Made", facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(facts))
    else:
        typer.echo(
            f"{made.file}: {facts['rows']} rows of {facts['tables']} tables, {facts['files']} "
            f"files; {made.size / 1e6:.1f} MB in {made.seconds:.1f} s."
        )
    if not made.encrypted:
        keys = "and the secret key, " if made.manifest.keys else "but not the secret key, "
        typer.echo(
            f"Not encrypted: whoever reads this file reads everything {keys}names and addresses "
            "of people included.",
            err=True,
        )
    if made.manifest.missing_files:
        typer.echo(
            "The installation itself has lost files that its rows name: "
            f"{', '.join(made.manifest.missing_files[:5])}",
            err=True,
        )
