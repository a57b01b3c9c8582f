"""`clusterwerk restore`."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from clusterwerk.config import exits

if TYPE_CHECKING:
    from clusterwerk.platform.backup.encryption import Key
    from clusterwerk.platform.backup.installation import Installation
    from clusterwerk.platform.backup.restoring import Restored

File = Annotated[Path, typer.Argument(metavar="FILE", help="A back-up of `clusterwerk backup`.")]
Identity = Annotated[
    Path | None, typer.Option("--identity", help="File with the secret key of age that opens it.")
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option("--passphrase-file", help="File whose first line is the passphrase."),
]
Erasures = Annotated[
    Path | None,
    typer.Option(
        help="The list of erasures (var/history/erasures.log) of the installation that was lost: "
        "who was erased after the back-up is erased again."
    ),
]
OnlyCheck = Annotated[
    bool, typer.Option("--check", help="Read it whole and compare every part; restore nothing.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as one JSON object.")]


def restore(
    file: File,
    *,
    identity: Identity = None,
    passphrase_file: PassphraseFile = None,
    erasures: Erasures = None,
    check: OnlyCheck = False,
    as_json: AsJson = False,
) -> None:
    """Bring a back-up into an empty installation and compare every table with it.

    Exit code 1 when the file, its key or the installation is not as needed; nothing has then
    changed. A back-up of an earlier release is brought to this one afterwards.
    """
    from clusterwerk.config import backing_up  # noqa: PLC0415 - `--help` stays quick
    from clusterwerk.platform.backup.encryption import Key  # noqa: PLC0415
    from clusterwerk.platform.backup.errors import BackupError  # noqa: PLC0415
    from clusterwerk.platform.backup.restoring import check as read_whole  # noqa: PLC0415

    key = Key(identity, lambda: backing_up.given_passphrase(passphrase_file))
    try:
        if check:
            _say("checked", read_whole(file, key), as_json=as_json)
            return
        _require_readable(erasures)
        backing_up.leave_nothing_behind()
        restored, wrong = _restore(backing_up.installation(), file, key, erasures)
    except BackupError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(exits.PROBLEMS) from None
    _say("restored", restored, as_json=as_json)
    if wrong:
        typer.echo(f"Access rules that are not right: {wrong}. Run `clusterwerk doctor`.", err=True)
        raise typer.Exit(exits.PROBLEMS)


def _restore(
    installation: "Installation", file: Path, key: "Key", erasures: Path | None
) -> "tuple[Restored, str]":
    """What was restored, and which access rules are not as the code declares."""
    from clusterwerk.config.supervisor.database import chosen  # noqa: PLC0415 - see above
    from clusterwerk.config.supervisor.once import Place  # noqa: PLC0415
    from clusterwerk.platform.backup.errors import BackupError  # noqa: PLC0415
    from clusterwerk.platform.backup.restoring import restore as bring_back  # noqa: PLC0415

    place = Place(installation.var)
    if not place.take():
        message = "Clusterwerk runs in this folder. Stop it, then restore. Nothing was changed."
        raise BackupError(message)
    database = chosen(installation.var)
    try:
        database.up()
        restored = bring_back(installation, file, key, known=_known_migrations(), tell=_tell)
        _tell("Tables and access rules of this release")
        _bring_up_to_date(installation.var)
        return restored, _as_application(erasures)
    finally:
        database.down()
        place.leave()


def _tell(step: str) -> None:
    typer.echo(f"{step} ...", err=True)


def _known_migrations() -> set[str]:
    """Migrations of our own rooms, as room.name."""
    os.environ["CLUSTERWERK_ROLE"] = "app"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clusterwerk.config.settings")
    import django  # noqa: PLC0415 - only now the role is settled
    from django.apps import apps  # noqa: PLC0415
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    django.setup()
    ours = {one.label for one in apps.get_app_configs() if one.name.startswith("clusterwerk.")}
    known = MigrationLoader(None).disk_migrations or {}
    return {f"{room}.{name}" for room, name in known if room in ours}


def _bring_up_to_date(var: Path) -> None:
    """Migrations and access rules, in a process of its own that works as the owner."""
    from clusterwerk.config.supervisor import children, task  # noqa: PLC0415 - see above
    from clusterwerk.config.supervisor.stopping import Wish  # noqa: PLC0415

    words = ["clusterwerk.config.supervisor.preparing", "database", "established"]
    task.run(words, children.environment(var, demo=False, owner=True), Wish(), lambda _: None)


def _require_readable(erasures: Path | None) -> None:
    """Said before anything is restored, because afterwards nobody should have signed in yet."""
    from clusterwerk.platform.backup.errors import BackupError  # noqa: PLC0415 - see above

    if erasures and not os.access(erasures, os.R_OK):
        message = f"The list of erasures {erasures} cannot be read. Nothing was changed."
        raise BackupError(message)


def _as_application(erasures: Path | None) -> str:
    """Erase again who was erased since; the tables that are not found as their classes say."""
    from django.db import connections  # noqa: PLC0415 - see above

    from clusterwerk.platform.access.apply import check_access  # noqa: PLC0415
    from clusterwerk.platform.history.reapplying import after_restore  # noqa: PLC0415
    from clusterwerk.platform.postgres.address import application_role  # noqa: PLC0415

    try:
        wrong = check_access(application_role())
        done = after_restore(path=erasures)
    finally:
        connections.close_all()
    if done.erased:
        _tell(f"Erased again after the back-up: {len(done.erased)}")
    return "; ".join(f"{one.table} {one.message}" for one in wrong)


def _say(done: str, restored: "Restored", *, as_json: bool) -> None:
    manifest = restored.manifest
    if as_json:
        facts = {
            "done": done,
            "release": manifest.release,
            "made_at": manifest.made_at.isoformat(),
            "encrypted": restored.encrypted,
            "tables": len(manifest.tables),
            "rows": manifest.rows,
            "files": len(manifest.files),
            "keys": [part.name for part in manifest.keys],
            "history_head": manifest.history_head,
            "missing_files": manifest.missing_files,
        }
        typer.echo(json.dumps(facts))
        return
    what = "every part is whole" if done == "checked" else "every table is equal"
    typer.echo(
        f"{done.capitalize()}: {manifest.rows} rows of {len(manifest.tables)} tables, "
        f"{len(manifest.files)} files, made {manifest.made_at:%Y-%m-%d %H:%M UTC} by release "
        f"{manifest.release}; {what}."
    )
    if manifest.history_head:
        typer.echo(f"Head of its history: {manifest.history_head}; `clusterwerk history verify`.")
    if not manifest.keys:
        typer.echo(
            "The secret key is not in it: people sign in anew, unless you put the old "
            "var/secret_key back or set CLUSTERWERK_SECRET_KEY."
        )
