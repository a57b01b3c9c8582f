"""What can be done with many rows of a list at once, registered by rooms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.functional import Promise

from clusterwerk.platform.access.decision import ALLOWED, Decision
from clusterwerk.platform.access.seats import Seats

Words = str | Promise


@dataclass(frozen=True)
class Bulk:
    """Rows of one list in one cluster, by id, and what the form of the action asked besides."""

    seats: Seats
    cluster: int
    rows: tuple[int, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)


def _everybody(_seats: Seats, _cluster: int) -> Decision:
    return ALLOWED


@dataclass(frozen=True)
class BulkAction:
    """One action on rows of a list.

    `run` does it for all rows or, with a `DomainError`, for none, and tells what was done. `form`
    asks what it needs besides. `shows` gives text to copy instead of doing anything. `allowed`
    hides the button from whoever would be refused.
    """

    key: str
    label: Words
    icon: str
    run: Callable[[Bulk], Words]
    form: Callable[[Mapping[str, Any] | None, Bulk], forms.Form] | None = None
    allowed: Callable[[Seats, int], Decision] = _everybody
    shows: bool = False


_actions: dict[str, dict[str, BulkAction]] = {}


def register_bulk(list_key: str, *actions: BulkAction) -> None:
    """Add actions to a list; called once from the `apps.py` of a room."""
    known = _actions.setdefault(list_key, {})
    for action in actions:
        if known.setdefault(action.key, action) is not action:
            message = f"Two rooms do {action.key} with {list_key}."
            raise ValueError(message)


def bulk_actions(list_key: str, seats: Seats, cluster: int) -> tuple[BulkAction, ...]:
    """What these seats may do with rows of the list, in the order of registration."""
    known = _actions.get(list_key, {}).values()
    return tuple(action for action in known if action.allowed(seats, cluster))
