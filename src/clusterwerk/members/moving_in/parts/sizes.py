"""How large an organisation says it is: headcount and turnover of one year, of members alone.

A cluster keeps sizes of who is or was its member. A file of companies names others too; what it
says of those is left out and told.
"""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.members.moving_in.context import Comparison, Import
from clusterwerk.members.moving_in.drafts import Draft, alive, written
from clusterwerk.members.moving_in.fields import Field
from clusterwerk.members.moving_in.parts.enrolling import state_all
from clusterwerk.members.moving_in.parts.held import Held, held_by, size_year
from clusterwerk.members.moving_in.values import Kind

SIZE_FIELDS = (
    Field("headcount", gettext_lazy("Headcount"), Kind.COUNT),
    Field("turnover", gettext_lazy("Turnover"), Kind.AMOUNT),
    Field("size_year", gettext_lazy("Year of the size"), Kind.COUNT),
)
JOINING = "members that this move makes"  # on the shelf: the rows that do


def has_size(draft: Draft) -> bool:
    return draft.get("headcount") is not None or draft.get("turnover") is not None


class SizePart:
    """Of organisations that are, were or in this move become members."""

    fields: tuple[Field, ...] = SIZE_FIELDS

    def compare(self, context: Comparison, drafts: Sequence[Draft]) -> None:
        held = held_by(context)
        joining = {each.organisation for each in context.shelf.get(JOINING, ()) if each.is_written}
        for draft in alive(drafts):
            if not has_size(draft) or not draft.organisation:
                continue
            pk = context.firms.by_ref[draft.organisation].pk
            if pk in held.memberships or draft.organisation in joining:
                compare_size(context, draft, pk, held)
            else:
                _leave_out(draft)

    def write(self, context: Import, drafts: Sequence[Draft]) -> None:
        held = held_by(context.comparison)
        rows = [draft for draft in written(drafts) if draft.organisation and has_size(draft)]
        state_all(
            context,
            [
                draft
                for draft in rows
                if context.organisations[draft.organisation].pk in held.memberships
            ],
            held,
        )


def _leave_out(draft: Draft) -> None:
    message = _("Left out: a size is kept of members alone, and this one is no member.")
    draft.remark(message, "headcount" if draft.get("headcount") is not None else "turnover")
    for key in ("headcount", "turnover"):
        draft.values.pop(key, None)


def compare_size(context: Comparison, draft: Draft, pk: int | None, held: Held) -> None:
    """With the year in the preview: a file seldom says of which year it speaks."""
    year = size_year(context, draft)
    size = held.sizes.get((pk, year)) if pk else None
    if size is None:
        draft.makes_also("size")
        draft.told.append(_taken_for(context, year))
        return
    for key, label in (("headcount", _("Headcount")), ("turnover", _("Turnover"))):
        told = draft.get(key)
        if told is not None and told != getattr(size, key):
            draft.differs(f"{label} {year}", getattr(size, key), told)


def _taken_for(context: Comparison, year: int) -> str:
    key = f"size of {year}"
    if key not in context.shelf:
        context.shelf[key] = _("Size taken for the year %(year)s.") % {"year": year}
    told: str = context.shelf[key]
    return told
