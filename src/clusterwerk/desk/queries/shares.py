"""Exact shares as pages write them."""

from decimal import Decimal
from fractions import Fraction


def written(value: Fraction) -> Decimal:
    """As a decimal number with 28 digits; pages round it further."""
    return Decimal(value.numerator) / Decimal(value.denominator)
