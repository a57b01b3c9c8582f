"""What a check found: a disagreement, how serious it is, and what would explain it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from clusterwerk.measure.consistency.facts import Fact, Value


class Verdict(Enum):
    """From most to least serious."""

    IMPOSSIBLE = "impossible"
    INCOMPATIBLE = "incompatible unless"
    EXPLAINED = "explained"
    ROUNDING = "rounding"

    @property
    def rank(self) -> int:
        return list(Verdict).index(self)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two values that disagree, with the prints it rests on.

    A value that no print gives, such as a sum, rests on several facts.
    """

    value: Value
    unit: str
    facts: tuple[Fact, ...]

    @property
    def places(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fact.place for fact in self.facts))

    def as_dict(self) -> dict[str, object]:
        return {
            "value": plain(self.value),
            "unit": self.unit,
            "places": list(self.places),
            "facts": [fact.key for fact in self.facts],
        }


def plain(value: Value) -> str:
    """Numbers as printed, dates as ISO: text, because JSON has no exact decimals.

    >>> plain(Decimal("53.0")), plain(date(2020, 2, 29))
    ('53.0', '2020-02-29')
    """
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class Finding:
    """One disagreement between printed figures.

    Parameters
    ----------
    check
        Key of the check that found it.
    verdict
        ``impossible``: no reading of the two prints makes both true.
        ``incompatible unless``: ``reason`` names the assumption under which both can be true.
        ``explained``: ``reason`` says by which definition, date or word.
        ``rounding``: no more than what rounding of the printed figures can do.
    subject, detail
        Whom it is about, and which part, indicator or dimension; together with ``document``
        and ``check`` they identify the finding.
    explained_by
        ``definition``, ``date`` or ``qualifier`` where the verdict is ``explained``.
    sentence, reason
        By language (``en``, ``nl``); the reason of an impossible pair is empty.
    printed, against
        The two values with their places and facts.
    """

    check: str
    verdict: Verdict
    document: str
    subject: str
    detail: str
    explained_by: str
    sentence: Mapping[str, str] = field(hash=False)
    reason: Mapping[str, str] = field(hash=False)
    printed: Side
    against: Side

    @property
    def key(self) -> str:
        """Identity of the finding as long as the same prints disagree in the same check."""
        first = [side.facts[0].key for side in (self.printed, self.against) if side.facts]
        return "|".join((self.check, self.detail, *first))

    def as_dict(self) -> dict[str, object]:
        """Plain values for JSON, in a fixed order of keys."""
        return {
            "key": self.key,
            "check": self.check,
            "class": self.verdict.value,
            "document": self.document,
            "subject": self.subject,
            "detail": self.detail,
            "explained_by": self.explained_by,
            "sentence": dict(self.sentence),
            "reason": dict(self.reason),
            "printed": self.printed.as_dict(),
            "against": self.against.as_dict(),
        }
