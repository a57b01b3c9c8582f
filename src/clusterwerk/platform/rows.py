"""Writing rows from an action: checked first, and refused in words instead of by a traceback."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from operator import attrgetter
from types import MappingProxyType
from typing import Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.base import ModelState
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

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


def drawn_up(model: type[Row], facts: Iterable[Mapping[str, Any]]) -> list[Row]:
    """New rows of a model with these columns, by their names in the table, and its defaults.

    As calling the model for each, which asks every field for every row and takes longer than all
    else that thousands of rows need.
    """
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    made = [field for field in fields if field.has_default() and callable(field.default)]
    same = {field.attname: field.get_default() for field in fields if field not in made}
    rows = []
    for each in facts:
        row = model.__new__(model)
        row._state = ModelState()  # noqa: SLF001 - `_state` is a documented part of models
        vars(row).update(same, **each)
        for field in made:
            vars(row).setdefault(field.attname, field.get_default())
        rows.append(row)
    return rows


def created_many(rows: Iterable[Row], messages: Messages = _NONE) -> list[Row]:
    """Insert rows of one model in one statement: all of them, or none and the reason.

    Fields are checked here, constraints by the database.
    """
    rows = list(rows)
    if not rows:
        return rows
    _require_sound_columns(rows)
    model = type(rows[0])
    with refusing({**_own_messages(model), **messages}):
        if len(rows) > 1 and _goes_by_column(rows):
            return _inserted(rows)
        manager: models.Manager[Row] = model._meta.base_manager
        return manager.bulk_create(rows)


def _inserted(rows: list[Row]) -> list[Row]:
    """As `bulk_create`, one array for each column, and one value where all rows have the same.

    Django prepares every value of every row by itself, and writes rows with a range as one
    parameter for each value, which the database takes ten times as long to read.
    """
    meta, connection = type(rows[0])._meta, reading.connection()
    quote = connection.ops.quote_name
    own = [field for field in meta.concrete_fields if not _is_made(field)]
    columns = [_prepared(field, rows) for field in own]
    arrays = [at for at, column in enumerate(columns) if len(column) > 1] or [0]
    parts = [
        "each." + quote(f"c{at}") if at in arrays else _typed(own[at]) for at in range(len(own))
    ]
    lists = ", ".join(f"{_typed(own[at])}[]" for at in arrays)
    names = ", ".join(quote(f"c{at}") for at in arrays)
    made = meta.db_returning_fields
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into {quote(meta.db_table)}"  # noqa: S608 - names of the model
            f" ({', '.join(quote(str(field.column)) for field in own)})"
            f" select {', '.join(parts)} from unnest({lists}) as each({names})"
            f" returning {', '.join(quote(str(field.column)) for field in made)}",
            [
                *(column[0] for at, column in enumerate(columns) if at not in arrays),
                *(_whole(columns[at], len(rows)) for at in arrays),
            ],
        )
        told = cursor.fetchall()
    for row, values in zip(rows, told, strict=True):
        for field, value in zip(made, values, strict=True):
            setattr(row, field.attname, value)
        state = row._state  # noqa: SLF001 - `_state` is a documented part of models
        state.adding, state.db = False, connection.alias
    return rows


def _typed(field: "models.Field[Any, Any]") -> str:
    return f"%s::{field.rel_db_type(reading.connection())}"


def _whole(column: list[Any], length: int) -> list[Any] | str:
    """One value for each row; of whole numbers as the database writes them, which is quick."""
    whole = column if len(column) == length else column * length
    if set(map(type, whole)) == {int}:
        return "{" + ",".join(map(str, whole)) + "}"
    return whole


def _prepared(field: "models.Field[Any, Any]", rows: Sequence[models.Model]) -> list[Any]:
    """The values of a column as the database takes them; one alone where all are the same."""
    connection = reading.connection()
    values = _about_to_be_saved(field, rows)
    distinct = _distinct(values)
    if distinct is None:
        return [field.get_db_prep_save(value, connection) for value in values]
    told = {value: field.get_db_prep_save(value, connection) for value in distinct}
    return list(told.values()) if len(told) == 1 else [told[value] for value in values]


def _about_to_be_saved(field: "models.Field[Any, Any]", rows: Sequence[models.Model]) -> list[Any]:
    """Few fields change what they hold, such as a moment of creation; only these ask each row."""
    if type(field).pre_save is models.Field.pre_save:
        return list(map(attrgetter(field.attname), rows))
    return [field.pre_save(row, add=True) for row in rows]


def _distinct(values: Iterable[Any]) -> dict[Any, None] | None:
    """Each value once; None where they cannot be told apart quickly, such as documents."""
    try:
        return dict.fromkeys(values)
    except TypeError:
        return None


def _goes_by_column(rows: Sequence[models.Model]) -> bool:
    """No lists, which cannot be written as a list of lists; keys and defaults of the database's."""
    fields = rows[0]._meta.concrete_fields
    if any(isinstance(field, ArrayField) or field.has_db_default() for field in fields):
        return False
    return all(row.pk is None for row in rows)


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
        if _names_what_was_merged(error):
            raise DomainError(_MERGED) from error
        raise


_GUARDS = ("_insert_own", "_update_own")  # of `access.private_rows`
_MERGED = gettext_lazy(
    "What this is about was merged into another row in the meantime, or is not there for you. Open "
    "it again and save once more."
)


def _names_what_was_merged(error: IntegrityError) -> bool:
    told = getattr(error.__cause__, "diag", None)
    return str(getattr(told, "constraint_name", "")).endswith(_GUARDS)


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


def _require_sound_columns(rows: Sequence[models.Model]) -> None:
    """As each row by itself, looking once at a value that many rows have."""
    for field in rows[0]._meta.fields:
        if field.is_relation or field.generated:
            continue
        distinct = _distinct(map(attrgetter(field.attname), rows))
        try:
            changes = None if distinct is None else _cleaned(field, distinct, rows[0])
        except ValidationError:
            changes = None
        if changes is None:  # the slow way, which says what is wrong with which field
            for row in rows:
                _require_sound_fields(row)
            return
        for row in rows if changes else ():
            value = getattr(row, field.attname)
            setattr(row, field.attname, changes.get(value, value))


def _cleaned(
    field: "models.Field[Any, Any]", values: Iterable[Any], row: models.Model
) -> dict[Any, Any]:
    """Those of the values that become others when they are cleaned."""
    told = {
        value: field.clean(value, row)
        for value in values
        if not (field.blank and value in field.empty_values)
    }
    return {
        value: clean
        for value, clean in told.items()
        if type(clean) is not type(value) or clean != value
    }


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
