"""How an attempt ends when it does not end well; rooms raise `DomainError` and nothing of these."""

from datetime import datetime, timedelta

from django.utils import timezone
from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.exceptions import JobAborted
from procrastinate.jobs import Job as QueuedJob


class CancelledError(Exception):
    """The person who asked wants no more of it."""


class OvertakenError(Exception):
    """Another worker took the run up, because this one seemed dead: commit nothing more."""


class TryAgainError(Exception):
    """The attempt failed; the next one is due at `at`."""

    def __init__(self, at: datetime) -> None:
        super().__init__(f"again at {at:%H:%M:%S}")
        self.at = at


class GivenUpError(Exception):
    """The last attempt failed; the log holds the reason under this reference."""


class AsTheRowSays(BaseRetryStrategy):
    """When the queue runs a task again: our rows decide, and count, not the queue.

    What the worker leaves at shutdown is taken up at once; an error while the row itself was
    written (the database was away) is tried again until the row can be written.
    """

    def get_retry_decision(
        self,
        *,
        exception: BaseException,
        job: QueuedJob,  # noqa: ARG002 - as the queue calls it
    ) -> RetryDecision | None:
        if isinstance(exception, GivenUpError):
            return None
        if isinstance(exception, TryAgainError):
            return RetryDecision(retry_at=exception.at)
        pause = timedelta() if isinstance(exception, JobAborted) else timedelta(seconds=30)
        return RetryDecision(retry_at=timezone.now() + pause)
