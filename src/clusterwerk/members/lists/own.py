"""Own fields of a cluster as columns: the text that is kept, read as what it stands for."""

from contextlib import suppress
from datetime import date
from decimal import Decimal, InvalidOperation

from clusterwerk.members.models import CustomField, FieldKind
from clusterwerk.platform.ui.export import Cell, Format

OWN_FORMATS: dict[str, Format] = {FieldKind.NUMBER: Format.NUMBER, FieldKind.DAY: Format.DAY}


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
