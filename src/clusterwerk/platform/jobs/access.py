"""Who may do what with a job: whoever asked for it, and the steward."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.decision import Decision, allow_if
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.jobs.models import JobRun, OutsideEffect
from clusterwerk.platform.jobs.registry import JOBS
from clusterwerk.platform.jobs.states import JobState


def _is_own(seats: Seats, row: JobRun | OutsideEffect) -> bool:
    return seats.actor is not None and row.asker_id == seats.actor


def may_cancel(seats: Seats, run: JobRun) -> Decision:
    """The steward too: a job that hangs must not hold a worker for ever."""
    allowed = _is_own(seats, run) or seats.is_steward
    return allow_if(allowed, _("Whoever asked for a job cancels it, or the steward."))


def may_run_again(seats: Seats, run: JobRun) -> Decision:
    """Not the steward: it would run with the seats of the steward."""
    if not _is_own(seats, run):
        message = _("Only whoever asked for a job asks for it again.")
        return Decision(allowed=False, reason=message)
    wanted = JOBS.get(run.kind)
    is_done = wanted is not None and wanted.is_once and run.state == JobState.SUCCEEDED
    return allow_if(not is_done, _("This was done, and is done once."))


def may_fetch(seats: Seats, run: JobRun) -> Decision:
    """The file of a run, by what its job says today; of a job that is no more nobody knows."""
    wanted = JOBS.get(run.kind)
    if wanted is None:
        return Decision(allowed=False, reason=_("This kind of job is no longer done here."))
    return wanted.may_fetch(seats, run.arguments)


def may_settle(seats: Seats, effect: OutsideEffect) -> Decision:
    allowed = _is_own(seats, effect) or seats.is_steward
    return allow_if(allowed, _("Whoever asked for it decides this, or the steward."))
