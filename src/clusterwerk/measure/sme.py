"""Legal SME class: headcount with turnover or balance total, own and related enterprises together.

Headcount in annual work units, money in euro, shares in percent of capital or votes; all
``Decimal``, exact, never rounded before they are compared. Not the headcount class, which looks at
staff alone, nor the evaluation's size. What the definition asks and nobody told is zero or more:
the answer says which classes that leaves possible, and which figures would settle it.

Source: Recommendation 2003/361/EC, annex, articles 2 to 6, and the Commission's user guide to the
SME definition. Formula, limits and what is not confirmed: ``docs/methods/sme-class.md``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from itertools import product

PARTNER_FROM = Decimal(25)
LINKED_ABOVE = Decimal(50)
WHOLE = Decimal(100)


class SmeError(ValueError):
    """Figures or shares that cannot be; the message says which."""


class SmeClass(StrEnum):
    """From small to large; the first three are SMEs."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"

    @property
    def is_sme(self) -> bool:
        return self is not SmeClass.LARGE


class Holder(StrEnum):
    """Who stands on the other side of a share."""

    ENTERPRISE = "enterprise"
    EXEMPT_INVESTOR = "exempt_investor"
    PUBLIC_BODY = "public_body"


class Relation(StrEnum):
    """What another enterprise is to the one that is judged."""

    APART = "apart"
    PARTNER = "partner"
    LINKED = "linked"


class Ownership(StrEnum):
    """What is known of the enterprises that have a share of it, and of those of which it has one.

    ``UNNAMED``: there are some, and nobody said which.
    """

    TOLD = "told"
    UNKNOWN = "unknown"
    UNNAMED = "unnamed"


class Note(StrEnum):
    """What the answer hangs on beside its figures."""

    OWNERSHIP_UNKNOWN = "ownership_unknown"
    PUBLIC_BODY = "public_body"
    RELATED_UNNAMED = "related_unnamed"


@dataclass(frozen=True, slots=True)
class Figures:
    """One enterprise in one year; ``None`` is unknown. Raises `SmeError` for a negative figure."""

    headcount: Decimal | None = None
    turnover: Decimal | None = None
    balance_total: Decimal | None = None

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value is not None and value < 0:
                raise SmeError(f"{field.name} is {value}: give zero or more.")


