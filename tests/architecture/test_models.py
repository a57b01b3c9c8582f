"""Models know only rooms below their own, and keys inside a cluster carry the cluster."""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models

from clusterwerk.activities.models import Led
from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.access.classes import SHARED_OR_PRIVATE

LAYERS = [
    ["config"],
    ["portal", "desk", "api"],
    ["reporting"],
    ["excellence", "evaluation"],
    ["finance", "activities", "collaboration"],
    ["members"],
    ["programme"],
    ["clusters"],
    ["directory"],
    ["platform"],
]
HEIGHT = {room: -height for height, rooms in enumerate(LAYERS) for room in rooms}


def our_models() -> list[type[models.Model]]:
    """Ours, without the events that history makes of them."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("clusterwerk") and not hasattr(model, "pgh_tracked_model")
    ]


def relations() -> Iterator[tuple[type[models.Model], "models.ForeignKey[object, object]"]]:
    for model in our_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey):
                yield model, field


def test_foreign_keys_point_into_the_same_room_or_a_lower_one() -> None:
    upwards = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model, field in relations()
        if field.related_model._meta.app_label in HEIGHT
        and (here := model._meta.app_label) != (there := field.related_model._meta.app_label)
        and HEIGHT[there] >= HEIGHT[here]
    ]
    assert upwards == []


def columns(model: type[models.Model]) -> set[str]:
    fields = (field for field in model._meta.get_fields() if isinstance(field, models.Field))
    return {field.column for field in fields if field.column}


def owned_keys() -> set[tuple[str, str, frozenset[str]]]:
    """Composite foreign keys of the database: table, target, columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select conrelid::regclass::text, confrelid::regclass::text,
              array(select attname::text from pg_attribute
                    where attrelid = conrelid and attnum = any(conkey))
            from pg_constraint where contype = 'f' and array_length(conkey, 1) > 1
            """
        )
        return {(table, target, frozenset(names)) for table, target, names in cursor.fetchall()}


def test_every_key_between_two_tables_of_one_owner_carries_the_owner(db: None) -> None:
    """Triggers compare the owners where most rows are shared, and access_apply looks for them."""
    held = owned_keys()
    missing = []
    for model, field in relations():
        target = field.related_model
        if getattr(target, "access", None) == SHARED_OR_PRIVATE:
            continue
        if target is Cluster and issubclass(model, Led):
            continue  # either a cluster or an agency leads, as a constraint says
        for owner in ("cluster_id", "agency_id"):
            if {owner} <= columns(model) & columns(target) and field.column != owner:
                wanted = (model._meta.db_table, target._meta.db_table)
                if not any(
                    (table, there) == wanted and {owner, field.column} <= names
                    for table, there, names in held
                ):
                    missing.append(f"{model.__name__}.{field.name} without {owner}")
                break
    assert missing == []


def test_no_key_reaches_a_private_row_by_its_id_alone(db: None) -> None:
    """A field with `db_constraint=False` has its owned key, so that nothing dangles."""
    held = owned_keys()
    dangling = [
        f"{model.__name__}.{field.name}"
        for model, field in relations()
        if not vars(field)["db_constraint"]
        and not any(
            table == model._meta.db_table and field.column in names for table, _, names in held
        )
    ]
    assert dangling == []


def test_every_table_of_a_cluster_can_be_reached_by_its_cluster_first(db: None) -> None:
    """Each cluster-owned table has an index that begins with the cluster."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select i.indrelid::regclass::text from pg_index i
            join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
            where a.attname = 'cluster_id'
            """
        )
        indexed = {table for (table,) in cursor.fetchall()}
    owned = {model._meta.db_table for model in our_models() if "cluster_id" in columns(model)}
    assert owned - indexed == set()
