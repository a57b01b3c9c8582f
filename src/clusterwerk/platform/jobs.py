"""Background jobs: asked for inside a change, done by the worker as the person who asked.

A job commits or rolls back with the change that asked for it. It may run twice, because a worker
may be killed at any moment, so what it does outside the database must be safe to repeat.
Arguments hold ids only: the queue has no row policies.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from procrastinate import App, JobContext, RetryStrategy
from procrastinate.contrib.django import app as configured
from procrastinate.tasks import Task

from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import acting, acting_person

app: App = configured

# Four attempts in all: the first and three more.
RETRY = RetryStrategy(max_attempts=3, exponential_wait=5)


def job(**options: Any) -> Callable[[Callable[..., None]], Task[Any, None, Any]]:
    """Make a function a job that runs with the seats its asker holds when it runs.

    Defer it with `actor` (an account) and `reason` beside its own arguments.
    """

    def wrap(function: Callable[..., None]) -> Task[Any, None, Any]:
        @app.task(name=f"{function.__module__}.{function.__name__}", retry=RETRY, **options)
        @wraps(function)
        def run(*, actor: int, reason: str, **arguments: Any) -> None:
            with acting_person(actor, reason=reason):
                function(**arguments)

        wrapped: Task[Any, None, Any] = run
        return wrapped

    return wrap


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Take up again what a killed worker left behind; it stays "doing" for ever otherwise."""
    manager = context.app.job_manager
    for stalled in await manager.get_stalled_jobs():
        await manager.retry_job(stalled)


@app.periodic(cron="17 4 * * *")
@app.task(queueing_lock="forget_sessions")
def forget_sessions(timestamp: int) -> None:  # noqa: ARG001
    """Delete sessions that have expired."""
    with acting(NOBODY, reason="expired sessions"):
        SessionStore.clear_expired()
