"""What people do with their jobs and effects."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import opened
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.jobs import access
from clusterwerk.platform.jobs.asking import app, ask
from clusterwerk.platform.jobs.effects import LIFETIME, queue_effect
from clusterwerk.platform.jobs.models import JobRun, OutsideEffect
from clusterwerk.platform.jobs.registry import EFFECTS, JOBS
from clusterwerk.platform.jobs.states import EffectState, JobState


@transaction.atomic
def cancel_run(*, seats: Seats, run: JobRun) -> JobRun:
    """End a job that waits; one that runs is asked to stop, and does so after its step.

    Cancelling twice, or something that has ended meanwhile, changes nothing.
    """
    access.may_cancel(seats, run).require()
    with opened("jobs"):
        held = JobRun.objects.select_for_update().get(pk=run.pk)
        if held.is_open and held.cancel_asked_at is None:
            held.cancel_asked_at = timezone.now()
            if held.state != JobState.RUNNING:
                _end_waiting(held)
            held.save()
    return held


def _end_waiting(run: JobRun) -> None:
    run.state, run.ended_at = JobState.CANCELLED, timezone.now()
    if run.queue_id is not None:
        app.job_manager.cancel_job_by_id(run.queue_id)


@transaction.atomic
def run_again(*, seats: Seats, run: JobRun) -> JobRun:
    """Ask for the same once more, as a run of its own."""
    access.may_run_again(seats, run).require()
    if run.is_open:
        return run
    wanted = JOBS.get(run.kind)
    if wanted is None:
        raise DomainError(_("This kind of job is no longer done here."))
    return ask(wanted, actor=run.asker_id, reason=run.reason, **run.arguments)


@transaction.atomic
def repeat_effect(*, seats: Seats, effect: OutsideEffect) -> None:
    """Do it once more: a person says that it did not happen, or that twice is better than never."""
    access.may_settle(seats, effect).require()
    with opened("jobs"):
        held = _undecided(effect)
        held.state, held.next_at, held.ended_at = EffectState.ASKED, None, None
        held.expires_at = timezone.now() + LIFETIME
        queue_effect(held)
        held.save()


@transaction.atomic
def settle_effect(*, seats: Seats, effect: OutsideEffect) -> None:
    """Leave it: a person says that it happened, or is no longer wanted."""
    access.may_settle(seats, effect).require()
    with opened("jobs"):
        held = _undecided(effect)
        held.state, held.ended_at = EffectState.DONE, timezone.now()
        held.save()
        if held.kind in EFFECTS:
            EFFECTS[held.kind].forget(held)


def _undecided(effect: OutsideEffect) -> OutsideEffect:
    held = OutsideEffect.objects.select_for_update().get(pk=effect.pk)
    if not held.needs_decision:
        raise DomainError(_("This was decided already."))
    return held
