"""What jobs and prepared files keep of a person, for an erasure."""

from datetime import date

from django.utils import timezone

from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import opened
from clusterwerk.platform.files import actions as files
from clusterwerk.platform.files.models import PreparedFile
from clusterwerk.platform.history.personal import Subject
from clusterwerk.platform.jobs.models import JobRun, OutsideEffect
from clusterwerk.platform.models import User


def forget_jobs(subject: Subject, seats: Seats, on: date) -> None:  # noqa: ARG001 - as all rooms do
    """End what is open, empty what was told to the asker, and take the prepared files away.

    The rows stay, with the number of the account: the steward's list must not lose a failure.
    """
    if subject.model != User._meta.label:
        return
    with opened("jobs", "files"):
        runs = JobRun.objects.filter(asker_id=subject.pk)
        runs.open().filter(cancel_asked_at=None).update(cancel_asked_at=timezone.now())
        runs.update(note="", error="")
        OutsideEffect.objects.filter(asker_id=subject.pk).update(label="")
        for file in PreparedFile.objects.filter(owner_id=subject.pk):
            files.discard(file)
