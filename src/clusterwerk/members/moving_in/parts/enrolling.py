"""Memberships, promised contributions and sizes of rows, written by the actions of the room."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from clusterwerk.members.actions import (
    CategoryFacts,
    NewMember,
    Promise,
    Size,
    add_category,
    change_category_facts,
    join_many,
    promise_contribution,
    promise_contributions,
    state_size,
    state_sizes,
)
from clusterwerk.members.models import Membership, MembershipCategory, SizeStatement
from clusterwerk.members.moving_in.context import Import
from clusterwerk.members.moving_in.drafts import Draft
from clusterwerk.members.moving_in.parts.held import Held, after, known_categories, size_year
from clusterwerk.platform.rows import changed
from clusterwerk.platform.text import folded


def make_categories(context: Import, rows: Sequence[Draft]) -> dict[str, MembershipCategory]:
    """All that the rows name, made where the cluster does not know them yet.

    One that only former members had is kept for them and not offered to new ones.
    """
    found = known_categories(context.cluster)
    named = [draft for draft in rows if draft.notes.get("category")]
    today = {folded(draft.notes["category"]) for draft in named if _runs(context, draft)}
    told = Counter(draft.notes["category"] for draft in named)
    for name, _times in told.most_common():  # of two ways to write one, the commoner stands
        if folded(name) not in found:
            facts = CategoryFacts(name, is_offered=folded(name) in today)
            found[folded(name)] = add_category(
                seats=context.seats, cluster=context.cluster, facts=facts
            )
            context.done["categories"] += 1
    _offer_again(context, [found[name] for name in sorted(today)])
    return found


def _runs(context: Import, draft: Draft) -> bool:
    until = draft.get("until")
    return until is None or until >= context.comparison.today


def _offer_again(context: Import, named: Sequence[MembershipCategory]) -> None:
    """An earlier file had only former members in these; what a team closed keeps its members."""
    closed = [category for category in named if not category.is_offered]
    kept = Membership.objects.filter(cluster=context.cluster, category__in=closed)
    used = set(kept.on(context.comparison.today).values_list("category_id", flat=True))
    for category in closed:
        if category.pk not in used:
            facts = CategoryFacts(category.name, category.description)
            change_category_facts(seats=context.seats, category=category, facts=facts)


def join(
    context: Import, members: Sequence[Draft], categories: dict[str, MembershipCategory]
) -> dict[int, Membership]:
    """Memberships by row."""
    new = [
        NewMember(
            organisation=context.organisations[draft.organisation],
            category=categories[folded(draft.notes["category"])],
            first_day=draft.values["since"],
            last_day=after(draft.get("until")),
            is_paying=draft.notes["pays"],
            source=context.source,
        )
        for draft in members
    ]
    joined = join_many(seats=context.seats, cluster=context.cluster, new=new)
    context.done["memberships"] += len(joined)
    return dict(zip((draft.row for draft in members), joined, strict=True))


def change_kept(
    context: Import, draft: Draft, kept: Membership, categories: dict[str, MembershipCategory]
) -> None:
    facts: dict[str, Any] = {}
    since, until = draft.get("since"), draft.get("until")
    period = DateRange(
        since or kept.period.lower, after(until) if until is not None else kept.period.upper
    )
    if period != kept.period:
        facts["period"] = period
    if draft.notes.get("category"):
        facts["category"] = categories[folded(draft.notes["category"])]
    if "pays" in draft.notes:
        facts["is_paying"] = draft.notes["pays"]
    if changed(kept, **facts):
        context.done["memberships changed"] += 1


def promise_amounts(
    context: Import, rows: Sequence[Draft], joined: dict[int, Membership], held: Held
) -> None:
    year = held.working_year
    if year is None:
        return
    first: list[Promise] = []
    again: list[Promise] = []
    for draft in rows:
        amount = draft.get("contribution")
        organisation = context.organisations[draft.organisation].pk
        membership = joined.get(draft.row) or held.memberships.get(organisation)
        if amount is None or membership is None:
            continue
        promise = Promise(membership, year, amount.quantize(Decimal("0.01")))
        (again if organisation in held.amounts else first).append(promise)
    seats, cluster = context.seats, context.cluster.pk
    promise_contributions(seats=seats, cluster_id=cluster, promises=first)
    context.done["contributions"] += len(first)
    for promise in again:
        context.done["contributions"] += promise_contribution(seats=seats, promise=promise)[1]


def state_all(context: Import, rows: Sequence[Draft], held: Held) -> None:
    first: dict[tuple[int, int], Size] = {}
    for draft in rows:
        if draft.get("headcount") is None and draft.get("turnover") is None:
            continue
        organisation = context.organisations[draft.organisation]
        year = size_year(context.comparison, draft)
        kept = held.sizes.get((organisation.pk, year))
        size = Size(
            organisation,
            year,
            context.source,
            headcount=_told(draft, kept, "headcount"),
            turnover=_told(draft, kept, "turnover"),
            balance_total=kept.balance_total if kept else None,
        )
        if kept is None:
            first[organisation.pk, year] = size
        elif "size" in draft.makes or draft.changes:
            _restate(context, size)
    state_sizes(seats=context.seats, cluster_id=context.cluster.pk, sizes=list(first.values()))
    context.done["sizes"] += len(first)


def _told(draft: Draft, kept: SizeStatement | None, key: str) -> Any:  # noqa: ANN401 - a count or an amount
    told = draft.get(key)
    return told if told is not None or kept is None else getattr(kept, key)


def _restate(context: Import, size: Size) -> None:
    _row, is_new = state_size(seats=context.seats, cluster_id=context.cluster.pk, size=size)
    context.done["sizes"] += is_new
