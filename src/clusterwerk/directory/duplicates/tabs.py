"""Pages about duplicates of several kinds, beside each other; rooms above add theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Tab:
    """A page about the duplicates of one kind in a cluster; `address` by the cluster's key."""

    label: str | Promise
    address: Callable[[str], str]


_tabs: list[Tab] = []


def register_duplicates(tab: Tab) -> None:
    """Add a page beside that of organisations; called once from a room's `apps.py`."""
    if tab not in _tabs:
        _tabs.append(tab)


def further_tabs(cluster: str) -> list[tuple[str | Promise, str]]:
    """Label and address of every page beside that of organisations."""
    return [(tab.label, tab.address(cluster)) for tab in _tabs]
