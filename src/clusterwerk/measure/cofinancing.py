"""How much others than the agency must bring beside a subsidy that covers a share of the cost.

Amounts are ``Decimal`` euro. Formula, source and limits: ``docs/methods/cofinancing.md``.
"""

from decimal import Decimal
from fractions import Fraction


class CofinancingError(ValueError):
    """A subsidy, rate or duration that cannot be; the message says which and why."""


def yearly_requirement(subsidy: Decimal, rate_pct: Decimal, months: int) -> Decimal:
    """What others must bring in one working year, so that the agency pays no more than its share.

    Parameters
    ----------
    subsidy
        Euro over the whole agreement, zero or more.
    rate_pct
        The agency's share of the cost in percent, above 0 and at most 100.
    months
        Length of the agreement, one or more.

    Returns
    -------
    Decimal
        Euro per twelve months, rounded up to whole cents: less would not be enough.

    Raises
    ------
    CofinancingError
        A value is out of its range.

    Notes
    -----
    ``subsidy * 12 / months * (100 - rate) / rate``; with a rate of 50 as much as the subsidy.

    Source: the evaluation of the Flemish innovative business networks (2020), table 1: half of the
    cost is subsidised.

    Examples
    --------
    >>> yearly_requirement(Decimal(450000), Decimal(50), 36)
    Decimal('150000.00')
    """
    if subsidy < 0:
        raise CofinancingError(f"The subsidy is {subsidy} euro: give zero or more.")
    if not 0 < rate_pct <= 100:  # noqa: PLR2004 - percent
        raise CofinancingError(f"The rate is {rate_pct} %: give more than 0 and at most 100.")
    if months < 1:
        raise CofinancingError(f"The agreement lasts {months} months: give one or more.")
    yearly = Fraction(subsidy) * 12 / months
    cents = yearly * (100 - Fraction(rate_pct)) / Fraction(rate_pct) * 100
    return Decimal(-(-cents.numerator // cents.denominator)).scaleb(-2)
