"""The tables of the file: which rows, which columns, and how a value is written."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import Range

from clusterwerk.platform.history.tracking import event_model
from clusterwerk.platform.kinds import DataKind, kinds
from clusterwerk.platform.ui.export import defused

Field = models.Field[Any, Any]
ABOUT_EVENT = ("pgh_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context")
AT_ONCE = 2_000  # rows read from the database together


@dataclass(frozen=True)
class ExportedTable:
    """One CSV file: its path inside the archive, its rows and columns."""

    path: str
    model: type[models.Model]
    rows: "models.QuerySet[Any]"
    columns: tuple[str, ...]
    kind: DataKind

    def lines(self) -> Iterator[list[str]]:
        found = self.rows.values_list(*self.columns).iterator(chunk_size=AT_ONCE)
        return ([written(value) for value in row] for row in found)


def tables_of(cluster: int) -> Iterator[ExportedTable]:
    """Every table that holds something of the cluster, each followed by its past."""
    for kind in kinds():
        events = event_model(kind.model)
        if events is None:
            continue
        kept = {field.name for field in events._meta.get_fields()}
        columns = tuple(
            field.attname for field in kind.model._meta.concrete_fields if field.name in kept
        )
        rows = (
            kind.model._meta.base_manager.filter(kind.concerns(cluster)).order_by("pk").distinct()
        )
        name = kind.model._meta.db_table
        yield ExportedTable(f"tables/{name}.csv", kind.model, rows, columns, kind)
        past = _past(events, kind, cluster, rows)
        yield ExportedTable(f"history/{name}.csv", events, past, (*ABOUT_EVENT, *columns), kind)


def _past(
    events: type[models.Model], kind: DataKind, cluster: int, rows: "models.QuerySet[Any]"
) -> "models.QuerySet[Any]":
    """Events of the cluster's rows; of those that carry their cluster, of deleted rows too.

    What carries its cluster is found by the columns that rows and events share.
    """
    held = {field.name for field in kind.model._meta.concrete_fields}
    found = events._meta.base_manager.order_by("pgh_id")
    if "cluster" in held:
        return found.filter(kind.concerns(cluster))
    return found.filter(pgh_obj_id__in=rows.order_by().values("pk"))


def written(value: Any) -> str:  # noqa: ANN401 - whatever a column holds
    """A value as the data dictionary says: ISO days and moments, a point in numbers, yes or no."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Range):
        return f"{written(value.lower)}/{written(value.upper)}"
    for kind, write in _WRITTEN.items():
        if isinstance(value, kind):
            return write(value)
    return defused(str(value))


_WRITTEN: dict[type, Callable[[Any], str]] = {
    type(None): lambda _nothing: "",
    Decimal: lambda number: f"{number:f}",
    date: lambda day: str(day.isoformat()),  # a moment is one too
    list: lambda parts: defused(" | ".join(str(part) for part in parts)),
    dict: lambda told: json.dumps(told, ensure_ascii=False),
    int: str,
}
