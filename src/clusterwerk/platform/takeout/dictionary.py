"""What every column of every table means, as a table of its own."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from clusterwerk.platform.history.records import record_of
from clusterwerk.platform.takeout.tables import ABOUT_EVENT, ExportedTable

HEAD = ("file", "column", "name", "kind", "may be empty", "refers to", "choices", "unit")
EVENT_WORDS = {
    "pgh_id": "running number of the change",
    "pgh_created_at": "when it was changed",
    "pgh_label": "insert, update, delete, or baseline: stood here before history was kept",
    "pgh_obj_id": "id of the row that changed",
    "pgh_context": "account and reason of the change",
}
KINDS: tuple[tuple[type["models.Field[Any, Any]"], str], ...] = (
    (models.DecimalField, "number"),
    (models.IntegerField, "whole number"),
    (models.BooleanField, "yes or no"),
    (models.DateTimeField, "moment, ISO 8601 with time zone"),
    (models.DateField, "day, ISO 8601"),
    (models.JSONField, "JSON"),
)
EURO = {"amount", "subsidy", "turnover", "balance_total"}


def dictionary(tables: list[ExportedTable]) -> Iterator[list[str]]:
    """One line for each column of each file."""
    for table in tables:
        for column in table.columns:
            yield [table.path, column, *_described(table, column)]


def _described(table: ExportedTable, column: str) -> list[str]:
    if column in ABOUT_EVENT:
        return [EVENT_WORDS[column], "", "yes" if column == "pgh_context" else "no", "", "", ""]
    field = _field(table.model, column)
    label = _label(table, field)
    choices = " | ".join(f"{value}: {words}" for value, words in field.flatchoices if value)
    unit = "euro" if field.name in EURO else ""
    return [label, _kind(field), "yes" if field.null else "no", _target(field), choices, unit]


def _field(model: type[models.Model], column: str) -> "models.Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if field.attname == column)


def _label(table: ExportedTable, field: "models.Field[Any, Any]") -> str:
    record = record_of(table.kind.model)
    named = record.fields.get(field.name) if record else None
    return str(named or field.verbose_name)


def _kind(field: "models.Field[Any, Any]") -> str:
    if field.is_relation or field.primary_key:
        return "id"
    for kind, words in KINDS:
        if isinstance(field, kind):
            return words
    shape = type(field).__name__
    ranged = "days from/up to, not including the last, ISO 8601"
    return {"DateRangeField": ranged, "ArrayField": "texts, parted by |"}.get(shape, "text")


def _target(field: "models.Field[Any, Any]") -> str:
    related = field.related_model
    return related._meta.db_table if isinstance(related, type) else ""


def about(tables: list[ExportedTable], counts: dict[str, int], *, cluster: str, day: str) -> str:
    """What the archive is, in a text to read first."""
    lines = [
        _("All data of %(cluster)s, as it stood on %(day)s") % {"cluster": cluster, "day": day},
        "",
        _(
            "Tables are in tables/, what changed in them in history/, the meaning of every column "
            "in dictionary.csv, documents in documents/; documents.csv says to which line of which "
            "table each belongs. Files are UTF-8 with commas, a point in numbers and ISO days. An "
            "apostrophe stands before a text that a spreadsheet would take for a formula."
        ),
        "",
    ]
    for table in tables:
        if table.path.startswith("tables/"):
            lines += [
                f"{table.path} ({counts[table.path]}): {table.kind.name}",
                f"  {table.kind.holds}",
            ]
    return "\r\n".join(lines) + "\r\n"
