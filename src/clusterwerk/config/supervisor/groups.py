"""Process groups: each child leads its own, so that its whole family can be ended together."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path


def end(group: int, *, patience: float, urgent: Callable[[], bool] = lambda: False) -> None:
    """Ask the group to end, wait up to `patience` seconds or until `urgent`, then kill it."""
    _signal(group, signal.SIGTERM)
    limit = time.monotonic() + patience
    while lives(group) and time.monotonic() < limit and not urgent():
        time.sleep(0.05)
    kill(group)


def kill(group: int) -> None:
    _signal(group, signal.SIGKILL)


def lives(group: int) -> bool:
    """Whether the group has a member; one that is dead and not yet collected does not count."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return not _only_dead(group)


def _only_dead(group: int) -> bool:
    """Only Linux tells; elsewhere a dead leader that nobody collects counts as alive."""
    states = [state for number, state in _members() if number == group]
    return bool(states) and set(states) <= {"Z", "X"}


def _members() -> list[tuple[int, str]]:
    """Group and state of every process that the system shows."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, group = (
                entry.read_text("utf-8", "replace").rpartition(")")[2].split()[:3]
            )
        except (OSError, ValueError):
            continue
        found.append((int(group), state))
    return found


def _signal(group: int, number: signal.Signals) -> None:
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return
