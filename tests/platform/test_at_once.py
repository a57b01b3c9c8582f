"""Operations taken together make what one after the other would make, and can be taken back."""

import pytest
from django.db import connection, models, transaction
from django.db.migrations.migration import Migration
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from clusterwerk.platform.at_once import AtOnce
from factories.owner import as_owner

KEY = ("id", models.BigAutoField(primary_key=True))
OLDER: list[Operation] = [CreateModel("Forest", [KEY])]
OPERATIONS: list[Operation] = [
    CreateModel("Leaf", [KEY]),
    CreateModel("Tree", [KEY, ("height", models.IntegerField())]),
    AddField("leaf", "tree", models.ForeignKey("trees.Tree", models.PROTECT)),
    AddField("forest", "name", models.TextField(default="")),
    AddIndex("tree", models.Index(fields=["height"], name="tree_by_height")),
    AddConstraint("tree", models.UniqueConstraint(fields=["height"], name="tree_height_once")),
    AddConstraint(
        "forest", models.CheckConstraint(condition=~models.Q(name="?"), name="forest_named")
    ),
]


def migration(*operations: Operation) -> Migration:
    class Trees(Migration):
        pass

    Trees.operations = [*operations]
    return Trees("0001_trees", "trees")


def apply(*operations: Operation) -> ProjectState:
    with connection.schema_editor() as editor:
        return migration(*operations).apply(ProjectState(), editor)


def made() -> dict[str, set[str]]:
    """Names of what stands on each of the tables: fields, constraints and indexes."""
    with connection.cursor() as cursor:
        names = [name for name in connection.introspection.table_names(cursor) if "trees_" in name]
        return {
            name: {
                field.name for field in connection.introspection.get_table_description(cursor, name)
            }
            | set(connection.introspection.get_constraints(cursor, name))
            for name in names
        }


@pytest.mark.django_db(transaction=True)
def test_tables_are_the_same_as_by_one_operation_after_the_other() -> None:
    with as_owner():
        with transaction.atomic():
            apply(*OLDER, *OPERATIONS)
            apart = made()
            transaction.set_rollback(True)
        with transaction.atomic():
            apply(*OLDER, AtOnce(OPERATIONS))
            together = made()
            transaction.set_rollback(True)
    assert set(together) == {"trees_forest", "trees_leaf", "trees_tree"}
    assert {"tree_by_height", "tree_height_once"} <= together["trees_tree"]
    assert together == apart


@pytest.mark.django_db(transaction=True)
def test_what_was_made_at_once_is_taken_back() -> None:
    with as_owner(), transaction.atomic():
        apply(*OLDER, AtOnce(OPERATIONS))
        before = migration(*OLDER).mutate_state(ProjectState())
        with connection.schema_editor() as editor:
            migration(AtOnce(OPERATIONS)).unapply(before, editor)
        left = made()
        assert set(left) == {"trees_forest"}
        assert left["trees_forest"].isdisjoint({"name", "forest_named"})
        transaction.set_rollback(True)
