"""Which scheduled back-ups are kept: the newest of each of so many days, weeks and months."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from clusterwerk.platform.backup.errors import BackupError

STAMP = "%Y%m%dT%H%M%SZ"
NAME = re.compile(r"clusterwerk-(\d{8}T\d{6}Z)\.cwbackup")
RULE = re.compile(r"(\d{1,4}) (daily|weekly|monthly)")


@dataclass(frozen=True, slots=True)
class Keep:
    """Numbers of days, ISO weeks and months of which the newest back-up stays; UTC."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 12


def parsed(text: str) -> Keep:
    """Out of `7 daily, 4 weekly, 12 monthly`; what is not named is kept for no time."""
    if not text.strip():
        return Keep()
    found = {"daily": 0, "weekly": 0, "monthly": 0}
    for word in text.split(","):
        rule = RULE.fullmatch(word.strip())
        if not rule:
            message = (
                f"CLUSTERWERK_BACKUP_KEEP is {text!r}; expected 7 daily, 4 weekly, 12 monthly."
            )
            raise BackupError(message)
        found[rule.group(2)] = int(rule.group(1))
    return Keep(**found)


def name_at(moment: datetime) -> str:
    return f"clusterwerk-{moment.astimezone(UTC).strftime(STAMP)}.cwbackup"


def spare(names: Iterable[str], keep: Keep) -> list[str]:
    """Names that may go, oldest first; never the newest, nor what we did not name ourselves."""
    moments = {name: _moment(found.group(1)) for name in names if (found := NAME.fullmatch(name))}
    newest_first = sorted(moments, key=lambda name: moments[name], reverse=True)
    kept = set(newest_first[:1])
    for number, period in (
        (keep.daily, "%Y-%m-%d"),
        (keep.weekly, "%G-%V"),
        (keep.monthly, "%Y-%m"),
    ):
        newest: dict[str, str] = {}
        for name in newest_first:
            newest.setdefault(moments[name].strftime(period), name)
        kept |= set(list(newest.values())[:number])
    return [name for name in reversed(newest_first) if name not in kept]


def thin_out(folder: Path, keep: Keep) -> list[str]:
    """Remove what may go from a folder; the names that went."""
    gone = spare((path.name for path in folder.iterdir() if path.is_file()), keep)
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    return gone


def _moment(text: str) -> datetime:
    return datetime.strptime(text, STAMP).replace(tzinfo=UTC)