@dataclass(frozen=True, slots=True)
class Related:
    """An enterprise that holds a share of the judged one (upstream), or the other way round.

    ``figures`` are those of its whole group of linked enterprises. Raises `SmeError` for a share
    outside 0 to 100.
    """

    name: str
    share: Decimal
    figures: Figures
    is_upstream: bool = True
    has_control: bool = False
    holder: Holder = Holder.ENTERPRISE

    def __post_init__(self) -> None:
        if not 0 <= self.share <= WHOLE:
            raise SmeError(f"The share of {self.name} is {self.share}: give 0 to 100 percent.")


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure that nobody told and the class hangs on; an empty name is the enterprise itself."""

    figure: str
    enterprise: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The class, or the classes that are possible, with the summed figures behind them.

    ``total`` is unknown where a part of it is; ``at_least`` sums what is known. ``missing`` names
    what would settle an open answer and is empty when it is settled; ``notes`` say what the answer
    hangs on otherwise.
    """

    possible: tuple[SmeClass, ...]
    total: Figures
    at_least: Figures
    missing: tuple[Missing, ...]
    notes: frozenset[Note]

    @property
    def sme_class(self) -> SmeClass | None:
        """The class when there is only one possible."""
        return self.possible[0] if len(self.possible) == 1 else None

    @property
    def is_sme(self) -> bool | None:
        """Whether it is an SME; unknown while both are possible."""
        answers = {each.is_sme for each in self.possible}
        return answers.pop() if len(answers) == 1 else None


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Headcount below, and turnover or balance total at most."""

    headcount: Decimal
    turnover: Decimal
    balance_total: Decimal


CEILINGS = {
    SmeClass.MICRO: Ceiling(Decimal(10), Decimal(2_000_000), Decimal(2_000_000)),
    SmeClass.SMALL: Ceiling(Decimal(50), Decimal(10_000_000), Decimal(10_000_000)),
    SmeClass.MEDIUM: Ceiling(Decimal(250), Decimal(50_000_000), Decimal(43_000_000)),
}


def relation(related: Related) -> Relation:
    """What the other enterprise counts as.

    Returns
    -------
    Relation
        Linked (counted in full) above 50 % or with control; partner (pro rata) from 25 % to 50 %;
        else apart. An exempt investor up to 50 % without control stands apart.

    Examples
    --------
    >>> shares = (Decimal("24.99"), Decimal(25), Decimal(50), Decimal("50.01"))
    >>> [str(relation(Related("B", share, Figures()))) for share in shares]
    ['apart', 'partner', 'partner', 'linked']
    """
    if related.has_control or related.share > LINKED_ABOVE:
        return Relation.LINKED
    is_exempt = related.is_upstream and related.holder is Holder.EXEMPT_INVESTOR
    if related.share < PARTNER_FROM or is_exempt:
        return Relation.APART
    return Relation.PARTNER


def counted_share(related: Related) -> Decimal:
    """Percent of its figures that are added: 100 when linked, its share as a partner, else 0."""
    kind = relation(related)
    return {
        Relation.LINKED: WHOLE,
        Relation.PARTNER: related.share,
        Relation.APART: Decimal(0),
    }[kind]


def total_figures(own: Figures, related: Iterable[Related] = ()) -> Figures:
    """Own figures plus the counted share of each related enterprise; a part unknown, all unknown.

    Examples
    --------
    >>> partner = Related("B", Decimal(25), Figures(headcount=Decimal(40)))
    >>> total_figures(Figures(headcount=Decimal(5)), [partner]).headcount
    Decimal('15')
    """
    parts = [(own, WHOLE), *((each.figures, counted_share(each)) for each in related)]
    return Figures(**{field.name: _sum(parts, field.name) for field in fields(Figures)})


def known_figures(own: Figures, related: Iterable[Related] = ()) -> Figures:
    """The same sums over what is known: no figure can be less, for none is below zero.

    Examples
    --------
    >>> partner = Related("B", Decimal(25), Figures())
    >>> known_figures(Figures(headcount=Decimal(300)), [partner])
    Figures(headcount=Decimal('300'), turnover=Decimal('0'), balance_total=Decimal('0'))
    """
    parts = [(own, WHOLE), *((each.figures, counted_share(each)) for each in related)]
    return Figures(**{field.name: _known_sum(parts, field.name) for field in fields(Figures)})


def _sum(parts: list[tuple[Figures, Decimal]], figure: str) -> Decimal | None:
    if any(share and getattr(figures, figure) is None for figures, share in parts):
        return None
    return _known_sum(parts, figure)


def _known_sum(parts: list[tuple[Figures, Decimal]], figure: str) -> Decimal:
    told = ((getattr(figures, figure), share) for figures, share in parts)
    return sum(
        (value * share / WHOLE for value, share in told if share and value is not None), Decimal(0)
    )


def assess(
    own: Figures, related: Iterable[Related] = (), *, ownership: Ownership = Ownership.TOLD
) -> Assessment:
    """The legal SME class of an enterprise from the figures of one year.

    Parameters
    ----------
    own
        Figures of the enterprise alone.
    related
        Enterprises with a share of it, and those of which it has one.
    ownership
        Whether ``related`` is all there is. While that is unknown the answer holds only if it
        stands alone; with related enterprises that nobody named every figure is the least of the
        sum. What is large already stays so.

    Returns
    -------
    Assessment
        Each class that some values of the unknown figures give, from small to large.

    Raises
    ------
    SmeError
        A figure is negative or a share no share.

    Notes
    -----
    Headcount below the ceiling **and** turnover **or** balance total at most theirs: 10 and EUR 2 m
    (micro), 50 and EUR 10 m (small), 250 and EUR 50 m or EUR 43 m (medium).

    The class is max(h, min(t, b)) of the classes that headcount, turnover and balance total have
    by themselves. Each is held between the sum of what is known and, with a part unknown, no upper
    bound; the class never falls when a figure grows, and every class between the two ends is
    reached.

    Examples
    --------
    >>> partner = Related("B", Decimal(30), Figures())
    >>> str(assess(Figures(headcount=Decimal(250)), [partner]).sme_class)
    'large'
    >>> figures = Figures(Decimal(49), Decimal(12_000_000), Decimal(8_000_000))
    >>> str(assess(figures).sme_class)
    'small'
    >>> open_answer = assess(Figures(headcount=Decimal(30)))
    >>> open_answer.sme_class is None, [missing.figure for missing in open_answer.missing]
    (True, ['turnover', 'balance_total'])
    """
    related = list(related)
    total = Figures() if ownership is Ownership.UNNAMED else total_figures(own, related)
    bounds = _Bounds(known_figures(own, related), total)
    possible = bounds.possible()
    notes = {Note.PUBLIC_BODY} if _is_public(related) else set()
    if ownership in NOTED and possible != (SmeClass.LARGE,):
        notes.add(NOTED[ownership])
    missing = tuple(_missing(own, related, bounds.open_figures()))
    return Assessment(possible, bounds.total, bounds.least, missing, frozenset(notes))


NOTED = {
    Ownership.UNKNOWN: Note.OWNERSHIP_UNKNOWN,
    Ownership.UNNAMED: Note.RELATED_UNNAMED,
}
RANKED = tuple(SmeClass)
_NO_BOUND = len(RANKED) - 1


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Between what every figure of the sum lies; without an upper bound where a part is unknown."""

    least: Figures
    total: Figures

    def possible(self) -> tuple[SmeClass, ...]:
        return RANKED[_rank(self._ends(0)) : _rank(self._ends(1)) + 1]

    def open_figures(self) -> tuple[str, ...]:
        """Figures of which two values can give two classes, the others being what they may be."""
        names = [field.name for field in fields(Figures)]
        return tuple(name for place, name in enumerate(names) if self._matters(place))

    def _matters(self, place: int) -> bool:
        """Whether its two ends give two classes beside some ends of the others."""
        ranges = [self._range(field.name) for field in fields(Figures)]
        least, most = ranges[place]
        return any(
            _rank((*corner[:place], least, *corner[place + 1 :]))
            != _rank((*corner[:place], most, *corner[place + 1 :]))
            for corner in product(*ranges)
        )

    def _ends(self, end: int) -> tuple[int, ...]:
        return tuple(self._range(field.name)[end] for field in fields(Figures))

    def _range(self, figure: str) -> tuple[int, int]:
        """The classes that a figure by itself has at its least and at its most, as ranks."""
        least = _rank_of(figure, getattr(self.least, figure))
        is_known = getattr(self.total, figure) is not None
        return least, least if is_known else _NO_BOUND


