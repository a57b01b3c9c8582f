"""Files go when their time is over, and so does what a crash left behind."""

from django.utils import timezone

from clusterwerk.platform.access.session import NOBODY, acting
from clusterwerk.platform.files import actions
from clusterwerk.platform.jobs.asking import app


@app.periodic(cron="47 * * * *")
@app.task(queueing_lock="discard_files")
def discard_files(timestamp: int) -> None:  # noqa: ARG001
    """Batch by batch, a transaction each."""
    going_on = True
    while going_on:
        with acting(NOBODY, reason="files whose time is over"):
            going_on = actions.discard_expired(timezone.now()) > 0
    with acting(NOBODY, reason="files without an owner"):
        actions.sweep()
