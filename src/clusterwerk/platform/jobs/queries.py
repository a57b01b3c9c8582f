"""Reads of jobs for their askers and for the steward."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from clusterwerk.platform.jobs.models import JobRun, JobRunQuery, OutsideEffect, is_stalled
from clusterwerk.platform.jobs.states import EffectState, JobState

PAGE = 50
ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class Page:
    """Newest first; `next_key` is where the next page begins, empty on the last."""

    rows: list[JobRun]
    next_key: str


def own_runs(actor: int, before: int | None = None) -> Page:
    return _page(JobRun.objects.of(actor), before)


def all_runs(chosen: str, now: datetime, before: int | None = None) -> Page:
    """Every run of one state, of those that need attention, or of all."""
    rows = JobRun.objects.all()
    if chosen == ATTENTION:
        rows = rows.needing_attention(now)
    elif chosen:
        rows = rows.filter(state=chosen)
    return _page(rows, before)


def _page(rows: JobRunQuery, before: int | None) -> Page:
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("asker", "file").order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    return Page(shown, str(shown[-1].pk) if len(found) > PAGE else "")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many runs there are of each state; `attention` are failed and stalled ones."""

    by_state: dict[str, int]
    attention: int
    failed: int
    stalled: int
    undecided: int


def job_counts(now: datetime) -> Counts:
    states = JobRun.objects.order_by("state").values("state")
    grouped = list(states.annotate(number=Count("pk"), still=Count("pk", filter=is_stalled(now))))
    by_state = {row["state"]: row["number"] for row in grouped}
    stalled = sum(row["still"] for row in grouped)
    failed = by_state.get(JobState.FAILED, 0)
    undecided = undecided_effects().count()
    return Counts(by_state, failed + stalled, failed, stalled, undecided)


def undecided_effects() -> QuerySet[OutsideEffect]:
    """Effects that a person must decide about."""
    states = (EffectState.UNCERTAIN, EffectState.GIVEN_UP)
    return OutsideEffect.objects.filter(state__in=states).order_by("-pk")


def run_of(pk: int) -> JobRun | None:
    """The run, when the acting person may read it."""
    return JobRun.objects.select_related("asker", "file").filter(pk=pk).first()
