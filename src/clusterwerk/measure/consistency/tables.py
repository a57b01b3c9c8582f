"""Reading a table of the checks file, with every mistake collected and named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from typing import cast

from clusterwerk.measure.consistency.selecting import Bounds, Condition, Selector

BOUNDS = ("above", "below", "at_least", "at_most")


class Table:
    """A table whose keys are asked for one by one; what nobody asked for is a mistake.

    A required key that is missing or of the wrong type adds an error and gives an empty value,
    so that the rest of the file is still looked at.
    """

    def __init__(self, values: Mapping[str, object], where: str, errors: list[str]) -> None:
        self.values = values
        self.where = where
        self.errors = errors
        self.asked: set[str] = set()

    def error(self, message: str) -> None:
        self.errors.append(f"{self.where}: {message}")

    def text(self, name: str, default: str | None = None, among: Iterable[str] = ()) -> str:
        value = self._value(name, required=default is None, expected="a text")
        if value is None:
            return default or ""
        if not isinstance(value, str):
            self._wrong(name, "a text in quotes", value)
            return ""
        allowed = tuple(among)
        if allowed and value not in allowed:
            self._wrong(name, "one of " + ", ".join(allowed), value)
        return value

    def names(self, name: str, *, required: bool = True) -> tuple[str, ...]:
        """One text or a list of texts."""
        value = self._value(name, required=required, expected="a text or a list of texts")
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            return tuple(value)
        self._wrong(name, "a text or a list of texts", value)
        return ()

    def number(self, name: str, default: Decimal | None = None) -> Decimal:
        value = self._value(name, required=default is None, expected="a number")
        if value is None:
            return default if default is not None else Decimal(0)
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            self._wrong(name, "a number", value)
            return Decimal(0)
        return Decimal(value)

    def switch(self, name: str) -> bool:
        """True or false; false when it is not there."""
        value = self._value(name, required=False, expected="true or false")
        if value is not None and not isinstance(value, bool):
            self._wrong(name, "true or false", value)
        return value is True

    def table(self, name: str) -> Table:
        """A table inside this one; empty when it is not there."""
        value = self._value(name, required=False, expected="a table")
        if value is None:
            return Table({}, f"{self.where}, {name}", self.errors)
        if not isinstance(value, dict):
            self._wrong(name, "a table in braces", value)
            return Table({}, f"{self.where}, {name}", self.errors)
        return Table(cast("dict[str, object]", value), f"{self.where}, {name}", self.errors)

    def selector(self, name: str) -> Selector:
        if name not in self.values:
            self._value(name, required=True, expected="a table that names an indicator")
            return Selector(indicator=())
        return read_selector(self.table(name))

    def selector_or_none(self, name: str) -> Selector | None:
        return self.selector(name) if name in self.values else None

    def finish(self) -> None:
        """Names the keys that nobody asked for, with the key that was probably meant."""
        for name in sorted(self.values.keys() - self.asked):
            close = get_close_matches(name, self.asked, n=1)
            meant = f"; did you mean {close[0]!r}?" if close else ""
            known = ", ".join(sorted(self.asked))
            self.error(f"{name!r} is not known here{meant} Known: {known}")

    def _value(self, name: str, *, required: bool, expected: str) -> object:
        self.asked.add(name)
        if required and name not in self.values:
            self.error(f"{name!r} is missing; expected {expected}")
        return self.values.get(name)

    def _wrong(self, name: str, expected: str, found: object) -> None:
        self.error(f"{name!r} should be {expected}, found {found!r}")


def read_bounds(table: Table) -> Bounds:
    limits = {name: table.number(name) for name in BOUNDS if name in table.values}
    table.asked.update(BOUNDS)
    return Bounds(**limits)


def read_condition(table: Table) -> Condition:
    condition = Condition(
        indicator=table.text("indicator"),
        bounds=read_bounds(table),
        equals=table.text("equals", default=""),
    )
    table.finish()
    return condition


def read_selector(table: Table) -> Selector:
    chosen = table.table("with")
    condition = table.table("of_subjects_with")
    selector = Selector(
        indicator=table.names("indicator"),
        subject=table.text("subject", default=""),
        place=table.names("place", required=False),
        basis=table.names("basis", required=False),
        dimension=table.text("dimension", default=""),
        segment=table.names("segment", required=False),
        attributes={name: chosen.names(name) for name in chosen.values},
        bounds=read_bounds(table),
        condition=read_condition(condition) if condition.values else None,
    )
    table.finish()
    return selector
