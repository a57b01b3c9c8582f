"""Headcount classes: how large an organisation is by its number of staff alone.

Annual work units. Neither the legal SME class, which also asks for turnover or balance total and
ownership, nor the evaluation's size, which has one cut at 50. Source: Recommendation 2003/361/EC,
annex, article 2, staff ceilings; the cut at 50 is that of the evaluation of May 2020. Limits:
``docs/methods/headcount.md``.
"""

from enum import StrEnum


class HeadcountError(ValueError):
    """A number of staff that cannot be; the message says why."""


class HeadcountClass(StrEnum):
    """From small to large."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class EvaluationSize(StrEnum):
    """The two sizes of the evaluation of the business networks."""

    SMALL = "small"
    MEDIUM_OR_LARGE = "medium_or_large"


FEWEST = {
    HeadcountClass.MICRO: 0,
    HeadcountClass.SMALL: 10,
    HeadcountClass.MEDIUM: 50,
    HeadcountClass.LARGE: 250,
}


def headcount_class(headcount: int) -> HeadcountClass:
    """The class in which a number of staff falls.

    Parameters
    ----------
    headcount
        Annual work units, zero or more.

    Returns
    -------
    HeadcountClass
        Micro below 10, small below 50, medium below 250, else large.

    Raises
    ------
    HeadcountError
        The number is negative.

    Examples
    --------
    >>> [str(headcount_class(number)) for number in (0, 9, 10, 49, 50, 249, 250)]
    ['micro', 'micro', 'small', 'small', 'medium', 'medium', 'large']
    """
    if headcount < 0:
        raise HeadcountError(f"The headcount is {headcount}: give zero or more.")
    return [size for size, fewest in FEWEST.items() if headcount >= fewest][-1]


def headcounts_of(size: HeadcountClass) -> range | None:
    """Numbers of staff of a class; ``None`` for the class that has no largest number.

    Examples
    --------
    >>> headcounts_of(HeadcountClass.SMALL), headcounts_of(HeadcountClass.LARGE)
    (range(10, 50), None)
    """
    larger = [fewest for fewest in FEWEST.values() if fewest > FEWEST[size]]
    return range(FEWEST[size], larger[0]) if larger else None


def evaluation_size(headcount: int) -> EvaluationSize:
    """The evaluation's size: small below 50 employees, else medium or large.

    Raises
    ------
    HeadcountError
        The number is negative.

    Examples
    --------
    >>> [str(evaluation_size(number)) for number in (49, 50)]
    ['small', 'medium_or_large']
    """
    if headcount_class(headcount) in (HeadcountClass.MICRO, HeadcountClass.SMALL):
        return EvaluationSize.SMALL
    return EvaluationSize.MEDIUM_OR_LARGE
