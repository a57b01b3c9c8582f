"""The membership of a row: since when, in which category, for how much, and how large."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.clusters.models import Cluster
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
from clusterwerk.members.models import Contribution, Membership, MembershipCategory, SizeStatement
from clusterwerk.members.moving_in.context import Comparison, Import
from clusterwerk.members.moving_in.drafts import Draft, alive, written
from clusterwerk.members.moving_in.fields import Field
from clusterwerk.members.moving_in.values import Kind
from clusterwerk.platform.rows import changed
from clusterwerk.platform.text import folded
from clusterwerk.programme.queries import term_of_cluster

MEMBERSHIP_FIELDS = (
    Field("category", gettext_lazy("Membership category")),
    Field("since", gettext_lazy("Member since"), Kind.DAY),
    Field("until", gettext_lazy("Member until (last day)"), Kind.DAY),
    Field("pays", gettext_lazy("Pays a contribution"), Kind.YES_NO),
    Field("contribution", gettext_lazy("Contribution of this working year"), Kind.AMOUNT),
    Field("headcount", gettext_lazy("Headcount"), Kind.COUNT),
    Field("turnover", gettext_lazy("Turnover"), Kind.AMOUNT),
    Field("size_year", gettext_lazy("Year of the size"), Kind.COUNT),
)
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class Held:
    """What the cluster holds of its members, by organisation; the last membership of each."""

    memberships: dict[int, Membership]
    categories: dict[str, MembershipCategory]
    amounts: dict[int, Decimal]
    sizes: dict[tuple[int, int], SizeStatement]
    working_year: int | None


class MembershipPart:
    """A first day is needed: its own, or the one chosen for all rows without."""

    fields: tuple[Field, ...] = MEMBERSHIP_FIELDS

    def compare(self, context: Comparison, drafts: Sequence[Draft]) -> None:
        held = _held(context)
        seen: dict[str, int] = context.shelf.setdefault("members of this move", {})
        for draft in alive(drafts):
            if not draft.organisation:
                continue
            first = seen.setdefault(draft.organisation, draft.row)
            if first != draft.row and not draft.get("until"):
                draft.makes.clear()
                draft.remark(_("The same member stands in an earlier row; this one adds nothing."))
                continue
            self._plan(context, draft, held)

    def _plan(self, context: Comparison, draft: Draft, held: Held) -> None:
        firm = context.firms.by_ref[draft.organisation]
        kept = held.memberships.get(firm.pk) if firm.pk else None
        _default_since(context, draft, kept)
        if _refused(context, draft, kept):
            return
        if kept is None or _is_again(kept, draft.get("since")):
            draft.makes_also("membership")
            _note_category(context, draft, held)
        else:
            draft.notes["membership"] = kept.pk
            _compare_kept(context, draft, kept)
        _compare_facts(context, draft, firm.pk, held)

    def write(self, context: Import, drafts: Sequence[Draft]) -> None:
        rows = [draft for draft in written(drafts) if draft.organisation]
        held = _held(context.comparison)
        categories = _categories(context, rows)
        members = [draft for draft in rows if "membership" in draft.makes]
        joined = _join(context, members, categories)
        for draft in rows:
            kept = held.memberships.get(context.organisations[draft.organisation].pk)
            if "membership" not in draft.makes and kept is not None and draft.changes:
                _change(context, draft, kept, categories)
                joined[draft.row] = kept
        _promise(context, rows, joined, held)
        _state(context, rows, held)


def _held(context: Comparison) -> Held:
    """Read once for the file at hand; another file of the same move may have added to it."""
    key = ("held", context.file.pk)
    if key not in context.shelf:
        context.shelf[key] = _read(context)
    held: Held = context.shelf[key]
    return held


def _read(context: Comparison) -> Held:
    cluster = context.cluster
    memberships = Membership.objects.filter(cluster=cluster).order_by("period")
    term = term_of_cluster(cluster.pk)
    year = term.working_year(context.today) if term else None
    amounts = Contribution.objects.filter(cluster=cluster, working_year=year or 0)
    sizes = SizeStatement.objects.filter(cluster=cluster)
    return Held(
        {row.organisation_id: row for row in memberships.select_related("category")},
        _known_categories(cluster),
        {row.organisation_id: row.amount for row in amounts},
        {(row.organisation_id, row.year): row for row in sizes},
        year,
    )


def _known_categories(cluster: Cluster) -> dict[str, MembershipCategory]:
    return {folded(row.name): row for row in MembershipCategory.objects.filter(cluster=cluster)}


def _default_since(context: Comparison, draft: Draft, kept: Membership | None) -> None:
    if draft.get("since") is None and context.options.get("since") and kept is None:
        draft.values["since"] = date.fromisoformat(context.options["since"])


def _refused(context: Comparison, draft: Draft, kept: Membership | None) -> bool:
    """Note what is wrong with the days; whether anything is."""
    since, until = draft.get("since"), draft.get("until")
    before = len(draft.problems)
    if since is None and kept is None:
        draft.wrong(
            _("Since when it is a member is missing. Fill it in, or choose a day for all rows."),
            "since",
        )
    if since is not None and since > context.today:
        draft.wrong(_("The first day, %(day)s, is still to come.") % {"day": since}, "since")
    first = since or (kept.period.lower if kept else None)
    if first and until and until < first:
        draft.wrong(_("The last day lies before the first."), "until")
    return len(draft.problems) > before


def _is_again(kept: Membership, since: date | None) -> bool:
    """It left and came back: a new membership after the end of the old one."""
    end = kept.period.upper
    return end is not None and since is not None and since >= end


def _after(last_day: date | None) -> date | None:
    """Periods hold their first day and not their last; files name the last day."""
    return None if last_day is None else date.fromordinal(last_day.toordinal() + 1)


def _note_category(context: Comparison, draft: Draft, held: Held) -> None:
    name = _category_name(context, draft)
    draft.notes["category"] = name
    if folded(name) not in held.categories:
        draft.makes_also("category")


def _category_name(context: Comparison, draft: Draft) -> str:
    """What the file says, by the words a person chose for it; else the one for all rows."""
    written_name = str(draft.get("category") or "")
    chosen: dict[str, str] = context.options.get("categories", {})
    fallback = str(context.options.get("category") or _("Member"))
    return (chosen.get(folded(written_name)) or written_name or fallback)[:100]


def _compare_kept(context: Comparison, draft: Draft, kept: Membership) -> None:
    since, until = draft.get("since"), draft.get("until")
    if draft.get("category"):
        name = _category_name(context, draft)
        draft.notes["category"] = name
        if folded(name) != folded(kept.category.name):
            draft.differs(_("Category"), kept.category.name, name)
    if since is not None and since != kept.period.lower:
        draft.differs(_("Member since"), kept.period.lower, since)
    if until is not None and _after(until) != kept.period.upper:
        draft.differs(_("First day without"), kept.period.upper, _after(until))
    pays = draft.get("pays")
    if pays is not None and pays != kept.is_paying:
        draft.differs(_("Pays a contribution"), _yes(kept.is_paying), _yes(pays))


def _yes(value: object) -> str:
    return _("yes") if value else _("no")


def _compare_facts(context: Comparison, draft: Draft, pk: int | None, held: Held) -> None:
    """Contribution and size, beside what is written down already."""
    _compare_amount(draft, pk, held)
    if draft.get("headcount") is not None or draft.get("turnover") is not None:
        _compare_size(context, draft, pk, held)


def _compare_amount(draft: Draft, pk: int | None, held: Held) -> None:
    amount = draft.get("contribution")
    if amount is not None and held.working_year is None:
        message = _("Left out: without an agreement there is no working year for a contribution.")
        draft.remark(message, "contribution")
        draft.values["contribution"] = None
    elif amount is not None:
        if amount < 0:
            draft.wrong(_("A contribution is not negative."), "contribution")
        kept = held.amounts.get(pk) if pk else None
        if kept is not None and kept != amount:
            draft.differs(_("Contribution"), kept, amount.quantize(Decimal("0.01")))
        elif kept is None and "membership" not in draft.makes:
            draft.makes_also("contribution")


def _compare_size(context: Comparison, draft: Draft, pk: int | None, held: Held) -> None:
    year = _size_year(context, draft)
    size = held.sizes.get((pk, year)) if pk else None
    if size is None:
        draft.makes_also("size")
        return
    for key, label in (("headcount", _("Headcount")), ("turnover", _("Turnover"))):
        told = draft.get(key)
        if told is not None and told != getattr(size, key):
            draft.differs(f"{label} {year}", getattr(size, key), told)


def _size_year(context: Comparison, draft: Draft) -> int:
    told = draft.get("size_year")
    if told is not None and not FIRST_YEAR <= told <= LAST_YEAR:
        draft.wrong(_("%(year)s is no year.") % {"year": told}, "size_year")
    return int(told or context.options.get("size_year") or context.today.year)


# --- Writing -------------------------------------------------------------------------------------


def _categories(context: Import, rows: Sequence[Draft]) -> dict[str, MembershipCategory]:
    """All that the rows name, made where the cluster does not know them yet.

    One that only former members had is kept for them and not offered to new ones.
    """
    found = _known_categories(context.cluster)
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


def _join(
    context: Import, members: Sequence[Draft], categories: dict[str, MembershipCategory]
) -> dict[int, Membership]:
    """Memberships by row."""
    new = [
        NewMember(
            organisation=context.organisations[draft.organisation],
            category=categories[folded(draft.notes["category"])],
            first_day=draft.values["since"],
            last_day=_after(draft.get("until")),
            is_paying=_is_paying(context, draft),
            source=context.source,
        )
        for draft in members
    ]
    joined = join_many(seats=context.seats, cluster=context.cluster, new=new)
    context.done["memberships"] += len(joined)
    return dict(zip((draft.row for draft in members), joined, strict=True))


def _is_paying(context: Import, draft: Draft) -> bool:
    told = draft.get("pays")
    if told is not None:
        return bool(told)
    amount = draft.get("contribution")
    return amount > 0 if amount is not None else bool(context.comparison.options.get("pays", True))


def _change(
    context: Import, draft: Draft, kept: Membership, categories: dict[str, MembershipCategory]
) -> None:
    facts: dict[str, Any] = {}
    since, until = draft.get("since"), draft.get("until")
    period = DateRange(
        since or kept.period.lower, _after(until) if until is not None else kept.period.upper
    )
    if period != kept.period:
        facts["period"] = period
    if draft.notes.get("category"):
        facts["category"] = categories[folded(draft.notes["category"])]
    if draft.get("pays") is not None:
        facts["is_paying"] = draft.get("pays")
    if changed(kept, **facts):
        context.done["memberships changed"] += 1


def _promise(
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


def _state(context: Import, rows: Sequence[Draft], held: Held) -> None:
    first: dict[tuple[int, int], Size] = {}
    for draft in rows:
        if draft.get("headcount") is None and draft.get("turnover") is None:
            continue
        organisation = context.organisations[draft.organisation]
        year = _size_year(context.comparison, draft)
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
