"""What moves when one row becomes part of another: each room registers its own relations.

A room registers from its `apps.py`, for every key to an organisation, to a contact, and to every
model whose rows a clash takes up in another. A guard test fails for a key that nobody registered,
and for a unique constraint over a key that says nothing of a clash.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

Row = Any  # a row of the model that the clash is registered for


@dataclass(frozen=True, slots=True)
class Clash:
    """When a row cannot stand beside one of the keeping side, and what then becomes of it.

    It is taken up: what refers to it refers to the row that stays, and it goes, with its last state
    in its history. `fields` are those that must differ beside the key; `finds` says it otherwise,
    with the row and the rows of the keeping side. `combined` gives new values for the row that
    stays, from itself and those it takes up. `yielding` gives new values for a row that moves and
    gives way without going: two main contacts become one.
    """

    fields: tuple[str, ...] = ()
    finds: Callable[[Row, "QuerySet[Any]"], Iterable[Row]] | None = None
    combined: Callable[[Row, Sequence[Row]], Mapping[str, Any]] | None = None
    yielding: Callable[[Row, "QuerySet[Any]"], Mapping[str, Any]] | None = None

    def found(self, row: Row, kept: "QuerySet[Any]") -> list[Row]:
        """Rows of the keeping side that clash with this one, the oldest first."""
        if self.finds:
            return sorted(self.finds(row, kept), key=lambda other: int(other.pk))
        if not self.fields:
            return []
        same = {name: getattr(row, row._meta.get_field(name).attname) for name in self.fields}
        return list(kept.filter(**same).order_by("pk"))


@dataclass(frozen=True, slots=True)
class Moves:
    """Rows of a model follow, by this key, when the row that they refer to is merged.

    `stays` gives the reason where they need not: what the database derives, or what only tells the
    past.
    """

    model: type[Model]
    field: str
    on_clash: Clash | None = None
    stays: str = ""

    @property
    def target(self) -> type[Model]:
        target = self.model._meta.get_field(self.field).related_model
        assert isinstance(target, type)
        return target

    @property
    def column(self) -> str:
        """The key as Django names it, with `_id`."""
        return str(self.model._meta.get_field(self.field).attname)  # type: ignore[union-attr]

    @property
    def has_owner(self) -> bool:
        """Whether its rows name a cluster, or may."""
        return any(field.attname == "cluster_id" for field in self.model._meta.concrete_fields)


_moves: dict[tuple[type[Model], str], Moves] = {}


def register_merging(*moves: Moves) -> None:
    """Join the merges; called once from a room's `apps.py`, in the order in which rows move."""
    for each in moves:
        kept = _moves.setdefault((each.model, each.field), each)
        if kept != each:
            message = f"Two rooms say how {each.model.__name__}.{each.field} moves."
            raise ValueError(message)


def forget_merging(*moves: Moves) -> None:
    """Leave the merges again: for tests with a relation of their own."""
    for each in moves:
        _moves.pop((each.model, each.field), None)


def moves_to(target: type[Model]) -> list[Moves]:
    """What follows a row of this model, in the order registered."""
    return [each for each in _moves.values() if each.target is target and not each.stays]


def model_named(label: str) -> type[Model]:
    """A model that moves, or to whose rows others move, by the name in a step of a merge."""
    found = [model for each in _moves.values() for model in (each.model, each.target)]
    return next(model for model in found if model._meta.label_lower == label)


def every_move() -> list[Moves]:
    return list(_moves.values())
