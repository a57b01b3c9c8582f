"""The unattended run: make, thin out, copy elsewhere, and write down how it went."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from clusterwerk.platform.backup import copying, keeping, record
from clusterwerk.platform.backup.copying import Destination
from clusterwerk.platform.backup.encryption import Lock
from clusterwerk.platform.backup.errors import BackupError
from clusterwerk.platform.backup.installation import Installation
from clusterwerk.platform.backup.keeping import Keep
from clusterwerk.platform.backup.making import Made, make
from clusterwerk.platform.postgres.errors import ServerError

OPEN = (
    "A back-up in clear is not copied to another place: set CLUSTERWERK_BACKUP_RECIPIENT to a "
    "public key of age."
)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Where back-ups go, how long they stay, who can open them, and where copies go."""

    folder: Path
    keep: Keep
    lock: Lock
    copies: Destination | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """removed: names that went; copy_problem: empty when it was copied, or none was asked."""

    made: Made
    removed: list[str]
    copied_to: str
    copy_problem: str


def run(installation: Installation, schedule: Schedule) -> Outcome:
    """One run; ServerError, recorded, when no back-up could be made."""
    made = recorded(
        installation.var,
        lambda: make(
            installation,
            schedule.folder / keeping.name_at(datetime.now(UTC)),
            lock=schedule.lock,
        ),
    )
    removed = keeping.thin_out(schedule.folder, schedule.keep)
    copied_to, problem = "", ""
    if schedule.copies:
        copied_to, problem = _copy(installation, made, schedule, schedule.copies)
    return Outcome(made, removed, copied_to, problem)


def recorded(var: Path, making: Callable[[], Made]) -> Made:
    """Make a back-up and write down how it went."""
    try:
        made = making()
    except ServerError as error:
        record.note(var, tried_at=datetime.now(UTC), problem=str(error))
        raise
    record.note(
        var,
        made_at=made.manifest.made_at,
        file=str(made.file),
        size=made.size,
        seconds=round(made.seconds, 1),
        encrypted=made.encrypted,
        tried_at=datetime.now(UTC),
        problem="",
    )
    return made


def _require_locked(made: Made) -> None:
    if not made.encrypted:
        raise BackupError(OPEN)


def _copy(
    installation: Installation, made: Made, schedule: Schedule, copies: Destination
) -> tuple[str, str]:
    """Where it went, and what went wrong; both are written down."""
    try:
        _require_locked(made)
        copying.copy(made.file, copies)
        if copies.folder:
            keeping.thin_out(copies.folder, schedule.keep)
    except BackupError as error:
        record.note(installation.var, copy_tried_at=datetime.now(UTC), copy_problem=str(error))
        return "", str(error)
    now = datetime.now(UTC)
    record.note(
        installation.var,
        copied_at=now,
        copied_to=copies.shown,
        copy_tried_at=now,
        copy_problem="",
    )
    return copies.shown, ""