def _rank(ranks: Sequence[int]) -> int:
    """That of the headcount, and the better of those of the two amounts."""
    headcount, turnover, balance_total = ranks
    return max(headcount, min(turnover, balance_total))


def _rank_of(figure: str, value: Decimal) -> int:
    """The smallest class whose ceiling of this one figure is kept."""
    for rank, each in enumerate(CEILINGS):
        most: Decimal = getattr(CEILINGS[each], figure)
        if value < most or (value == most and figure != "headcount"):
            return rank
    return _NO_BOUND


def _missing(
    own: Figures, related: list[Related], open_figures: Iterable[str]
) -> Iterable[Missing]:
    counted = [(each.name, each.figures) for each in related if counted_share(each)]
    for figure in open_figures:
        for name, figures in [("", own), *counted]:
            if getattr(figures, figure) is None:
                yield Missing(figure, name)


def _is_public(related: list[Related]) -> bool:
    shares = [
        each.share for each in related if each.is_upstream and each.holder is Holder.PUBLIC_BODY
    ]
    return sum(shares, Decimal(0)) >= PARTNER_FROM


def lasting_class(by_year: Mapping[int, SmeClass]) -> SmeClass | None:
    """The class as it stands when a ceiling must be crossed in two consecutive years to count.

    Unconfirmed rule: see the methods page. A year without a class between two others begins anew.

    Returns
    -------
    SmeClass or None
        ``None`` without any year.

    Examples
    --------
    >>> once = {2023: SmeClass.SMALL, 2024: SmeClass.MEDIUM}
    >>> str(lasting_class(once)), str(lasting_class({**once, 2025: SmeClass.LARGE}))
    ('small', 'medium')
    """
    order = list(SmeClass)
    standing: int | None = None
    before: tuple[int, int] | None = None
    for year in sorted(by_year):
        rank = order.index(by_year[year])
        follows = before is not None and before[0] == year - 1
        standing = _standing(standing, before[1], rank) if follows and before else rank
        before = (year, rank)
    return None if standing is None else order[standing]


def _standing(standing: int | None, before: int, now: int) -> int:
    """Both years above move it up to the lower of the two; both below, down to the higher."""
    assert standing is not None
    if min(before, now) > standing:
        return min(before, now)
    return min(standing, max(before, now))
