"""The seals of the history: up to date, and what the last verification said."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from clusterwerk.config.doctor.finding import Finding, fail, ok, warn
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.history.sealing import SealState, seal_state
from clusterwerk.platform.history.verifying.record import Verified, last

LATE = timedelta(hours=1)  # the worker seals every five minutes
OLD = timedelta(days=35)
SEAL = "Start a worker, or run `clusterwerk history seal`."
VERIFY = "Run `clusterwerk history verify`, once a month or more often."
BROKEN = "Read “When it does not verify” in docs/operate/history.md before anything is changed."


def seals() -> Finding:
    """What cannot be asked here is verified by `clusterwerk history verify`, as the owner."""
    with acting(seats_of_command()):
        state = seal_state()
    return judge(state, last(), _began())


def judge(state: SealState, verified: Verified | None, began: datetime) -> Finding:
    """began: since when there are seals here; before, nobody could seal or verify."""
    if verified is not None and verified.broken:
        return fail("seals", f"{verified.at:%Y-%m-%d}: {verified.first}", BROKEN)
    now = timezone.now()
    if state.waiting and (state.sealed_at or began) < now - LATE:
        return warn("seals", f"{state.waiting} changes wait for their seal.", SEAL)
    if state.entries and (verified.at if verified else began) < now - OLD:
        word = "not verified for a month" if verified else "never verified"
        return warn("seals", f"{state.entries} entries, {word}.", VERIFY)
    return ok("seals", f"Entry {state.entries}, head {state.head[:16] or 'none'}.")


def _began() -> datetime:
    made = MigrationRecorder(connection).migration_qs.get(app="platform", name="0004_seals")
    applied: datetime = made.applied
    return applied
