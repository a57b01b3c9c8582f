"""The back-up that is kept before tables with data change.

It is made by the program of the new release, before anything is changed.
"""

from datetime import UTC, datetime
from pathlib import Path

from clusterwerk.config.upgrading.written import program_version

WORD = "copy="


def target(var: Path) -> Path:
    """A name of its own for each upgrade, so that no earlier back-up is written over."""
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    return var / "backups" / f"before-{program_version()}-{moment}.cwbackup"


def asked_for(words: list[str]) -> Path | None:
    """The file named among the words of `preparing`."""
    named = [word.removeprefix(WORD) for word in words if word.startswith(WORD)]
    return Path(named[0]) if named else None


def keep(file: Path) -> None:
    """Write a back-up of the whole installation; ServerError when it cannot be made."""
