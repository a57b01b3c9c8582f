"""Own fields of a cluster as columns: the text that is kept, read as what it stands for."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation

from clusterwerk.members.models import CustomField, FieldKind
from clusterwerk.members.queries.listing import OWN
from clusterwerk.platform.ui.export import Cell, Format
from clusterwerk.platform.ui.lists import Column
from clusterwerk.platform.ui.lists.declaring import Row

OWN_FORMATS: dict[str, Format] = {FieldKind.NUMBER: Format.PLAIN, FieldKind.DAY: Format.DAY}


def own_column(field: CustomField, values: Callable[[Row], "dict[int, str] | None"]) -> Column[Row]:
    """A field that the cluster made itself, as it was written down."""
    return Column(
        f"{OWN}{field.pk}",
        field.label,
        lambda row: own_value(field, (values(row) or {}).get(field.pk)),
        OWN_FORMATS.get(field.kind, Format.TEXT),
        shown=False,
        width=20,
    )


def own_value(field: CustomField, value: str | None) -> Cell:
    """A number, day or yes and no; the text itself where it is none of these."""
    if value is None:
        return None
    with suppress(ValueError, InvalidOperation):
        match field.kind:
            case FieldKind.NUMBER:
                return Decimal(value)
            case FieldKind.DAY:
                return date.fromisoformat(value)
            case FieldKind.YES_NO:
                return value == "yes"
    return value
