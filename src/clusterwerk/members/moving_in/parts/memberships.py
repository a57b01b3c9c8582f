"""The membership of a row: since when, in which category, for how much, and how large."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.members.models import Membership
from clusterwerk.members.moving_in.context import Comparison, Import
from clusterwerk.members.moving_in.drafts import Draft, alive, written
from clusterwerk.members.moving_in.fields import Field
from clusterwerk.members.moving_in.parts.enrolling import (
    change_kept,
    join,
    make_categories,
    promise_amounts,
    state_all,
)
from clusterwerk.members.moving_in.parts.held import Held, after, held_by
from clusterwerk.members.moving_in.parts.paying import compare_paying, note_paying
from clusterwerk.members.moving_in.parts.sizes import JOINING, SIZE_FIELDS, compare_size, has_size
from clusterwerk.members.moving_in.values import Kind
from clusterwerk.platform.text import folded
from clusterwerk.platform.ui.templatetags.ui import euro

MEMBERSHIP_FIELDS = (
    Field("category", gettext_lazy("Membership category")),
    Field("since", gettext_lazy("Member since"), Kind.DAY),
    Field("until", gettext_lazy("Member until (last day)"), Kind.DAY),
    Field("pays", gettext_lazy("Pays a contribution"), Kind.YES_NO),
    Field("contribution", gettext_lazy("Contribution of this working year"), Kind.FEE),
    *SIZE_FIELDS,
)


class MembershipPart:
    """A first day is needed: its own, or the one chosen for all rows without."""

    fields: tuple[Field, ...] = MEMBERSHIP_FIELDS

    def compare(self, context: Comparison, drafts: Sequence[Draft]) -> None:
        held = held_by(context)
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
            context.shelf.setdefault(JOINING, []).append(draft)
            _note_category(context, draft, held)
            note_paying(draft, held)
        else:
            draft.notes["membership"] = kept.pk
            _compare_kept(context, draft, kept)
        _compare_facts(context, draft, firm.pk, held)

    def write(self, context: Import, drafts: Sequence[Draft]) -> None:
        rows = [draft for draft in written(drafts) if draft.organisation]
        held = held_by(context.comparison)
        categories = make_categories(context, rows)
        members = [draft for draft in rows if "membership" in draft.makes]
        joined = join(context, members, categories)
        for draft in rows:
            kept = held.memberships.get(context.organisations[draft.organisation].pk)
            if "membership" not in draft.makes and kept is not None and draft.changes:
                change_kept(context, draft, kept, categories)
                joined[draft.row] = kept
        promise_amounts(context, rows, joined, held)
        state_all(context, rows, held)


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


def _note_category(context: Comparison, draft: Draft, held: Held) -> None:
    name = _category_name(context, draft)
    draft.notes["category"] = name
    if folded(name) not in held.categories:
        draft.makes_also("category")


def _category_name(context: Comparison, draft: Draft) -> str:
    """What the file says, by the words a person chose for it; else the one for all rows."""
    written_name = str(draft.get("category") or "")
    chosen: dict[str, str] = context.options.get("categories", {})
    told = chosen.get(folded(written_name)) or written_name or context.options.get("category")
    return str(told or _("Member"))[:100]


def _compare_kept(context: Comparison, draft: Draft, kept: Membership) -> None:
    since, until = draft.get("since"), draft.get("until")
    if draft.get("category"):
        name = _category_name(context, draft)
        draft.notes["category"] = name
        if folded(name) != folded(kept.category.name):
            draft.differs(_("Category"), kept.category.name, name)
    if since is not None and since != kept.period.lower:
        draft.differs(_("Member since"), kept.period.lower, since)
    if until is not None and after(until) != kept.period.upper:
        draft.differs(_("First day without"), kept.period.upper, after(until))
    compare_paying(draft, kept)


def _compare_facts(context: Comparison, draft: Draft, pk: int | None, held: Held) -> None:
    """Contribution and size, beside what is written down already."""
    _compare_amount(draft, pk, held)
    if has_size(draft):
        compare_size(context, draft, pk, held)


def _compare_amount(draft: Draft, pk: int | None, held: Held) -> None:
    amount = draft.get("contribution")
    if amount is not None and amount < 0:
        draft.wrong(_("A contribution is not negative."), "contribution")
    elif amount is not None and held.working_year is None:
        message = _("Left out: without an agreement there is no working year for a contribution.")
        draft.remark(message, "contribution")
        draft.values["contribution"] = None
    elif amount is not None:
        kept = held.amounts.get(pk) if pk else None
        if kept is not None and kept != amount:
            draft.differs(_("Contribution"), euro(kept), euro(amount))  # a 0 is no empty cell
        elif kept is None and "membership" not in draft.makes:
            draft.makes_also("contribution")
