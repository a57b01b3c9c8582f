"""Writing one row from an action: checked first, and refused in words instead of by a traceback."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise

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


def changed(row: models.Model, messages: Messages = _NONE, **facts: Any) -> bool:
    """Write the facts that differ, and say whether any did."""
    different = [name for name, value in facts.items() if getattr(row, name) != value]
    if not different:
        return False
    for name in different:
        setattr(row, name, facts[name])
    _require_sound(row, messages)
    with refusing(messages):
        row.save(update_fields=different)
    return True


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


def _require_sound(row: models.Model, messages: Messages) -> None:
    """Fields and constraints hold; those with a sentence of their own are left to the database.

    So are references: a seat may write a reference to a row that it may not read.
    """
    references = {field.name for field in row._meta.fields if field.is_relation}
    try:
        row.clean_fields(exclude=references)
        for constraint in row._meta.constraints:
            if constraint.name not in messages:
                constraint.validate(type(row), row)
    except ValidationError as error:
        raise DomainError(_sentence(error)) from error


def _sentence(error: ValidationError) -> str:
    """All complaints in one line, each with its field where it has one."""
    if not hasattr(error, "error_dict"):
        return " ".join(error.messages)
    return " ".join(
        f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()
    )
