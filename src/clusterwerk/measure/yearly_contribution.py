"""What the rule of a membership category asks of an organisation for one working year.

Amounts are ``Decimal`` euro. The share of the first year is taken of the full amount and rounded to
the cent, half a cent up; nothing else is rounded. Limits: ``docs/methods/contribution-rules.md``.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from clusterwerk.measure.headcount import evaluation_size, headcount_class

CENT = Decimal("0.01")
EVERYBODY_ELSE = ""


class ContributionError(ValueError):
    """A rule that cannot be; the message says what of it."""


class Difference(StrEnum):
    """By what the amounts of a rule differ."""

    FIXED = "fixed"
    HEADCOUNT_CLASS = "headcount_class"
    EVALUATION_SIZE = "evaluation_size"
    ORGANISATION_KIND = "organisation_kind"


class Gap(StrEnum):
    """Why a rule gives no amount."""

    HEADCOUNT = "headcount"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Rule:
    """Amounts a year by size or kind; the empty key is for everybody whom no other key names.

    Raises `ContributionError` for a negative amount or a percentage outside 0 to 100.
    """

    difference: Difference
    rates: Mapping[str, Decimal]
    first_year_percent: Decimal = Decimal(100)

    def __post_init__(self) -> None:
        for key, amount in self.rates.items():
            if amount < 0:
                raise ContributionError(f"The amount for {key or 'everybody'} is {amount}.")
        if not 0 <= self.first_year_percent <= 100:  # noqa: PLR2004 - percent
            raise ContributionError(f"The first year is {self.first_year_percent} percent.")


@dataclass(frozen=True, slots=True)
class Payer:
    """What is known of an organisation; ``headcount`` in annual work units."""

    kind: str
    headcount: int | None = None
    is_first_year: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the rule asks, and why: the key whose amount it is, in full, and the percent taken.

    ``gap`` says why there is no amount; then ``full`` and ``amount`` are ``None``.
    """

    key: str
    full: Decimal | None
    percent: Decimal
    amount: Decimal | None
    gap: Gap | None = None


def proposed(rule: Rule, payer: Payer) -> Proposal:
    """The contribution that a rule asks of an organisation for one working year.

    Parameters
    ----------
    rule
        The rule of the category that holds on the first day of the working year.
    payer
        Size, kind, and whether it joined in this working year.

    Returns
    -------
    Proposal
        ``full x percent / 100``, rounded to the cent, half up.

    Examples
    --------
    >>> rates = {"small": Decimal(1500), "medium": Decimal(3000)}
    >>> rule = Rule(Difference.HEADCOUNT_CLASS, rates, first_year_percent=Decimal(50))
    >>> proposed(rule, Payer("enterprise", headcount=20, is_first_year=True)).amount
    Decimal('750.00')
    >>> str(proposed(rule, Payer("enterprise")).gap)
    'headcount'
    """
    percent = rule.first_year_percent if payer.is_first_year else Decimal(100)
    key = _key(rule.difference, payer)
    if key is None:
        return Proposal("", None, percent, None, Gap.HEADCOUNT)
    found = key if key in rule.rates else EVERYBODY_ELSE
    full = rule.rates.get(found)
    if full is None:
        return Proposal(key, None, percent, None, Gap.RATE)
    amount = (full * percent / 100).quantize(CENT, ROUND_HALF_UP)
    return Proposal(key, full, percent, amount)


def _key(difference: Difference, payer: Payer) -> str | None:
    """What the organisation is in the eyes of the rule; ``None`` when the headcount is unknown."""
    if difference is Difference.FIXED:
        return EVERYBODY_ELSE
    if difference is Difference.ORGANISATION_KIND:
        return payer.kind
    if payer.headcount is None:
        return None
    if difference is Difference.EVALUATION_SIZE:
        return evaluation_size(payer.headcount).value
    return headcount_class(payer.headcount).value
