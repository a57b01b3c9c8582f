"""Pages about duplicates of several kinds, beside each other; rooms above add theirs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Link:
    """A tab on the page of one cluster."""

    label: str | Promise
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """A page about the duplicates of one kind in a cluster; `address` by the cluster's key."""

    key: str
    label: str | Promise
    address: Callable[[str], str]


_tabs = [
    Tab(
        "organisations",
        _("Organisations"),
        lambda key: f"{reverse('directory:duplicate_list')}?of={key}",
    )
]


def register_duplicates(tab: Tab) -> None:
    """Add a page beside that of organisations; called once from a room's `apps.py`."""
    if tab not in _tabs:
        _tabs.append(tab)


def tabs(cluster: str, current: str) -> list[Link]:
    """Every page about duplicates of a cluster, in the order in which rooms registered theirs."""
    return [Link(tab.label, tab.address(cluster), tab.key == current) for tab in _tabs]
