"""Values of the past in words, as the screens of the present write them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import Range
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.platform.history.records import Record
from clusterwerk.platform.ui.templatetags.ui import day_long, plain


@dataclass(frozen=True, slots=True)
class Shown:
    """A value in words; empty ones are told apart from an erased one."""

    text: str
    is_empty: bool = False

    def __str__(self) -> str:
        return self.text


EMPTY = "\N{EN DASH}"


Names = Mapping[tuple[type[models.Model], Any], str]


def names_of(pairs: Iterable[tuple[Record, models.Model]]) -> Names:
    """How what rows or their events refer to is called today; one query for each table."""
    wanted: dict[type[models.Model], set[Any]] = {}
    for record, event in pairs:
        for name in record.fields:
            field = record.model._meta.get_field(name)
            if isinstance(field, models.ForeignKey):
                wanted.setdefault(field.related_model, set()).add(getattr(event, field.attname))
    return {
        (model, row.pk): str(row)
        for model, keys in wanted.items()
        for row in model._meta.base_manager.filter(pk__in=keys - {None})
    }


def show(record: Record, event: models.Model, name: str, names: Names) -> Shown:
    """The value of a field in an event, or in the row itself, in the words of its record."""
    field = record.model._meta.get_field(name)
    assert isinstance(field, models.Field)
    value = getattr(event, field.attname)
    if value is None or value in ("", [], {}):
        return Shown(EMPTY, is_empty=True)
    if name in record.wording:
        return Shown(str(record.wording[name](value)))
    return Shown(_related(field, value, names) if field.is_relation else _plainly(field, value))


def _related(field: "models.Field[Any, Any]", key: Any, names: Names) -> str:  # noqa: ANN401 - any key
    """The row as it is called today, or its number where it is gone or not for this reader."""
    related = field.related_model
    assert isinstance(related, type)
    return names.get((related, key)) or _("number %(key)s") % {"key": key}


def _plainly(field: "models.Field[Any, Any]", value: Any) -> str:  # noqa: ANN401 - any value
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    for kind, written in _WRITTEN.items():
        if isinstance(value, kind):
            return written(value)
    return str(value)


def _period(value: Any) -> str:  # noqa: ANN401 - a range of days
    if value.upper is None:
        return _("from %(day)s on") % {"day": day_long(value.lower)}
    days = {"first": day_long(value.lower), "last": day_long(value.upper)}
    return _("from %(first)s up to %(last)s") % days


def _moment(value: datetime) -> str:
    return f"{day_long(value)}, {timezone.localtime(value):%H:%M}"


# A moment is a day too, so it comes first.
_WRITTEN: dict[type, Callable[[Any], str]] = {
    Range: _period,
    datetime: _moment,
    date: day_long,
    list: lambda value: ", ".join(str(part) for part in value),
    Decimal: plain,
}
