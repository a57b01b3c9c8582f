"""Queries whose SQL is written once in a process, for pages that ask many small ones.

Django writes the SQL of a query anew each time, which costs the program three times what the
answer costs the server. A function marked `@prepared` describes its query once, with its arguments
as parameters; afterwards only the values are sent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Func, QuerySet, Value
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from clusterwerk.platform.access import reading

P = ParamSpec("P")
Row = TypeVar("Row")
Cells = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Given:
    """Stands in the SQL where the argument of this name comes."""

    name: str


def prepared(build: Callable[P, "QuerySet[Any, Row]"]) -> Callable[P, list[Row]]:
    """Ask the query that `build` describes, with these arguments.

    `build` is called once, so all that differs between two calls must be an argument that stands as
    a value in a condition: no None, no day or language that it looks up itself, a list with `Among`
    alone. Rows are models, joined ones with `select_related`, or tuples of `values_list`.
    """
    names = tuple(signature(build).parameters)
    statements: dict[str, _Statement] = {}

    @wraps(build)
    def ask(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        given = {**dict(zip(names, args, strict=False)), **kwargs}
        if None in given.values():
            message = f"{build.__qualname__} was asked with None, which equals nothing in SQL."
            raise TypeError(message)
        alias = reading.alias()
        if alias not in statements:
            marks: Any = {name: Value(_Given(name)) for name in names}
            described: Callable[..., QuerySet[Any, Row]] = build
            statements[alias] = _Statement(described(**marks), alias)
        return statements[alias].rows(given)

    return ask


class Among(Func):
    """Whether a column holds one of the values of a list, which is sent as one value."""

    template = "%(expressions)s)"
    arg_joiner = " = any("
    output_field = BooleanField()


class _Statement:
    """The SQL of a query for one database, and how its rows are read.

    Nothing here belongs to a connection: each call uses the one of its thread.
    """

    def __init__(self, described: "QuerySet[Any, Any]", alias: str) -> None:
        compiler = described.query.get_compiler(using=alias)
        self._alias = alias
        self._sql, self._values = compiler.as_sql()
        columns = [column for column, _sql, _name in compiler.select]
        self._converters = [
            (place, by, column) for place, (by, column) in compiler.get_converters(columns).items()
        ]
        self._models = _Models(compiler, alias) if described.query.default_cols else None

    def rows(self, given: dict[str, Any]) -> list[Any]:
        values = [given[each.name] if isinstance(each, _Given) else each for each in self._values]
        connection = connections[self._alias]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, values)
            found = cursor.fetchall()
        if self._converters:
            found = [self._converted(row, connection) for row in found]
        return [self._models.model(row) for row in found] if self._models else found

    def _converted(self, row: Cells, connection: BaseDatabaseWrapper) -> Cells:
        values = list(row)
        for place, converters, column in self._converters:
            for convert in converters:
                values[place] = convert(values[place], column, connection)
        return tuple(values)


class _Models:
    """Which columns are fields of the model, of joined ones, and annotations."""

    def __init__(self, compiler: SQLCompiler, alias: str) -> None:
        plan: Any = compiler.klass_info
        fields = plan["select_fields"]
        self._alias = alias
        self._model = plan["model"]
        self._own = slice(fields[0], fields[-1] + 1)
        targets: Any = [column for column, _sql, _name in compiler.select[self._own]]
        self._names = [column.target.attname for column in targets]
        self._joined = get_related_populators(plan, compiler.select, alias)  # type: ignore[call-arg] # known as of a later Django
        self._annotations = tuple((compiler.annotation_col_map or {}).items())

    def model(self, row: Cells) -> Any:  # noqa: ANN401 - a row of the model
        one = self._model.from_db(self._alias, self._names, row[self._own])
        for joined in self._joined:
            joined.populate(row, one)
        for name, place in self._annotations:
            setattr(one, name, row[place])
        return one
