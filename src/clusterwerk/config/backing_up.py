"""What the environment says about back-ups, and the installation that they are of."""

import signal
import sys
from pathlib import Path
from types import FrameType

import typer

from clusterwerk.config import environment
from clusterwerk.config.upgrading.written import program_version
from clusterwerk.platform.backup import keeping
from clusterwerk.platform.backup.copying import Destination
from clusterwerk.platform.backup.encryption import Lock
from clusterwerk.platform.backup.errors import BackupError
from clusterwerk.platform.backup.installation import Installation
from clusterwerk.platform.backup.scheduled import Schedule

SHORTEST = 10  # characters of a passphrase
PASSPHRASE = "CLUSTERWERK_BACKUP_PASSPHRASE"  # noqa: S105 - the name of a variable
RECIPIENT = "CLUSTERWERK_BACKUP_RECIPIENT"


def installation() -> Installation:
    var = environment.var_folder()
    return Installation(var, environment.files_folder(var), program_version())


def leave_nothing_behind() -> None:
    """Let a signal end the command as an error does: what it unpacked or dumped in clear goes.

    A signal that is ignored, as under nohup, stays so.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _leave)


def _leave(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(128 + number)


def lock_of_settings() -> Lock:
    """For the recipients that the settings name, else for the passphrase, else open to all."""
    recipients = tuple(environment.listed(RECIPIENT, default=[]))
    return Lock(recipients, "" if recipients else checked(environment.text(PASSPHRASE)))


def schedule() -> Schedule:
    """The settings of the unattended run."""
    var = environment.var_folder()
    folder = environment.text("CLUSTERWERK_BACKUP_FOLDER", default=str(var / "backups"))
    to = environment.text("CLUSTERWERK_BACKUP_COPY")
    limit = environment.number("CLUSTERWERK_BACKUP_COPY_SECONDS", default=3600)
    return Schedule(
        folder=Path(folder).expanduser().absolute(),
        keep=keeping.parsed(environment.text("CLUSTERWERK_BACKUP_KEEP")),
        lock=lock_of_settings(),
        copies=Destination(to, limit) if to else None,
    )


def new_passphrase(file: Path | None) -> str:
    """From a file, or asked for twice; never from the command line, where others read it."""
    if file:
        return checked(_first_line(file))
    return checked(_asked("Passphrase for the back-up", confirm=True))


def given_passphrase(file: Path | None) -> str:
    """From a file, the environment, or asked for."""
    if file:
        return _first_line(file)
    return environment.text(PASSPHRASE) or _asked("Passphrase of the back-up", confirm=False)


def checked(passphrase: str) -> str:
    if passphrase and len(passphrase) < SHORTEST:
        message = f"The passphrase is too short: at least {SHORTEST} characters."
        raise BackupError(message)
    return passphrase


def _asked(words: str, *, confirm: bool) -> str:
    if not sys.stdin.isatty():
        message = (
            f"A passphrase is needed: name a file that holds it (--passphrase-file), or set "
            f"{PASSPHRASE}."
        )
        raise BackupError(message)
    return str(typer.prompt(words, hide_input=True, confirmation_prompt=confirm, err=True))


def _first_line(file: Path) -> str:
    try:
        found = file.read_text("utf-8").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        message = f"The passphrase cannot be read from {file}: {error}"
        raise BackupError(message) from None
    if not found:
        message = f"The first line of {file} is empty; it should be the passphrase."
        raise BackupError(message)
    return found
