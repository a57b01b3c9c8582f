"""What is done for the directory in the background."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory import access
from clusterwerk.directory.duplicates.jobs import find_duplicates
from clusterwerk.platform.access.decision import Decision
from clusterwerk.platform.access.seats import NOBODY, Seats
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.files import actions as files
from clusterwerk.platform.files.models import PreparedFile
from clusterwerk.platform.files.storage import path_of
from clusterwerk.platform.jobs import Progress, job
from clusterwerk.platform.jobs.errors import CancelledError

__all__ = ["find_duplicates", "load_register"]
PAUSE = 0.5  # seconds between two words about how far it is


class _Steps:
    """Transactions and progress of the job."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._told_at = 0.0

    @contextmanager
    def step(self) -> Iterator[Seats]:
        with self._progress.step(counts=False) as seats:
            yield seats

    def tell(self, done: int, note: str) -> None:
        if time.monotonic() - self._told_at > PAUSE:
            self._progress.go_on()
            self._progress.tell(done=done, total=1000, note=note)
            self._told_at = time.monotonic()


def _may_fetch(seats: Seats, _ids: Mapping[str, int]) -> Decision:
    return access.may_load_register(seats)


@job(title=_("Load of the enterprise register"), may_fetch=_may_fetch)
def load_register(progress: Progress, *, file: int) -> str:
    """Load an uploaded extract; the upload goes when it was loaded, can never be, or is unwanted.

    A fault keeps it for the next attempt, and so does a refusal that may pass.
    """
    from clusterwerk.directory.actions import register  # noqa: PLC0415 - reads with a heavy library

    with progress.step(counts=False) as seats:
        access.may_load_register(seats).require()
        uploaded = PreparedFile.objects.filter(pk=file).first()
        if uploaded is None:
            raise DomainError(_("The uploaded file is no longer kept. Upload it again."))
        path, name = path_of(uploaded.stored_as), uploaded.name
    try:
        register.load_register(steps=_Steps(progress), path=path, file_name=name)
    except register.NotYetError:
        raise
    except (DomainError, CancelledError):
        with acting(NOBODY):
            files.discard(uploaded)
        raise
    with progress.step(counts=False):
        files.discard(uploaded)
    return reverse("directory:register_overview")
