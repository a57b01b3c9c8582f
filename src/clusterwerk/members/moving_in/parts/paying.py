"""Whether the member of a row pays, which counts for the indicators also without an amount.

What the file says comes first: its column of who pays, else the contribution, where 0 is a no and
needs no agreement to be understood. A new member of whom the file says nothing follows its
category: one that asks 0 of everybody is free. Who is left counts as paying.
"""

from django.utils.translation import gettext as _

from clusterwerk.members.models import Membership
from clusterwerk.members.moving_in.drafts import Draft
from clusterwerk.members.moving_in.parts.held import Held
from clusterwerk.platform.text import folded


def told_paying(draft: Draft) -> bool | None:
    """What the file says; None where it says nothing."""
    told, amount = draft.get("pays"), draft.get("contribution")
    if told is not None:
        return bool(told)
    return None if amount is None else bool(amount > 0)


def note_paying(draft: Draft, held: Held) -> None:
    """Of a new membership, with the reason for the preview; its category is known by now."""
    told = told_paying(draft)
    is_free = folded(draft.notes["category"]) in held.free_categories
    draft.notes["pays"] = not is_free if told is None else told
    if told is not None:
        draft.told.append(_("Pays a contribution.") if told else _("Pays no contribution."))
    elif is_free:
        draft.told.append(_("Pays no contribution: its category asks none."))
    else:
        draft.told.append(_("Counts as paying: the file does not say whether it pays."))


def compare_paying(draft: Draft, kept: Membership) -> None:
    told = told_paying(draft)
    if told is not None and told != kept.is_paying:
        draft.notes["pays"] = told
        draft.differs(_("Pays a contribution"), _yes(kept.is_paying), _yes(told))


def _yes(value: object) -> str:
    return _("yes") if value else _("no")
