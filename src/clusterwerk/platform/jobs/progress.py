"""What a job holds in its hands: committed steps, progress, the place to go on, a way to stop."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, TypeVar

from django.db.models import Model
from django.utils import timezone
from procrastinate import JobContext
from procrastinate.exceptions import JobAborted

from clusterwerk.platform.access.seats import NOBODY, Seats
from clusterwerk.platform.access.session import acting, acting_person, opened
from clusterwerk.platform.files import actions as files
from clusterwerk.platform.files.models import PreparedFile
from clusterwerk.platform.jobs.errors import CancelledError, OvertakenError
from clusterwerk.platform.jobs.models import JobRun, JobRunQuery
from clusterwerk.platform.jobs.states import JobState

Row = TypeVar("Row", bound=Model)


class Progress:
    """One attempt of one run.

    `cursor` is any JSON value that says where to go on; set it inside a step, and it is kept with
    the work of that step. After a kill the next attempt finds it here. `done` and `total` are what
    the progress bar shows.
    """

    def __init__(self, run: JobRun, context: JobContext | None = None) -> None:
        self.run = run.pk
        self.actor = run.asker_id
        self.reason = run.reason
        self.attempt = run.attempt
        self.cursor: Any = run.cursor
        self.done = run.done if run.cursor is not None else 0
        self.total = run.total
        self.note = run.note
        self._context = context

    @contextmanager
    def step(
        self,
        *,
        total: int | None = None,
        note: str | None = None,
        counts: bool = True,
    ) -> Iterator[Seats]:
        """A transaction in which the asker acts; work, progress and cursor commit together.

        `total` is known once it is told; `counts` says that the step is one part of it. Otherwise
        set `done` inside the step. Raises before any work when the job was cancelled or overtaken,
        or must leave its worker.
        """
        self.go_on()
        if total is not None or note is not None:
            self.tell(total=total, note=note)
        with acting_person(self.actor, reason=self.reason) as seats:
            yield seats
            self.done += counts
            self._keep()

    def tell(
        self, *, done: int | None = None, total: int | None = None, note: str | None = None
    ) -> None:
        """Show progress at once, between steps."""
        self.done = self.done if done is None else done
        self.total = self.total if total is None else total
        self.note = self.note if note is None else note
        with acting(NOBODY):
            self._keep()

    def through(
        self,
        fetch: Callable[[int], Sequence[Row]],
        work: Callable[[Row], None],
        *,
        note: str | None = None,
    ) -> None:
        """Do `work` for each row once, a step for each batch; a later attempt goes on after it.

        `fetch` gives the next rows by id after the one it is told (0 first), as many as a step
        takes, and nothing at the end.
        """
        while True:
            with self.step(note=note, counts=False):
                rows = fetch(self.cursor or 0)
                for row in rows:
                    work(row)
                self._pass(rows)
            if not rows:
                return

    def should_stop(self) -> bool:
        """Whether to leave off: cancelled by the asker, or the worker must end."""
        return self._must_leave() or self._row().cancel_asked_at is not None

    def go_on(self) -> None:
        """Raise when this attempt may not go on; a job need not catch anything."""
        if self._must_leave():
            raise JobAborted
        if self._row().cancel_asked_at is not None:
            raise CancelledError

    @contextmanager
    def prepare(self, *, name: str, media_type: str) -> Iterator[IO[bytes]]:
        """Write a file for the asker: it appears on the page of the run when the block ends well.

        Take steps inside the block as you like. An error or a kill leaves no file.
        """
        with files.draft() as draft:
            yield draft.file
            self.go_on()
            with acting(NOBODY), opened("jobs", "files"):
                self._replace_file(files.keep(draft, self.actor, name, media_type))

    def _replace_file(self, new: PreparedFile) -> None:
        run = self._mine().select_for_update().first()
        if run is None:
            raise OvertakenError
        earlier, run.file = run.file, new
        run.save(update_fields=["file"])
        if earlier is not None:
            files.discard(earlier)

    def _pass(self, rows: Sequence[Row]) -> None:
        if rows:
            self.cursor = rows[-1].pk
        self.done += len(rows)

    def _must_leave(self) -> bool:
        return self._context is not None and self._context.should_abort()

    def _mine(self) -> JobRunQuery:
        return JobRun.objects.filter(pk=self.run, attempt=self.attempt, state=JobState.RUNNING)

    def _row(self) -> JobRun:
        with acting(NOBODY), opened("jobs"):
            found: JobRun | None = self._mine().only("cancel_asked_at").first()
        if found is None:
            raise OvertakenError
        return found

    def _keep(self) -> None:
        with opened("jobs"):
            kept = self._mine().update(
                done=self.done,
                total=self.total,
                note=self.note[:200],
                cursor=self.cursor,
                moved_at=timezone.now(),
            )
        if not kept:
            raise OvertakenError
