"""What a list is made of."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise

from clusterwerk.platform.ui.export import Cell, Format

Words = str | Promise
Row = TypeVar("Row")
Columns = frozenset[str]
Expression = Any  # F, Func, Subquery and the like, which share no public type

UNKNOWN = "none"  # value of a facet for rows of which nobody knows it


def row_address(view: str, *before: str) -> Callable[[int], str]:
    """Where rows of a list open: the address of a view whose last part is their number.

    Looked up once, because that takes longer than all else that one row needs.
    """
    first, _zero, last = reverse(view, args=[*before, 0]).rpartition("0")
    return lambda pk: f"{first}{pk}{last}"


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column, on the screen and in the file; a value that nobody knows is None.

    `note` is a line below the value, on the screen alone. `sort` is what the database sorts by
    and is never null. A column that is not `shown` appears when it is chosen; what `is_whole` is
    never broken over two lines.
    """

    key: str
    label: Words
    value: Callable[[Row], Cell]
    format: Format = Format.TEXT
    note: Callable[[Row], Words] | None = None
    unknown: Words = "\N{EN DASH}"
    sort: Expression | None = None
    shown: bool = True
    language: str = ""
    width: int = 14
    is_whole: bool = False

    @property
    def is_number(self) -> bool:
        return self.format not in {Format.TEXT, Format.DAY}


@dataclass(frozen=True)
class Joined:
    """What rows of another table tell: their `value`, where their `key` is the `of` of a row.

    Each key comes once, or, for a facet with many values, once with each. With `or_unknown` a row
    of which none of them tells has the value `UNKNOWN` instead of no value at all. Counting reads
    all of them at once; where Django asks for an expression, it is the first of one row.
    """

    rows: "QuerySet[Any]"
    key: str
    value: str
    of: str
    or_unknown: bool = False

    @property
    def pairs(self) -> "QuerySet[Any]":
        return self.rows.values_list(self.key, self.value)

    def resolve_expression(self, *arguments: Any, **named: Any) -> Expression:
        of_row = self.rows.filter(**{self.key: OuterRef(self.of)}).values(self.value)
        return Subquery(of_row[:1]).resolve_expression(*arguments, **named)

    def among(self, values: tuple[str, ...]) -> Case:
        """Whether a row has one of these values. As a case, or the server would make a join of it
        and look for each row among all others where it expects only few.
        """
        texts = self.rows.alias(value_as_text=Cast(self.value, TextField()))
        told = Q(**{f"{self.of}__in": texts.filter(value_as_text__in=values).values(self.key)})
        if self.or_unknown and UNKNOWN in values:
            told |= ~Q(**{f"{self.of}__in": self.rows.values(self.key)})
        return Case(When(told, then=True), default=False, output_field=BooleanField())


@dataclass(frozen=True)
class Facet:
    """A fact by which rows are narrowed; several chosen values of one facet widen each other.

    `value` is an expression over a row or `Joined`, compared as text; null counts as `UNKNOWN`.
    With `is_many` it is an array, and a row counts for each of its values. `names` holds every
    value with its words, in their order; None when values name themselves. `default` holds until a
    reader chooses. One that is only `led_to` is offered once an address chose it, and costs nothing
    else. `told_by` are conditions that let through the same rows as these values do, where a
    simpler one than the value can tell.
    """

    key: str
    label: Words
    value: Expression
    names: Mapping[str, Words] | None = None
    is_many: bool = False
    default: tuple[str, ...] = ()
    led_to: bool = False
    told_by: Mapping[str, Q] = field(default_factory=dict)


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """A list as one reader may see it, declared for one request.

    `base` are all rows it may hold; `search` narrows them to those that fit every folded word.
    `rows` reads what the named columns need of them, with a number of queries that does not
    depend on how many they are. `sums`
    are totals over all pages. The first column names the row and always stands.
    """

    key: str
    base: "QuerySet[Any]"
    search: Callable[["QuerySet[Any]", tuple[str, ...]], "QuerySet[Any]"]
    rows: Callable[[Sequence[Any], Columns], Sequence[Row]]
    columns: tuple[Column[Row], ...]
    facets: tuple[Facet, ...]
    pk: Callable[[Row], int]
    address: Callable[[Row], str]
    sums: Mapping[str, Expression] = field(default_factory=dict)

    def column(self, key: str) -> Column[Row] | None:
        return next((column for column in self.columns if column.key == key), None)

    def facets_beside(self, chosen: Mapping[str, tuple[str, ...]]) -> tuple[Facet, ...]:
        """The facets that are offered when these are chosen."""
        return tuple(facet for facet in self.facets if not facet.led_to or facet.key in chosen)

    @property
    def order(self) -> str:
        """What the list is sorted by until a reader chooses."""
        return next(column.key for column in self.columns if column.sort is not None)
