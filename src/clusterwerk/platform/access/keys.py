"""Foreign keys that carry their owner, because referential checks do not see row policies.

A key on the id alone would accept another cluster's row and tell whether it exists. Django 5.2
cannot declare a composite key, so the field says `db_constraint=False` and the model adds this.
"""

from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.constraints import BaseConstraint


class OwnedKey(BaseConstraint):
    """`foreign key (owner, field) references target (owner or id, id)`, checked at commit.

    `columns` are the columns here, `target` is "room.Model", `references` the columns there; the
    target needs a unique constraint over them. A null in any column means that nothing is checked.
    """

    def __init__(
        self, *, name: str, columns: tuple[str, ...], target: str, references: tuple[str, ...]
    ) -> None:
        super().__init__(name=name)
        self.columns = tuple(columns)
        self.target = target
        self.references = tuple(references)

    def create_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        assert model is not None
        assert schema_editor is not None
        quote = schema_editor.quote_name
        table = apps.get_model(self.target)._meta.db_table
        here = ", ".join(quote(column) for column in self.columns)
        there = ", ".join(quote(column) for column in self.references)
        return (
            f"alter table {quote(model._meta.db_table)} add constraint {quote(self.name)}"
            f" foreign key ({here}) references {quote(table)} ({there})"
            " deferrable initially deferred"
        )

    def constraint_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        """Deferred to the end of the migration: returning it inline would lose the key."""
        assert schema_editor is not None
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return ""

    def remove_sql(
        self, model: type[models.Model] | None, schema_editor: BaseDatabaseSchemaEditor | None
    ) -> str:
        assert model is not None
        assert schema_editor is not None
        quote = schema_editor.quote_name
        table, name = quote(model._meta.db_table), quote(self.name)
        return f"alter table {table} drop constraint {name}"

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Left to the database: a form would need a query that sees through the policies."""

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return (
            path,
            tuple(args),
            {
                **kwargs,
                "columns": self.columns,
                "target": self.target,
                "references": self.references,
            },
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, OwnedKey) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash((self.name, self.columns, self.target, self.references))


def same_cluster(name: str, field: str, target: str) -> OwnedKey:
    """Key to a row of the same cluster."""
    return OwnedKey(
        name=name,
        columns=("cluster_id", f"{field}_id"),
        target=target,
        references=("cluster_id", "id"),
    )


def cluster_of_agency(name: str) -> OwnedKey:
    """The agency written on a row is the agency of its cluster."""
    return OwnedKey(
        name=name,
        columns=("agency_id", "cluster_id"),
        target="clusters.Cluster",
        references=("agency_id", "id"),
    )
