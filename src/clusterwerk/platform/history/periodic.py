"""The history is sealed by the clock, and what must outlive the database is written outside it."""

from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.history import heads
from clusterwerk.platform.history.erasures import note_missing_erasures
from clusterwerk.platform.history.sealing import seal_all
from clusterwerk.platform.jobs.asking import app


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="seal_history")
def seal_history(timestamp: int) -> None:  # noqa: ARG001
    """Seal what is new, note the head, and the erasures that a crash kept from their list."""
    seal_all()
    note_outside()


def note_outside() -> None:
    """Bring the newest head and all erasures into the files of the installation."""
    with acting(seats_of_command(), reason="noting the head of the history"):
        head = heads.newest()
        note_missing_erasures()
    if head is not None:
        heads.note_head(head)
