"""Where a counted figure stands on its way to a target that is due some months after a start.

Figures and targets are ``Decimal`` in the unit of the indicator; months are whole months since the
start. The expected value is an exact ``Fraction``. What is not counted or has no target is
``None`` and stands nowhere.

Formulas, sources and limits: ``docs/methods/trajectory.md``.
"""

from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

TOLERANCE = Fraction(1, 20)


class TrajectoryError(ValueError):
    """A path that cannot be; the message says why."""


class Standing(StrEnum):
    """How a figure compares with its target and with what is expected by now."""

    UNKNOWN = "unknown"
    REACHED = "reached"
    AHEAD = "ahead"
    ON_PATH = "on path"
    BEHIND = "behind"
    MISSED = "missed"


def expected_after(target: Decimal, passed: int, months: int) -> Fraction:
    """What a figure would be by now if it grew evenly from zero to its target.

    Parameters
    ----------
    target
        The value that is due, zero or more.
    passed
        Whole months since the start; before the start counts as 0, after the due month as all.
    months
        Months after the start at which the target is due, one or more.

    Returns
    -------
    Fraction
        Exact, in the unit of the target.

    Raises
    ------
    TrajectoryError
        The target is negative, or due before the first month.

    Notes
    -----
    ``target * passed / months``. Straight line from zero; our own convention, the programme sets
    no values between start and end.

    Examples
    --------
    >>> expected_after(Decimal(150), 29, 36)
    Fraction(725, 6)
    """
    if target < 0:
        raise TrajectoryError(f"The target is {target}: give zero or more.")
    if months < 1:
        raise TrajectoryError(f"The target is due after {months} months: give one or more.")
    return Fraction(target) * min(max(passed, 0), months) / months


def standing(value: Decimal | None, target: Decimal | None, passed: int, months: int) -> Standing:
    """Whether a figure has reached its target, and if not, how it stands beside the straight line.

    Parameters
    ----------
    value
        The counted figure, ``None`` when nothing is counted.
    target
        The value that is due, ``None`` when there is none.
    passed, months
        As for `expected_after`.

    Returns
    -------
    Standing
        ``UNKNOWN`` without value or target; ``REACHED`` from the target on; ``MISSED`` below the
        target once all months have passed; else ``ON_PATH`` within a twentieth of the target from
        the expected value, both ends included, ``AHEAD`` above and ``BEHIND`` below.

    Raises
    ------
    TrajectoryError
        As for `expected_after`.

    Examples
    --------
    >>> [str(standing(Decimal(value), Decimal(150), 29, 36)) for value in (110, 115, 130, 150)]
    ['behind', 'on path', 'ahead', 'reached']
    >>> standing(Decimal(149), Decimal(150), 36, 36)
    <Standing.MISSED: 'missed'>
    """
    if value is None or target is None:
        return Standing.UNKNOWN
    away = Fraction(value) - expected_after(target, passed, months)
    if value >= target:
        return Standing.REACHED
    if passed >= months:
        return Standing.MISSED
    if abs(away) <= TOLERANCE * Fraction(target):
        return Standing.ON_PATH
    return Standing.AHEAD if away > 0 else Standing.BEHIND
