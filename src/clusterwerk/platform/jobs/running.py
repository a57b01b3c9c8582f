"""One attempt of a run: begun, carried out, and its end written down."""

import errno
import logging
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate import JobContext
from procrastinate.exceptions import JobAborted

from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import acting, opened
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.jobs.errors import (
    CancelledError,
    GivenUpError,
    OvertakenError,
    TryAgainError,
)
from clusterwerk.platform.jobs.models import JobRun
from clusterwerk.platform.jobs.progress import Progress
from clusterwerk.platform.jobs.registry import Job
from clusterwerk.platform.jobs.states import JobState

logger = logging.getLogger(__name__)

# Pauses after the first, second and third attempt that failed; there are four attempts in all.
PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=3))
# Without the letters and digits that are taken for each other on the telephone.
LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def run_job(job: Job, context: JobContext | None, run: int) -> None:
    """Carry the run out, unless it has ended or was cancelled; a second call does nothing more.

    Raises what tells the queue how to go on, see `errors.AsTheRowSays`.
    """
    begun = _begin(run)
    if begun is None:
        return
    with translation.override(begun.language or None):
        _attempt(job, begun, context)


def _attempt(job: Job, run: JobRun, context: JobContext | None) -> None:
    try:
        result = job.function(Progress(run, context), **run.arguments)
    except OvertakenError:
        return
    except JobAborted:
        _write(run, state=JobState.WAITING)
        raise
    except CancelledError:
        _write(run, state=JobState.CANCELLED, ended_at=timezone.now())
    except (DomainError, PermissionDenied) as refusal:
        _fail(run, str(refusal))
    except Exception as error:  # noqa: BLE001 - whatever it is, the row must say that it failed
        _note_fault(run, error)
    else:
        facts = {"result": result or "", "note": "", "ended_at": timezone.now()}
        _write(run, state=JobState.SUCCEEDED, **facts)


def _begin(number: int) -> JobRun | None:
    """Take the run, as its newest attempt. One that still runs was left by a worker that died."""
    with acting(NOBODY), opened("jobs"):
        run = JobRun.objects.open().select_for_update().filter(pk=number).first()
        if run is None:
            return None
        if run.cancel_asked_at is not None:
            _end(run, JobState.CANCELLED)
            return None
        run.failures += run.state == JobState.RUNNING
        if run.failures > len(PAUSES):
            _end(run, JobState.FAILED, reference=_reference(), error=_killed(run))
            logger.error("Job %s (run %s) ended its worker each time.", run.kind, run.pk)
            return None
        _started(run)
    return run


def _started(run: JobRun) -> None:
    now = timezone.now()
    run.attempt += 1
    run.state, run.retry_at, run.moved_at = JobState.RUNNING, None, now
    run.started_at = run.started_at or now
    run.save()


def _end(run: JobRun, state: JobState, **facts: str) -> None:
    run.state, run.ended_at = state, timezone.now()
    for name, value in facts.items():
        setattr(run, name, value)
    run.save()


def _killed(run: JobRun) -> str:
    with translation.override(run.language or None):
        return _("The process ended each time it worked on this. The log of the server says more.")


def _write(run: JobRun, **facts: Any) -> None:
    """Write the end of this attempt, unless another one has overtaken it."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    mine = {"pk": run.pk, "attempt": run.attempt, "state": JobState.RUNNING}
    with acting(NOBODY), opened("jobs"):
        JobRun.objects.filter(**mine).update(moved_at=timezone.now(), **facts)


def _fail(run: JobRun, sentence: str, reference: str = "") -> None:
    facts = {"error": sentence[:500], "reference": reference, "ended_at": timezone.now()}
    _write(run, state=JobState.FAILED, failures=run.failures, **facts)


def _note_fault(run: JobRun, error: Exception) -> None:
    """Another attempt after a pause; after the last one a sentence. The log has the traceback."""
    reference = _reference()
    logger.error("%s: job %s (run %s) failed.", reference, run.kind, run.pk, exc_info=error)
    run.failures += 1
    if run.failures > len(PAUSES):
        _fail(run, _sentence(error), reference)
        raise GivenUpError(reference) from None
    at = _later(run.failures)
    facts = {"retry_at": at, "failures": run.failures, "reference": reference}
    _write(run, state=JobState.RETRYING, **facts)
    raise TryAgainError(at) from None


def _later(failures: int) -> datetime:
    return timezone.now() + PAUSES[failures - 1]


def _sentence(error: Exception) -> str:
    """What a person can do about it; never the text of the error, which may tell of others."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("The disk of the server is full. Whoever keeps it must make room first.")
    return _("Something went wrong on our side. Nothing of the last step was kept.")


def _reference() -> str:
    """Short enough to read out, and found in the log."""
    return "J-" + "".join(secrets.choice(LETTERS) for _letter in range(6))
