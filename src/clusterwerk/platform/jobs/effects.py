"""Effects outside the database (a mail, an invoice, a call to another service), each done once.

Noted in the transaction that wants it, done by a job of its own: asked, being done, done. A worker
that is killed between the effect and its record leaves "being done", and then nobody knows whether
it happened. It is not repeated in silence: it becomes *uncertain*, and a person decides. Only where
the other side knows the key and does the same effect once, it is repeated with that key.
"""

import logging
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from procrastinate import JobContext

from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import NoTransactionError, acting, opened
from clusterwerk.platform.jobs.asking import app, queued
from clusterwerk.platform.jobs.errors import AsTheRowSays, TryAgainError
from clusterwerk.platform.jobs.models import OutsideEffect
from clusterwerk.platform.jobs.registry import EFFECTS, EffectKind, Words
from clusterwerk.platform.jobs.states import EffectState

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(minutes=10)
LIFETIME = timedelta(days=2)  # of an effect for which nothing else is said


class NotDoneError(Exception):
    """It surely did not happen. `for_good`: trying again cannot help."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.for_good = for_good


def nothing_to_forget(_effect: OutsideEffect) -> None:
    """Of an effect that keeps nothing beside its row."""


def effect(
    kind: str,
    *,
    title: Words,
    is_idempotent: bool = False,
    forget: Callable[[OutsideEffect], None] = nothing_to_forget,
) -> Callable[[Callable[[OutsideEffect], None]], EffectKind]:
    """Declare a kind of effect by the function that does it; see `registry.EffectKind`."""

    def wrap(perform: Callable[[OutsideEffect], None]) -> EffectKind:
        EFFECTS[kind] = EffectKind(kind, title, perform, is_idempotent, forget)
        return EFFECTS[kind]

    return wrap


def ask_effect(
    kind: EffectKind,
    *,
    key: str = "",
    actor: int | None = None,
    run: int | None = None,
    subject: int | None = None,
    label: str = "",
    lifetime: timedelta = LIFETIME,
    lapses: bool = False,
) -> OutsideEffect:
    """Note an effect in the open transaction; a second call with the same key gives the first.

    It is tried for `lifetime`. After that a person decides, unless it `lapses`: a sign-in link that
    comes too late is of no use.
    """
    if not connection.in_atomic_block:
        message = "ask_effect() belongs into the transaction of the change that wants the effect."
        raise NoTransactionError(message)
    facts = {"asker_id": actor, "run_id": run, "subject": subject, "label": label, "lapses": lapses}
    with opened("jobs"):
        noted, is_new = OutsideEffect.objects.get_or_create(
            kind=kind.kind,
            key=key or uuid.uuid4().hex,
            defaults={**facts, "expires_at": timezone.now() + lifetime},
        )
        if is_new:
            queue_effect(noted)
    return noted


def queue_effect(noted: OutsideEffect) -> None:
    """A job of the queue for the row; the door `jobs` is open."""
    noted.queue_id = queued(perform_effect, effect=noted.pk)
    noted.save(update_fields=["queue_id"])


@app.task(name="perform_effect", pass_context=True, retry=AsTheRowSays())
def perform_effect(context: JobContext, *, effect: int) -> None:  # noqa: ARG001
    """Do it once; raises `TryAgainError` when it surely did not happen and may still."""
    taken = _take(effect)
    if taken is None:
        return
    kind = EFFECTS[taken.kind]
    try:
        kind.perform(taken)
    except NotDoneError as error:
        _note_not_done(taken, kind, error)
    except Exception:
        logger.exception("Effect %s (%s) ended in an error.", taken.pk, taken.kind)
        _note_unknown(taken, kind)
    else:
        _write(taken, kind, EffectState.DONE)


def _take(number: int) -> OutsideEffect | None:
    """Mark it as being done, or say that nothing is to do.

    One that is "being done" here was left by a worker that died: the queue gives a job to one.
    """
    with acting(NOBODY), opened("jobs"):
        states = (EffectState.ASKED, EffectState.DOING)
        waiting = OutsideEffect.objects.select_for_update().filter(pk=number, state__in=states)
        found = waiting.first()
        if found is None:
            return None
        kind = EFFECTS[found.kind]
        if found.state == EffectState.DOING and not kind.is_idempotent:
            _change(found, kind, EffectState.UNCERTAIN)
            return None
        if found.expires_at is not None and found.expires_at < timezone.now():
            _change(found, kind, _too_late(found))
            return None
        found.attempts += 1
        found.begun_at = timezone.now()
        _change(found, kind, EffectState.DOING)
    return found


def _note_not_done(taken: OutsideEffect, kind: EffectKind, error: NotDoneError) -> None:
    at = timezone.now() + min(FIRST_PAUSE * 2 ** (taken.attempts - 1), LONGEST_PAUSE)
    expired = taken.expires_at is not None and at > taken.expires_at
    if error.for_good or expired:
        logger.error("Effect %s (%s) is given up: %s", taken.pk, taken.kind, error)
        _write(taken, kind, _too_late(taken) if expired else EffectState.GIVEN_UP)
        return
    logger.warning("Effect %s (%s) waits until %s: %s", taken.pk, taken.kind, at, error)
    _write(taken, kind, EffectState.ASKED, next_at=at)
    raise TryAgainError(at) from None


def _too_late(effect: OutsideEffect) -> EffectState:
    return EffectState.LAPSED if effect.lapses else EffectState.GIVEN_UP


def _note_unknown(taken: OutsideEffect, kind: EffectKind) -> None:
    if not kind.is_idempotent:
        _write(taken, kind, EffectState.UNCERTAIN)
        return
    at: datetime = timezone.now() + FIRST_PAUSE
    _write(taken, kind, EffectState.ASKED, next_at=at)
    raise TryAgainError(at) from None


def _write(taken: OutsideEffect, kind: EffectKind, state: EffectState, **facts: Any) -> None:
    """What came out, unless a later attempt began; the truth of a slow worker beats "uncertain"."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()
    with acting(NOBODY), opened("jobs"):
        states = (EffectState.DOING, EffectState.UNCERTAIN)
        mine = {"pk": taken.pk, "attempts": taken.attempts, "state__in": states}
        found = OutsideEffect.objects.select_for_update().filter(**mine).first()
        if found is not None:
            for name, value in facts.items():
                setattr(found, name, value)
            _change(found, kind, state)


def _change(found: OutsideEffect, kind: EffectKind, state: EffectState) -> None:
    """Ends are dated; what the effect kept beside its row goes when nobody can want it again."""
    found.state = state
    if state not in (EffectState.ASKED, EffectState.DOING):
        found.ended_at = timezone.now()
    found.save()
    if state in (EffectState.DONE, EffectState.LAPSED):
        kind.forget(found)
