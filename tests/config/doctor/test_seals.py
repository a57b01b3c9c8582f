"""What the doctor says of seals: nothing of what nobody could have done yet."""

from datetime import timedelta

import pytest
from django.utils import timezone

from clusterwerk.config.doctor.seals import judge
from clusterwerk.platform.history.sealing import SealState
from clusterwerk.platform.history.verifying.record import Verified

MONTHS = timedelta(days=60)
JUST = timedelta(minutes=2)


def state(*, entries: int = 0, waiting: int = 0, sealed: timedelta | None = None) -> SealState:
    at = None if sealed is None else timezone.now() - sealed
    return SealState(entries, "ab" * 32 if entries else "", at, waiting)


def verified(before: timedelta, first: str = "") -> Verified:
    return Verified(timezone.now() - before, newest=9, since=1, broken=bool(first), first=first)


@pytest.mark.parametrize("fresh", [state(waiting=40), state(entries=40, sealed=JUST)])
def test_a_new_installation_is_left_in_peace(fresh: SealState) -> None:
    assert judge(fresh, None, timezone.now() - JUST).state == "ok"


def test_an_old_installation_that_nobody_verified_is_warned() -> None:
    found = judge(state(entries=40, sealed=JUST), None, timezone.now() - MONTHS)
    assert (found.state, found.message) == ("warn", "40 entries, never verified.")


def test_the_last_verification_ages() -> None:
    sealed, began = state(entries=40, sealed=JUST), timezone.now() - MONTHS
    assert judge(sealed, verified(JUST), began).state == "ok"
    found = judge(sealed, verified(MONTHS), began)
    assert (found.state, found.message) == ("warn", "40 entries, not verified for a month.")


def test_changes_that_wait_for_hours_are_told_of() -> None:
    found = judge(state(waiting=3), None, timezone.now() - MONTHS)
    assert (found.state, found.message) == ("warn", "3 changes wait for their seal.")


def test_a_verification_that_found_something_fails() -> None:
    found = judge(state(entries=4, sealed=JUST), verified(JUST, "Entry 3 is gone."), timezone.now())
    assert found.state == "fail"
    assert found.message.endswith("Entry 3 is gone.")
