"""What needs a cluster's team today, from its records alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from clusterwerk.desk.queries.position import Position
from clusterwerk.members.models import Membership
from clusterwerk.programme.models import Agreement
from clusterwerk.reporting.queries.oversight import FEW_CARRY_BELOW, OUTLOOK_OPEN

SOON = timedelta(days=90)
END_IN_SIGHT = 183  # days: half a year before the end the way out should be written


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to look at; the page has a sentence and a way there for each kind."""

    kind: str
    number: int = 0
    share: Decimal | None = None
    memberships: tuple[Membership, ...] = ()


def tasks(
    *,
    position: Position,
    agreement: Agreement | None,
    disagreements: int,
    ending: Sequence[Membership],
    half_share: Decimal | None,
    is_recorded: bool,
    has_members: bool = True,
    promises_too_much: bool = False,
) -> tuple[Task, ...]:
    """In the order of how much hangs on them; empty when nothing waits."""
    return (
        *([] if has_members else [Task("no_members")]),
        *_of_agreement(position, agreement),
        *([] if is_recorded else [Task("unrecorded")]),
        *([Task("disagreements", disagreements)] if disagreements else []),
        *([Task("ending", len(ending), memberships=tuple(ending))] if ending else []),
        *([Task("overpromised")] if promises_too_much else []),
        *_of_concentration(half_share),
    )


def _of_agreement(position: Position, agreement: Agreement | None) -> list[Task]:
    if agreement is None:
        return [Task("no_agreement")]
    found = []
    if position.is_over:
        found.append(Task("ended", -position.days_left))
    elif position.days_left <= END_IN_SIGHT:
        found.append(Task("ends", position.days_left))
    if agreement.outlook in OUTLOOK_OPEN:
        found.append(Task("outlook"))
    return found


def _of_concentration(half_share: Decimal | None) -> list[Task]:
    if half_share is None or half_share >= FEW_CARRY_BELOW:
        return []
    return [Task("few_carry", share=half_share)]
