"""Migrations of many tables that stay quick: the state of all of them is computed once.

Django renders every related model anew after each operation. A table here has some fifteen
operations (its past, its triggers, its constraints), and most tables are related through their
cluster, so that the time to migrate grew with the square of the number of tables (measured: 40
seconds for sixty tables, a tenth of it in the database).
"""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.models import CreateModel
from django.db.migrations.state import ProjectState


class AtOnce(Operation):
    """Operations whose state is that after the last of them.

    A table made here is made with all its fields, constraints, indexes and triggers, so that what
    follows for it in the list is done already. What concerns older tables is done in its order.
    Not for operations that run code or read rows: they stand beside it.
    """

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [], {"operations": self.operations}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # what is not rendered need not be rendered again
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self._to_do():
            operation.database_forwards(app_label, schema_editor, from_state, to_state)
        # A key can refer to what another of the tables says is unique, and so comes after it.
        schema_editor.deferred_sql.sort(key=lambda sql: "foreign key" in str(sql).lower())

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self._to_do()):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "; ".join(operation.describe() for operation in self._to_do())

    def _to_do(self) -> list[Operation]:
        """Operations left for the database."""
        made = {each.name.lower() for each in self.operations if isinstance(each, CreateModel)}
        return [
            operation
            for operation in self.operations
            if isinstance(operation, CreateModel)
            or getattr(operation, "model_name", "").lower() not in made
        ]
