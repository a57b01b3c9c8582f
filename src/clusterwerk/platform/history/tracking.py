"""Declaring that the changes of a table are kept, in a table of events beside it.

Triggers write the events, whatever the path of the change, with the actor and reason that
`access.session.enter` told the database. Inserts and deletes are kept per statement and updates
per row: the statement form of updates joins old and new rows by a plan that grows with their
square (measured).
"""

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
from django.apps import apps
from django.db import models

from clusterwerk.platform.access.classes import TableAccess
from clusterwerk.platform.history.past import PastEvent

Model = TypeVar("Model", bound=models.Model)
OWNERS = ("cluster", "agency", "organisation", "user")


def tracked(
    *, personal: tuple[str, ...] = (), never: tuple[str, ...] = ()
) -> Callable[[type[Model]], type[Model]]:
    """Keep each insert, update and delete of the model in `<Model>Event`.

    `personal` names the fields that tell of a person: they enter the seals as keyed digests, so
    that they can be erased and the seals still verify. `never` names fields that no history may
    keep, such as a password. What the database computes by itself is left out too.
    """

    def wrap(model: type[Model]) -> type[Model]:
        left_out = {*never, *computed_fields(model)}
        pghistory.create_event_model(
            model,
            pghistory.InsertEvent(level=pghistory.Statement),
            pghistory.UpdateEvent(level=pghistory.Row),
            pghistory.DeleteEvent(level=pghistory.Statement),
            abstract=False,
            exclude=sorted(left_out),
            base_model=PastEvent,
            model_name=f"{model.__name__}Event",
            obj_field=pghistory.ObjForeignKey(
                related_name="past", related_query_name="past", db_index=False
            ),
            context_field=pghistory.ContextJSONField(null=True),
            context_id_field=None,  # type: ignore[arg-type] # allowed: no such column
            attrs={
                "access": past_of(model),
                "personal_fields": personal,
                **{name: _erasable(model, name) for name in personal},
            },
            meta={"indexes": _indexes(model), "ordering": ["pgh_id"]},
        )
        return model

    return wrap


def past_of(model: type[models.Model]) -> TableAccess:
    """The class of a table's past: who may read the row may read what it was, and no more."""
    access: TableAccess = model.access  # type: ignore[attr-defined]
    return access.of_the_past()


def computed_fields(model: type[models.Model]) -> set[str]:
    fields = model._meta.local_fields
    return {field.name for field in fields if isinstance(field, models.GeneratedField)}


def _erasable(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    """The field as the event holds it: it may become null, when the person is erased."""
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    _, _, args, options = field.clone().deconstruct()
    for single in ("unique", "db_index", "primary_key"):
        options.pop(single, None)
    return type(field)(*args, **{**options, "null": True})


def _indexes(model: type[models.Model]) -> list[models.Index]:
    """By object, and by each owner first, so that policies and lists of one owner use an index."""
    name = model.__name__.lower()
    held = {field.name for field in model._meta.local_fields}
    wanted = [("pgh_obj",), *((owner, "pgh_obj") for owner in OWNERS if owner in held)]
    return [
        models.Index(fields=fields, name=f"{name[:20]}_past_{fields[0][:3]}") for fields in wanted
    ]


def event_models() -> list[type[models.Model]]:
    """All event models, in the order of their tables' names."""
    found = [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    return sorted(found, key=lambda model: model._meta.db_table)


def tracked_model(event: type[models.Model]) -> type[models.Model]:
    """The model whose past an event model holds."""
    found: type[models.Model] = vars(event)["pgh_tracked_model"]
    return found


def event_model(model: type[models.Model]) -> type[models.Model] | None:
    """The event model of a model, or none where no history is kept."""
    return next((event for event in event_models() if tracked_model(event) is model), None)


def personal_fields(event: type[models.Model]) -> tuple[str, ...]:
    """Names of the fields that tell of a person."""
    fields: tuple[str, ...] = vars(event)["personal_fields"]
    return fields
