"""Legal SME class: headcount with turnover or balance total, own and related enterprises together.

Headcount in annual work units, money in euro, shares in percent of capital or votes; all
``Decimal``, exact, never rounded before they are compared. Not the headcount class, which looks at
staff alone, nor the evaluation's size. What the definition asks and nobody told stays unknown: the
answer then says which classes are still possible and which figure would settle it.

Source: Recommendation 2003/361/EC, annex, articles 2 to 6, and the Commission's user guide to the
SME definition. Formula, limits and what is not confirmed: ``docs/methods/sme-class.md``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum

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


class Note(StrEnum):
    """What the answer hangs on beside its figures."""

    OWNERSHIP_UNKNOWN = "ownership_unknown"
    PUBLIC_BODY = "public_body"


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
    """A figure that nobody told, and of whom; an empty name is the enterprise itself."""

    figure: str
    enterprise: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """The class, or the classes that are possible, with the summed figures behind them.

    ``missing`` names what would settle an open answer and is empty when it is settled; ``notes``
    say what the answer hangs on otherwise.
    """

    possible: tuple[SmeClass, ...]
    total: Figures
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


def _sum(parts: list[tuple[Figures, Decimal]], figure: str) -> Decimal | None:
    total = Decimal(0)
    for figures, share in parts:
        value: Decimal | None = getattr(figures, figure)
        if not share:
            continue
        if value is None:
            return None
        total += value * share / WHOLE
    return total


def assess(
    own: Figures, related: Iterable[Related] = (), *, ownership_known: bool = True
) -> Assessment:
    """The legal SME class of an enterprise from the figures of one year.

    Parameters
    ----------
    own
        Figures of the enterprise alone.
    related
        Enterprises with a share of it, and those of which it has one.
    ownership_known
        Whether ``related`` is all there is. When not, the answer holds only if it stands alone.

    Returns
    -------
    Assessment
        Each class that the known figures leave possible.

    Raises
    ------
    SmeError
        A figure is negative or a share no share.

    Notes
    -----
    Headcount below the ceiling **and** turnover **or** balance total at most theirs: 10 and EUR 2 m
    (micro), 50 and EUR 10 m (small), 250 and EUR 50 m or EUR 43 m (medium).

    Examples
    --------
    >>> figures = Figures(Decimal(49), Decimal(12_000_000), Decimal(8_000_000))
    >>> str(assess(figures).sme_class)
    'small'
    >>> open_answer = assess(Figures(headcount=Decimal(30)))
    >>> open_answer.sme_class is None, [missing.figure for missing in open_answer.missing]
    (True, ['turnover', 'balance_total'])
    """
    related = list(related)
    total = total_figures(own, related)
    possible = tuple(_possible(total))
    notes = set() if ownership_known else {Note.OWNERSHIP_UNKNOWN}
    if _is_public(related):
        notes.add(Note.PUBLIC_BODY)
    missing = () if len(possible) == 1 else tuple(_missing(own, related))
    return Assessment(possible, total, missing, frozenset(notes))


def _possible(total: Figures) -> Iterable[SmeClass]:
    """From small to large up to the first that surely fits; large when none surely does."""
    for each, ceiling in CEILINGS.items():
        fits = _fits(total, ceiling)
        if fits is not False:
            yield each
        if fits:
            return
    yield SmeClass.LARGE


def _fits(total: Figures, ceiling: Ceiling) -> bool | None:
    """Whether it stays under the ceilings; ``None`` when that hangs on an unknown figure."""
    staff = None if total.headcount is None else total.headcount < ceiling.headcount
    money = [
        None if value is None else value <= most
        for value, most in (
            (total.turnover, ceiling.turnover),
            (total.balance_total, ceiling.balance_total),
        )
    ]
    has_money = True if True in money else None if None in money else False
    if staff is False or has_money is False:
        return False
    return True if staff and has_money else None


def _missing(own: Figures, related: list[Related]) -> Iterable[Missing]:
    counted = [(each.name, each.figures) for each in related if counted_share(each)]
    for field in fields(Figures):
        for name, figures in [("", own), *counted]:
            if getattr(figures, field.name) is None:
                yield Missing(field.name, name)


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
