"""How old the last back-up is, and its copy elsewhere."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from clusterwerk.config import environment
from clusterwerk.config.doctor import production
from clusterwerk.config.doctor.finding import Finding, Findings, fail, ok, warn
from clusterwerk.platform.backup.record import LastBackup, last_backup

OLD = 36  # hours: one a day, with half a day to spare
MUCH_TOO_OLD = 7  # times that
COPY_MAY_BE = 2  # times that for the copy, which follows the back-up
MAKE = "Make one: `clusterwerk backup FILE`; let a timer do it each night (docs/operate)."


def findings(var: Path, *, holds_data: bool) -> Findings:
    """holds_data: people work here, so there is something to lose."""
    known = last_backup(var) or LastBackup()
    now = datetime.now(UTC)
    yield backup(known, now, holds_data=holds_data)
    if production.is_production() or known.copied_to or known.copy_problem:
        yield copy(known, now, holds_data=holds_data)


def backup(known: LastBackup, now: datetime, *, holds_data: bool) -> Finding:
    if not holds_data and known.made_at is None:
        return ok("back-up", "None; nobody works here yet.")
    if known.made_at is None:
        wrong = fail if production.is_production() else warn
        return wrong("back-up", f"None was ever made. {known.problem}".strip(), MAKE)
    age, limit = now - known.made_at, _limit()
    shown = f"The last one is {_words(age)} old: {known.file}."
    if known.problem:
        return warn("back-up", f"{shown} The attempt after it failed: {known.problem}", MAKE)
    if holds_data and age > MUCH_TOO_OLD * limit and production.is_production():
        return fail("back-up", shown, MAKE)
    if holds_data and age > limit:
        return warn("back-up", shown, MAKE)
    return ok("back-up", shown)


def copy(known: LastBackup, now: datetime, *, holds_data: bool) -> Finding:
    mend = "Name a place on another machine for it (docs/operate), and look at its disk."
    if known.copy_problem:
        return warn("off-site copy", f"The last copy failed: {known.copy_problem}", mend)
    if known.copied_at is None:
        if not holds_data:
            return ok("off-site copy", "None; nobody works here yet.")
        return warn("off-site copy", "No back-up was ever copied elsewhere.", mend)
    age = now - known.copied_at
    shown = f"The last copy is {_words(age)} old."
    if holds_data and age > COPY_MAY_BE * _limit():
        return warn("off-site copy", shown, mend)
    return ok("off-site copy", shown)


def _limit() -> timedelta:
    return timedelta(hours=environment.number("CLUSTERWERK_BACKUP_HOURS", default=OLD))


def _words(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"  # noqa: PLR2004 - 3 days
