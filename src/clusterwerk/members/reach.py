"""The reach of a network as pages and files show it: tables of groups, the unknown last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusterwerk.measure.headcount import FEWEST, EvaluationSize, evaluation_size
from clusterwerk.measure.reach import AgeClass, Reach, Spread
from clusterwerk.members.wording import SIZE_NAMES
from clusterwerk.platform.ui.export import Column, Format
from clusterwerk.platform.ui.lists import UNKNOWN as LISTED_UNKNOWN

Words = str | Promise

SIZES: Mapping[str, Words] = {str(size): name for size, name in SIZE_NAMES.items()}
EVALUATION_SIZES: Mapping[str, Words] = {
    str(EvaluationSize.SMALL): _("Small (below 50)"),
    str(EvaluationSize.MEDIUM_OR_LARGE): _("Medium or large (50 or more)"),
}
AGES: Mapping[str, Words] = {
    str(AgeClass.AT_MOST_4): _("Below 5 years"),
    str(AgeClass.FROM_5): _("5 to 10 years"),
    str(AgeClass.FROM_11): _("11 to 20 years"),
    str(AgeClass.FROM_21): _("21 to 50 years"),
    str(AgeClass.FROM_51): _("51 years or older"),
}
UNKNOWN = _("Unknown")
# Facets of the list of members that divide it as a table of reach does.
IN_LIST = {"size", "age", "province", "municipality"}


@dataclass(frozen=True, slots=True)
class Line:
    """One group; `share` is of those that are known, None for the unknown.

    `query` narrows the list of members to it, empty where no list shows it.
    """

    figure: Words
    group: Words
    number: int
    share: Fraction | None
    is_unknown: bool = False
    query: str = ""


@dataclass(frozen=True, slots=True)
class GroupTable:
    """A spread with its names; `known` is the whole of its shares."""

    key: str
    title: Words
    lines: tuple[Line, ...]
    known: int
    longest: int


def tables(reach: Reach, *, knows_size: bool, knows_others: bool) -> list[GroupTable]:
    """Size and number of memberships only for a reader who may know them."""
    sizes = [
        _table("size", _("Headcount class"), reach.sizes, SIZES),
        _table("evaluation-size", _("Size in the evaluation"), reach.evaluation_sizes,
               EVALUATION_SIZES),
    ]  # fmt: skip
    places = [
        _table("age", _("Age"), reach.ages, AGES),
        _table("province", _("Province or region"), reach.provinces, {}),
    ]
    several = _table("memberships", _("Number of memberships"), reach.memberships, {})
    return [*(sizes if knows_size else []), *places, *([several] if knows_others else [])]


def municipality_table(reach: Reach) -> GroupTable:
    return _table("municipality", _("Municipality"), reach.municipalities, {})


def every_line(reach: Reach, *, knows_size: bool, knows_others: bool) -> Sequence[Line]:
    """All groups of all tables, for a file."""
    shown = tables(reach, knows_size=knows_size, knows_others=knows_others)
    return [line for table in (*shown, municipality_table(reach)) for line in table.lines]


def mean_age(reach: Reach) -> Decimal | None:
    """Years to a tenth."""
    return round(_decimal(reach.mean_age), 1) if reach.mean_age is not None else None


def _table(key: str, title: Words, spread: Spread, names: Mapping[str, Words]) -> GroupTable:
    lines = [
        Line(title, names.get(name, name), number, spread.share(name), query=_query(key, name))
        for name, number in spread.groups
    ]
    if spread.unknown:
        query = _query(key, LISTED_UNKNOWN)
        lines.append(Line(title, UNKNOWN, spread.unknown, None, is_unknown=True, query=query))
    longest = max((line.number for line in lines), default=1)
    return GroupTable(key, title, tuple(lines), spread.known, longest)


COLUMNS: tuple[Column[Line], ...] = (
    Column(_("Figure"), lambda line: line.figure, width=28),
    Column(_("Group"), lambda line: line.group, width=32),
    Column(_("Members"), lambda line: line.number, Format.COUNT),
    Column(
        _("Share of the known"),
        lambda line: None if line.share is None else _decimal(line.share),
        Format.SHARE,
        width=20,
    ),
)


def _query(key: str, value: str) -> str:
    """What the list of members is asked for the same group."""
    if key == "evaluation-size":
        classes = [str(each) for each, least in FEWEST.items() if evaluation_size(least) == value]
        return urlencode({"size": classes or value}, doseq=True)
    return urlencode({key: value}) if key in IN_LIST else ""


def _decimal(share: Fraction) -> Decimal:
    return Decimal(share.numerator) / Decimal(share.denominator)
