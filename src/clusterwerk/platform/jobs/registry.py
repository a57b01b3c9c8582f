"""Which jobs and outside effects there are, with their titles; rooms add theirs by a decorator."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from procrastinate.tasks import Task

from clusterwerk.platform.access.decision import Decision
from clusterwerk.platform.access.seats import Seats

if TYPE_CHECKING:
    from clusterwerk.platform.jobs.models import OutsideEffect

Words = str | Promise
MayFetch = Callable[[Seats, Mapping[str, Any]], Decision]
AskedAt = Callable[[Mapping[str, Any]], str]


@dataclass(frozen=True, slots=True)
class Job:
    """A function that the worker runs; `kind` names it in the queue and must not change.

    `may_fetch` says, with the seats of today and the ids it was asked with, whether the asker may
    still have the file that it made. `asked_at` gives the page that it belongs to, to which one
    goes back when it failed; `is_once` says that doing what was done again makes no sense.
    """

    kind: str
    title: Words
    function: Callable[..., str | None]
    task: Task[Any, None, Any]
    may_fetch: MayFetch
    asked_at: AskedAt | None = None
    is_once: bool = False


@dataclass(frozen=True, slots=True)
class EffectKind:
    """How one kind of effect is done.

    `perform` does it, outside a transaction, and raises `NotDoneError` when it surely did not
    happen; any other error leaves it uncertain. `is_idempotent`: the other side knows the key and
    does the same effect once, so that it may be repeated. `forget` runs when nothing more will be
    done, in the transaction that notes it.
    """

    kind: str
    title: Words
    perform: "Callable[[OutsideEffect], None]"
    is_idempotent: bool
    forget: "Callable[[OutsideEffect], None]"


JOBS: dict[str, Job] = {}
EFFECTS: dict[str, EffectKind] = {}


def title_of_job(kind: str) -> Words:
    """The registered title; a job that an upgrade has taken away leaves its runs behind."""
    return JOBS[kind].title if kind in JOBS else _("Job of an earlier version")


def title_of_effect(kind: str) -> Words:
    return EFFECTS[kind].title if kind in EFFECTS else _("Effect of an earlier version")
