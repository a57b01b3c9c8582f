"""The job queue in figures; its tables have no row policies, so nobody's seats suffice."""

from dataclasses import dataclass

from django.db import connection

STATES = ("todo", "doing", "succeeded", "failed", "cancelled", "aborted")


@dataclass(frozen=True, slots=True)
class Queue:
    """states: jobs by state; oldest: seconds the longest waiting job could have been running."""

    states: dict[str, int]
    oldest: float
    retried: int


def silence() -> float | None:
    """Seconds since a worker was heard of; None when none ever was."""
    seconds = _row(
        "select extract(epoch from clock_timestamp() - max(last_heartbeat))::float8"
        " from procrastinate_workers"
    )[0]
    return None if seconds is None else float(str(seconds))


def queue() -> Queue:
    with connection.cursor() as cursor:
        cursor.execute("select status::text, count(*) from procrastinate_jobs group by 1")
        counted = dict(cursor.fetchall())
    oldest, retried = _row(
        """
        select coalesce(max(extract(epoch from clock_timestamp() - due.at)), 0)::float8,
               count(*) filter (where job.attempts > 0)
        from procrastinate_jobs job
        cross join lateral (
          select coalesce(job.scheduled_at, max(event.at)) as at
          from procrastinate_events event
          where event.job_id = job.id
            and event.type in ('deferred', 'deferred_for_retry', 'retried')
        ) due
        where job.status = 'todo' and (job.scheduled_at is null or job.scheduled_at <= now())
        """
    )
    states = {state: counted.get(state, 0) for state in STATES}
    return Queue(states, float(str(oldest)), int(str(retried)))


def _row(statement: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row: tuple[object, ...] = cursor.fetchone()
    return row
