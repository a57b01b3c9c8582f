"""What moves in this room when organisations or contacts are merged, and how clashes end."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import QuerySet

from clusterwerk.directory.duplicates import Clash, Moves
from clusterwerk.members.models import (
    Consent,
    ConsentState,
    Contribution,
    CustomValue,
    Departure,
    Expectation,
    InteractionParty,
    KnownAddress,
    MemberProfile,
    Membership,
    NeedOrOffer,
    Position,
    RelatedEnterprise,
    SizeStatement,
    TagUse,
    Task,
)

FIGURES = ("headcount", "turnover", "balance_total")


def _union(rows: Sequence[Membership | Position]) -> DateRange:
    """From the first day of any to the last day of any; open where one is open."""
    first = [row.period.lower for row in rows]
    last = [row.period.upper for row in rows]
    return DateRange(
        None if None in first else min(first), None if None in last else max(last), "[)"
    )


def _overlapping(row: Membership, kept: "QuerySet[Membership]") -> Iterable[Membership]:
    """All that one period from the first to the last of them would overlap."""
    found: dict[int, Membership] = {}
    period = row.period
    while True:
        more = [other for other in kept.filter(period__overlap=period) if other.pk not in found]
        if not more:
            return found.values()
        found.update({other.pk: other for other in more})
        period = _union([row, *found.values()])


def _one_membership(kept: Membership, taken: Sequence[Membership]) -> Mapping[str, Any]:
    """One membership over all the time; paying where one of them paid; the category that stays."""
    rows = [kept, *taken]
    period = _union(rows)
    before = [row.continued_from for row in rows if row.continued_from]
    earliest = min(before, default=None)
    return {
        "period": period,
        "is_paying": any(row.is_paying for row in rows),
        "continued_from": earliest if earliest and earliest < period.lower else None,
    }


def _filled(kept: SizeStatement, taken: Sequence[SizeStatement]) -> Mapping[str, Any]:
    """What the organisation that stays did not tell of a year, the other may have told."""
    facts = {}
    for name in FIGURES:
        told = (getattr(row, name) for row in (kept, *taken))
        facts[name] = next((value for value in told if value is not None), None)
    return facts


def _same_role(field: str) -> Clash:
    """A contact has a role at an organisation once at a time; and there is one main contact."""

    def overlapping(row: Position, kept: "QuerySet[Position]") -> Iterable[Position]:
        other = "organisation" if field == "contact" else "contact"
        same = {f"{other}_id": getattr(row, f"{other}_id"), "role": row.role}
        return kept.filter(period__overlap=row.period, **same)

    def one_main(row: Position, kept: "QuerySet[Position]") -> Mapping[str, Any]:
        is_taken = field == "organisation" and row.is_main
        has_main = is_taken and kept.filter(is_main=True, period__overlap=row.period).exists()
        return {"is_main": False} if has_main else {}

    return Clash(finds=overlapping, combined=_one_position, yielding=one_main)


def _one_position(kept: Position, taken: Sequence[Position]) -> Mapping[str, Any]:
    titles = (row.title for row in (kept, *taken))
    return {"period": _union([kept, *taken]), "title": next(filter(None, titles), "")}


def strictest(rows: Sequence[Consent]) -> Consent:
    """What stands against a purpose holds, whenever it was said; else what was said last."""
    against = [row for row in rows if row.state != ConsentState.GIVEN]
    return max(against or rows, key=lambda row: row.said_on)


def _strictest(kept: Consent, taken: Sequence[Consent]) -> Mapping[str, Any]:
    holds = strictest((kept, *taken))
    return {name: getattr(holds, name) for name in ("state", "said_on", "way", "source")}


MEMBER_MOVES = (
    Moves(Membership, "organisation", Clash(finds=_overlapping, combined=_one_membership)),
    # Two promises for one year: that of the membership that stays holds.
    Moves(Contribution, "membership", Clash(fields=("working_year",))),
    Moves(Contribution, "organisation"),
    Moves(Departure, "membership", Clash(fields=("cluster",))),
    Moves(Departure, "organisation"),
    Moves(SizeStatement, "organisation", Clash(fields=("year",), combined=_filled)),
    Moves(RelatedEnterprise, "organisation", Clash(fields=("year", "stream", "name"))),
    Moves(TagUse, "organisation", Clash(fields=("tag",))),
    Moves(CustomValue, "organisation", Clash(fields=("field", "contact"))),
    Moves(CustomValue, "contact", Clash(fields=("field", "organisation"))),
    Moves(InteractionParty, "organisation", Clash(fields=("interaction", "contact"))),
    Moves(InteractionParty, "contact", Clash(fields=("interaction", "organisation"))),
    Moves(Position, "organisation", _same_role("organisation")),
    Moves(Position, "contact", _same_role("contact")),
    Moves(Consent, "contact", Clash(fields=("purpose",), combined=_strictest)),
    Moves(Expectation, "organisation"),
    Moves(Expectation, "contact"),
    Moves(Task, "organisation"),
    Moves(Task, "contact"),
    Moves(MemberProfile, "organisation", Clash(fields=("cluster",))),
    Moves(NeedOrOffer, "organisation"),
    Moves(KnownAddress, "organisation"),
    Moves(KnownAddress, "contact"),
)
