"""The seals of the history: up to date, and what the last verification said."""

from datetime import timedelta

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
    return judge(state, last())


def judge(state: SealState, verified: Verified | None) -> Finding:
    if verified is not None and verified.broken:
        return fail("seals", f"{verified.at:%Y-%m-%d}: {verified.first}", BROKEN)
    now = timezone.now()
    if state.waiting and (state.sealed_at is None or state.sealed_at < now - LATE):
        return warn("seals", f"{state.waiting} changes wait for their seal.", SEAL)
    if state.entries and (verified is None or verified.at < now - OLD):
        return warn("seals", f"{state.entries} entries, not verified for a month.", VERIFY)
    return ok("seals", f"Entry {state.entries}, head {state.head[:16] or 'none'}.")
