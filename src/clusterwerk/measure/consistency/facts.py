"""A printed figure as a fact: what is said, of whom, where it is printed and how exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

Value = Decimal | date | str

EXACT_UNITS = frozenset({"count", "entry", "date", "text"})


class NotANumberError(TypeError):
    """Arithmetic was asked of a fact that holds a date or a text."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure at one place of one document.

    Parameters
    ----------
    indicator
        Stable dotted key of what is measured, such as ``members.paying``.
    subject
        Key of a cluster, or ``programme``.
    value
        As printed: a decimal keeps its printed decimals (``3.00`` is not ``3``).
        A text is an entry of a printed list and has the unit ``entry``.
    unit
        ``count``, ``euro``, ``percent``, ``ratio``, ``score``, ``years``, ``minutes``,
        ``date``, ``entry`` or ``text``.
    place
        Where it is printed, such as ``table 7``.
    document
        Key of the document.
    qualifier
        The word printed with the figure, such as ``almost``.
    basis
        ``reported``, ``reported after 1 year`` or ``target``; empty where nothing is said.
    as_of
        The moment the figure speaks of, in the document's own precision.
    dimension, segment
        The part of the subject it speaks of (``call``, ``1``); both empty for the whole.
    attributes
        What parts are chosen by (scheme, call and embedding of the cluster, its name), and
        remarks on the print.
    """

    indicator: str
    subject: str
    value: Value
    unit: str
    place: str
    document: str
    qualifier: str = ""
    basis: str = ""
    as_of: str = ""
    dimension: str = ""
    segment: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def key(self) -> str:
        """Identity of the print, without its value, so that a correction keeps the key.

        Unique among the facts of a document: nothing is printed twice at one place.

        >>> Fact("members.paying", "euka", Decimal(196), "count", "table 7", "report",
        ...      basis="reported").key
        'report|members.paying|euka|reported|table 7'
        """
        part = f"{self.dimension}={self.segment}" if self.dimension else ""
        pieces = (self.document, self.indicator, self.subject, part, self.basis, self.place)
        return "|".join(piece for piece in pieces if piece)

    @property
    def number(self) -> Decimal:
        """The value of a fact that holds a number; otherwise raises NotANumberError."""
        if not isinstance(self.value, Decimal):
            message = f"{self.key} holds {self.value}, not a number"
            raise NotANumberError(message)
        return self.value


def printed_step(value: Decimal) -> Decimal:
    """One unit of the last printed digit.

    >>> printed_step(Decimal("62.6")), printed_step(Decimal("3.00")), printed_step(Decimal("50"))
    (Decimal('0.1'), Decimal('0.01'), Decimal('1'))
    """
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(int(exponent), 0))


def coarse_step(value: Decimal) -> Decimal:
    """One unit of the last digit that is not zero: how far a round number may be rounded.

    >>> coarse_step(Decimal(4700000)), coarse_step(Decimal(660)), coarse_step(Decimal("0.333"))
    (Decimal('100000'), Decimal('10'), Decimal('0.001'))
    """
    if not value:
        return printed_step(value)
    exponent = int(value.normalize().as_tuple().exponent)
    return Decimal(int(Decimal(10) ** exponent)) if exponent > 0 else Decimal(1).scaleb(exponent)
