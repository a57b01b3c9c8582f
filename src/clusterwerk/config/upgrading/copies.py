"""The back-up that is kept before tables with data change.

It is made by the program of the new release, before anything is changed, and lies beside the data;
keys stay out of it, because they stay where they are.
"""

from datetime import UTC, datetime
from pathlib import Path

from clusterwerk.config import environment
from clusterwerk.config.upgrading.written import program_version
from clusterwerk.platform.postgres.errors import ServerError

WORD = "copy="
ENDING = ".cwbackup"
KEPT = 5  # of the copies that upgrades made; others are never touched


def target(var: Path) -> Path:
    """A name of its own for each upgrade, so that no earlier back-up is written over."""
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    return var / "backups" / f"before-{program_version()}-{moment}{ENDING}"


def asked_for(words: list[str]) -> Path | None:
    """The file named among the words of `preparing`."""
    named = [word.removeprefix(WORD) for word in words if word.startswith(WORD)]
    return Path(named[0]) if named else None


def keep(file: Path) -> None:
    """Write a back-up of the whole installation, and let the oldest of upgrades go.

    ServerError when it cannot be made: then nothing else may be changed either.
    """
    from clusterwerk.platform.backup import making, record  # noqa: PLC0415 - needs Django's settings
    from clusterwerk.platform.backup.errors import BackupError  # noqa: PLC0415
    from clusterwerk.platform.backup.installation import Installation  # noqa: PLC0415

    var = environment.var_folder()
    installation = Installation(var, environment.files_folder(var), program_version())
    try:
        folder = record.folder(var)
        made = making.make(installation, file)
    except (BackupError, ServerError, OSError) as error:
        message = f"No back-up could be made, so nothing was changed. {error}"
        raise ServerError(message.replace("\n", " ")) from error
    record.note(
        var,
        made_at=made.manifest.made_at,
        file=str(made.file),
        size=made.size,
        seconds=made.seconds,
        encrypted=made.encrypted,
        tried_at=made.manifest.made_at,
        problem="",
    )
    for old in _older(folder):
        old.unlink(missing_ok=True)


def _older(folder: Path) -> list[Path]:
    """Copies of earlier upgrades beyond those that are kept."""
    copies = sorted(folder.glob(f"before-*{ENDING}"), key=lambda path: path.stat().st_mtime)
    return copies[:-KEPT]
