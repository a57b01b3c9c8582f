"""Declaring jobs, and asking for them inside the change that needs them."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import translation
from procrastinate import App, JobContext
from procrastinate.contrib.django import app as configured
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import Task

from clusterwerk.platform.access.decision import ALLOWED, Decision
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import NoTransactionError, opened
from clusterwerk.platform.jobs.errors import AsTheRowSays
from clusterwerk.platform.jobs.models import JobRun
from clusterwerk.platform.jobs.registry import JOBS, AskedAt, Job, MayFetch, Words

app: App = configured
_IN_TRANSACTION = JobManager(DjangoConnector())


def _always(_seats: Seats, _ids: Mapping[str, Any]) -> Decision:
    return ALLOWED


def job(
    *,
    title: Words,
    queue: str = "default",
    may_fetch: MayFetch = _always,
    asked_at: AskedAt | None = None,
    is_once: bool = False,
) -> Callable[[Callable[..., str | None]], Job]:
    """Make a function a job: `def export(progress: Progress, *, cluster: int) -> str | None`.

    It runs outside a transaction; each `progress.step()` is one, in which the asker acts with the
    seats held at that moment. What it returns is the address of the result on this site. Arguments
    are numbers (ids) and yes or no. Ask for it with `ask`. A file of rows that not everybody reads
    needs `may_fetch`: seats may end between the making of a file and its download. For `asked_at`
    and `is_once` see `Job`.
    """

    def wrap(function: Callable[..., str | None]) -> Job:
        kind = f"{function.__module__}.{function.__name__}"

        @app.task(name=kind, queue=queue, retry=AsTheRowSays(), pass_context=True)
        def task(context: JobContext, *, run: int) -> None:
            from clusterwerk.platform.jobs.running import run_job  # noqa: PLC0415 - needs `app`

            run_job(JOBS[kind], context, run)

        JOBS[kind] = Job(kind, title, function, task, may_fetch, asked_at, is_once)
        return JOBS[kind]

    return wrap


def ask(
    wanted: Job, *, actor: int, reason: str, key: str | None = None, **ids: int | bool | None
) -> JobRun:
    """Ask for a job in the open transaction: a rollback leaves neither the row nor the job.

    While the same person's run with the same key waits or runs, that run is returned instead of a
    second one; without a key the arguments are the key.
    """
    if not connection.in_atomic_block:
        message = "ask() belongs into the transaction of the change that needs the job."
        raise NoTransactionError(message)
    digest = hashlib.sha256((key or json.dumps(ids, sort_keys=True)).encode()).hexdigest()
    facts = {"asker_id": actor, "kind": wanted.kind, "key": digest}
    with opened("jobs"):
        return _found(facts) or _asked(facts, reason, ids)


def _found(facts: dict[str, Any]) -> JobRun | None:
    return JobRun.objects.open().filter(**facts).first()


def _asked(facts: dict[str, Any], reason: str, ids: dict[str, Any]) -> JobRun:
    """Two clicks at once: the second waits for the first to commit, and finds its row."""
    try:
        with transaction.atomic():
            run = JobRun.objects.create(
                **facts, reason=reason, arguments=ids, language=translation.get_language() or ""
            )
    except IntegrityError:
        found = _found(facts)
        if found is None:
            raise
        return found
    put_in_queue(run)
    return run


def put_in_queue(run: JobRun) -> None:
    """A job of the queue for the row; the door `jobs` is open."""
    run.queue_id = queued(JOBS[run.kind].task, run=run.pk)
    run.save(update_fields=["queue_id"])


def queued(task: Task[..., Any, ...], **ids: int) -> int:
    """The number of a job of the queue, put there by the open transaction, in a worker too.

    The connections of a worker's own would put it there before the transaction commits: a job
    taken up in between finds no row, and does nothing.
    """
    deferrer = task.configure()
    deferrer.job_manager = _IN_TRANSACTION
    return deferrer.defer(**ids)
