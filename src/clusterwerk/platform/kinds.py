"""Kinds of data: what each table holds, in the words of the people whom it concerns.

Who reads and writes follows from the access class of the model (`access/audiences.py`); here
stands what cannot be derived. Each room registers the kinds of its own tables from its `apps.py`,
and "who can see what of us" shows them all. A guard test fails for a table without a kind.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True, slots=True)
class DataKind:
    """One table as a cluster knows it.

    `concerns` gives the rows that are about one cluster; `example` names a row, with the `related`
    rows at hand. `order` sorts the page: what is the cluster's own first, what all share last.
    """

    model: type[Model]
    order: int
    name: Words
    holds: Words
    concerns: Callable[[int], Q]
    example: Callable[[Any], str]
    related: tuple[str, ...] = ()


_kinds: dict[type[Model], DataKind] = {}


def register_kinds(*kinds: DataKind) -> None:
    """Add kinds of a room; called once from its `apps.py`. A table has one kind."""
    for kind in kinds:
        if _kinds.setdefault(kind.model, kind) is not kind:
            message = f"Two rooms say what {kind.model.__name__} holds."
            raise ValueError(message)


def example_of(row: Model) -> str:
    """A row as its kind names it, by its own words where no room registered one."""
    kind = _kinds.get(type(row))
    return kind.example(row) if kind else str(row)


def name_of(model: type[Model]) -> str:
    """What people call the rows of a table."""
    kind = _kinds.get(model)
    return str(kind.name if kind else model._meta.verbose_name_plural)


def kinds() -> list[DataKind]:
    """All kinds, in the order of the page."""
    return sorted(_kinds.values(), key=lambda kind: kind.order)
