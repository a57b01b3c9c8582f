"""The time within which a breach is notified (Article 33 GDPR)."""

from datetime import UTC, datetime, timedelta

ALLOWED = timedelta(hours=72)


def deadline(discovered_at: datetime) -> datetime:
    """The last moment to notify: 72 hours that really pass after becoming aware.

    Counted in UTC, so that the begin or end of summer time shifts the hour on the clock and not
    the time that is left. Weekends and holidays count.
    """
    return discovered_at.astimezone(UTC) + ALLOWED


def left(discovered_at: datetime, now: datetime) -> timedelta:
    """Time that is left; negative once it is over."""
    return deadline(discovered_at) - now.astimezone(UTC)


def hours_and_minutes(time: timedelta) -> tuple[int, int]:
    """Whole hours and minutes of a duration, without its sign."""
    minutes = int(abs(time).total_seconds()) // 60
    return divmod(minutes, 60)
