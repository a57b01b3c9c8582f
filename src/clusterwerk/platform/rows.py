"""Writing rows from an action: checked first, and refused in words instead of by a traceback."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.ranges import RangeField
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise

from clusterwerk.platform.access import reading
from clusterwerk.platform.errors import DomainError

Row = TypeVar("Row", bound=models.Model)
Messages = Mapping[str, str | Promise]
_NONE: Messages = MappingProxyType({})


def created(row: Row, messages: Messages = _NONE) -> Row:
    """Insert a row whose fields and constraints hold.

    `messages` gives the sentence for a constraint, by name, that another person may break in the
    same moment or that only the database can see.
    """
    _require_sound(row, messages)
    with refusing(messages):
        row.save(force_insert=True)
    return row


def created_many(rows: Iterable[Row], messages: Messages = _NONE) -> list[Row]:
    """Insert rows of one model in one statement: all of them, or none and the reason.

    Fields are checked here, constraints by the database.
    """
    rows = list(rows)
    if not rows:
        return rows
    for row in rows:
        _require_sound_fields(row)
    model = type(rows[0])
    with refusing({**_own_messages(model), **messages}):
        if len(rows) > 1 and _has_range(model):
            return _inserted(rows)
        manager: models.Manager[Row] = model._meta.base_manager
        return manager.bulk_create(rows)


def _inserted(rows: list[Row]) -> list[Row]:
    """As `bulk_create`, one array for each column.

    Django writes rows with a range as one parameter for each value; the database takes ten times
    as long to read such a statement.
    """
    model = type(rows[0])
    connection = reading.connection()
    own = [field for field in model._meta.concrete_fields if not _is_made(field)]
    columns = ", ".join(connection.ops.quote_name(str(field.column)) for field in own)
    types = ", ".join(f"%s::{field.rel_db_type(connection)}[]" for field in own)
    values = [
        [field.get_db_prep_save(field.pre_save(row, add=True), connection) for row in rows]
        for field in own
    ]
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {table} ({columns})"  # noqa: S608 - names of the model
            f" select * from unnest({types}) returning id",
            values,
        )
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        state = row._state  # noqa: SLF001 - `_state` is a documented part of models
        state.adding, state.db = False, connection.alias
    return rows


def _has_range(model: type[models.Model]) -> bool:
    """Rows with ranges; with lists beside them they cannot be written column by column."""
    fields = model._meta.concrete_fields
    has_list = any(isinstance(field, ArrayField) for field in fields)
    return any(isinstance(field, RangeField) for field in fields) and not has_list


def _is_made(field: "models.Field[Any, Any]") -> bool:
    """By the database: the key, and what follows from other columns."""
    return field.generated or isinstance(field, models.AutoField)


def changed(row: models.Model, messages: Messages = _NONE, **facts: Any) -> bool:
    """Write the facts that differ, and say whether any did."""
    different = [name for name, value in facts.items() if getattr(row, name) != value]
    if not different:
        return False
    before = {name: getattr(row, name) for name in different}
    try:
        _set(row, {name: facts[name] for name in different})
        _require_sound(row, messages)
        with refusing(messages):
            row.save(update_fields=different)
    except DomainError:
        _set(row, before)
        raise
    return True


def _set(row: models.Model, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)


@contextmanager
def refusing(messages: Messages) -> Iterator[None]:
    """Turn a broken constraint (its name, then the sentence) into a refusal; undoes the block."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        for constraint, message in messages.items():
            if constraint in str(error):
                raise DomainError(message) from error
        raise


def _own_messages(model: type[models.Model]) -> dict[str, str]:
    """What the model itself says of each of its constraints."""
    return {
        constraint.name: str(constraint.get_violation_error_message())
        for constraint in model._meta.constraints
    }


def _require_sound(row: models.Model, messages: Messages) -> None:
    """Fields and constraints hold; those with a sentence of their own are left to the database."""
    _require_sound_fields(row)
    try:
        for constraint in row._meta.constraints:
            if constraint.name not in messages:
                constraint.validate(type(row), row)
    except ValidationError as error:
        raise DomainError(_sentence(error)) from error


def _require_sound_fields(row: models.Model) -> None:
    """References are left to the database: a seat may refer to a row that it may not read."""
    references = {field.name for field in row._meta.fields if field.is_relation}
    try:
        row.clean_fields(exclude=references)
    except ValidationError as error:
        raise DomainError(_sentence(error)) from error


def _sentence(error: ValidationError) -> str:
    """All complaints in one line, each with its field where it has one."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()
    )
