"""The kinds of data of one cluster, and how much of each a reader sees.

Nothing here repeats a rule of access. What a reader sees is what PostgreSQL returns once the
reader's seats are entered, and of that only rows that the asking person sees as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, QuerySet, Value

from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.audiences import Audience, readers, readers_of_the_past, writers
from clusterwerk.platform.access.classes import TableAccess
from clusterwerk.platform.access.looking import looking_as
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.kinds import DataKind, kinds

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Shared:
    """A kind of data with its rules, and what the cluster itself has of it.

    `past` is empty where whoever reads a row reads its earlier states too.
    """

    kind: DataKind
    readers: tuple[Audience, ...]
    writers: tuple[Audience, ...]
    past: tuple[Audience, ...]
    only_added: bool
    rows: tuple[int, ...]
    examples: tuple[str, ...]

    @property
    def number(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Seen:
    """How much of a kind a reader sees: `number` of the cluster's own rows, and which first."""

    shared: Shared
    number: int
    examples: tuple[str, ...]

    @property
    def is_hidden(self) -> bool:
        return self.shared.number > 0 and self.number == 0

    @property
    def is_whole(self) -> bool:
        return self.number == self.shared.number


def shared_kinds(cluster: Cluster) -> list[Shared]:
    """Every kind of data with the rows about this cluster that the acting seats see."""
    return [_shared(kind, cluster.pk) for kind in kinds()]


def _shared(kind: DataKind, cluster: int) -> Shared:
    access = _access(kind.model)
    rows = kind.model._meta.base_manager.filter(kind.concerns(cluster))
    own = tuple(sorted(set(rows.order_by().values_list("pk", flat=True))))
    past = readers_of_the_past(access)
    return Shared(
        kind=kind,
        readers=readers(access),
        writers=writers(access),
        past=past if past != readers(access) else (),
        only_added=not (access.update or access.delete),
        rows=own,
        examples=_examples(kind, own[:EXAMPLES]),
    )


def _access(model: type[Model]) -> TableAccess:
    access: TableAccess = model.access  # type: ignore[attr-defined] # held by a guard test
    return access


def _examples(kind: DataKind, rows: Sequence[int]) -> tuple[str, ...]:
    """Rows by name, once each, as the person who asks sees them; some kinds have no names."""
    if not rows:
        return ()
    query = kind.model._meta.base_manager.all()
    if kind.related:  # without names all are joined, and a related row that is not seen hides this
        query = query.select_related(*kind.related)
    found = query.in_bulk(rows)
    named = (kind.example(found[row]) for row in rows if row in found)
    return tuple(dict.fromkeys(name for name in named if name))


def seen_by(reader: Seats, shared: Sequence[Shared]) -> list[Seen]:
    """What a reader sees of these rows.

    Only numbers of rows come back out of the reader's eyes. What they are called is told by the
    person's own.
    """
    with looking_as(reader):
        numbers = _counted(shared)
        first = {each.kind.model: _first(each, numbers) for each in shared}
    return [
        Seen(each, numbers.get(each.kind.model, 0), _named(each, first[each.kind.model]))
        for each in shared
    ]


def _named(shared: Shared, rows: Sequence[int]) -> tuple[str, ...]:
    if tuple(rows) == shared.rows[:EXAMPLES]:
        return shared.examples
    return _examples(shared.kind, rows)


def _counted(shared: Sequence[Shared]) -> Mapping[type[Model], int]:
    """How many of these rows exist for whoever acts, in one statement for all tables."""
    # Names of columns that no model has.
    parts = [
        _own(each)
        .order_by()
        .values(kind_shared=Value(index))
        .annotate(rows_seen=Count("pk"))
        .values_list("kind_shared", "rows_seen")
        for index, each in enumerate(shared)
        if each.rows
    ]
    if not parts:
        return {}
    found = parts[0].union(*parts[1:], all=True)
    return {shared[index].kind.model: number for index, number in found}


def _first(shared: Shared, numbers: Mapping[type[Model], int]) -> tuple[int, ...]:
    """The first rows that exist for whoever acts; not asked for where all or none do."""
    number = numbers.get(shared.kind.model, 0)
    if number in (0, shared.number):
        return shared.rows[: min(number, EXAMPLES)]
    return tuple(_own(shared).order_by("pk").values_list("pk", flat=True)[:EXAMPLES])


def _own(shared: Shared) -> QuerySet[Any]:
    return shared.kind.model._meta.base_manager.filter(pk__in=shared.rows)
