"""What runs by the clock: once for each moment, however many workers run.

Each worker offers the moment to the queue, whose unique key takes it once; the queueing lock keeps
a second one from waiting behind a first that did not start yet.
"""

from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.utils import timezone
from procrastinate import JobContext

from clusterwerk.platform.access.session import NOBODY, acting, opened
from clusterwerk.platform.jobs.asking import app, put_in_queue
from clusterwerk.platform.jobs.effects import queue_effect
from clusterwerk.platform.jobs.models import JobRun, OutsideEffect
from clusterwerk.platform.jobs.registry import EFFECTS, JOBS
from clusterwerk.platform.jobs.states import ENDED_STATES, OPEN_STATES, EffectState

SILENT_FOR = 30.0  # seconds without a sign of life after which a worker counts as dead
SETTLED = (EffectState.DONE, EffectState.LAPSED)
LOST_AFTER = timedelta(minutes=1)
KEPT = timedelta(days=90)  # ended jobs and effects, for their askers and the steward
QUEUE_KEPT_HOURS = 7 * 24

_LOST = """
    select r.id from {table} r left join procrastinate_jobs q on q.id = r.queue_id
    where r.state = any(%s) and r.asked_at < %s
      and (q.id is null or q.status not in ('todo', 'doing'))
"""


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Take up again what a killed worker left behind; it stays "doing" for ever otherwise."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_FOR):
        await manager.retry_job(stalled)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="queue_lost")
def queue_lost(timestamp: int) -> None:  # noqa: ARG001
    """Give a job of the queue to each open row that has none, such as one aborted at a shutdown."""
    with acting(NOBODY, reason="lost jobs"), opened("jobs"):
        for run in JobRun.objects.filter(pk__in=_lost(JobRun, OPEN_STATES)):
            if run.kind in JOBS:
                put_in_queue(run)
        states = (EffectState.ASKED, EffectState.DOING)
        for effect in OutsideEffect.objects.filter(pk__in=_lost(OutsideEffect, states)):
            if effect.kind in EFFECTS:
                queue_effect(effect)


def _lost(model: type[JobRun] | type[OutsideEffect], states: tuple[str, ...]) -> list[int]:
    statement = _LOST.format(table=model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(statement, [[str(state) for state in states], timezone.now() - LOST_AFTER])
        return [number for (number,) in cursor.fetchall()]


@app.periodic(cron="17 4 * * *")
@app.task(queueing_lock="forget_sessions")
def forget_sessions(timestamp: int) -> None:  # noqa: ARG001
    """Delete sessions that have expired."""
    with acting(NOBODY, reason="expired sessions"):
        SessionStore.clear_expired()


@app.periodic(cron="27 4 * * *")
@app.task(queueing_lock="forget_jobs")
def forget_jobs(timestamp: int) -> None:  # noqa: ARG001
    """Delete what ended long ago; what waits for a decision stays."""
    before = timezone.now() - KEPT
    with acting(NOBODY, reason="jobs that ended long ago"), opened("jobs"):
        OutsideEffect.objects.filter(state__in=SETTLED, ended_at__lt=before).delete()
        JobRun.objects.filter(state__in=ENDED_STATES, ended_at__lt=before).delete()


@app.periodic(cron="37 4 * * *")
@app.task(queueing_lock="forget_queue", pass_context=True)
async def forget_queue(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Delete ended jobs of the queue, which hold numbers only."""
    await context.app.job_manager.delete_old_jobs(
        QUEUE_KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
