"""What is known of the last back-up, kept in `var/backups/last.json` for doctor and monitors.

A run that failed keeps the facts of the last good one beside its own problem, so that the age of
what can be restored is never hidden by a later failure.
"""

import json
import os
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

FILE = "last.json"


@dataclass(frozen=True, slots=True)
class LastBackup:
    """Moments are aware, sizes in bytes, durations in seconds; `None` and "" where never.

    `problem` and `copy_problem` tell of the last attempt; empty when it went well.
    """

    made_at: datetime | None = None
    file: str = ""
    size: int = 0
    seconds: float = 0.0
    encrypted: bool = False
    tried_at: datetime | None = None
    problem: str = ""
    copied_at: datetime | None = None
    copied_to: str = ""
    copy_tried_at: datetime | None = None
    copy_problem: str = ""


MOMENTS = ("made_at", "tried_at", "copied_at", "copy_tried_at")


def folder(var: Path) -> Path:
    """Where back-ups are worked on and recorded; made when missing, closed to others."""
    found = var / "backups"
    found.mkdir(mode=0o700, parents=True, exist_ok=True)
    return found


def last_backup(var: Path | None = None) -> LastBackup | None:
    """The record of the installation; None when no back-up was ever tried, or it is unreadable."""
    try:
        told = json.loads(((var or Path(settings.VAR)) / "backups" / FILE).read_text("utf-8"))
        moments = {name: _moment(told.get(name)) for name in MOMENTS}
        return LastBackup(**{**told, **moments})
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def note(var: Path, **news: object) -> LastBackup:
    """Put news beside what was known; in one step, so that a reader never meets half a record."""
    known = replace(last_backup(var) or LastBackup(), **news)  # type: ignore[arg-type] # names are the fields
    told = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asdict(known).items()
    }
    new = folder(var) / f"{FILE}.{os.getpid()}.new"
    with new.open("w", encoding="utf-8") as file:
        json.dump(told, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    new.replace(folder(var) / FILE)
    return known


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None
