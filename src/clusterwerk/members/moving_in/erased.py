"""People who were erased on request: a file of an earlier day does not bring them back.

They are known by a digest of their address alone. A row about such a person is left out and its
cells are emptied, so that the preview does not hold them again, and the file of what is left over
tells their number alone; of a row about an organisation only the cells of the person are. Somebody
who is a contact again, because they came back themselves, is not meant.
"""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from clusterwerk.members.models import MoveRow, RowState, SuppressionCause
from clusterwerk.members.moving_in.context import Comparison
from clusterwerk.members.moving_in.drafts import CONTACT, ERASED, ROW, Draft, choice_text
from clusterwerk.members.moving_in.parts.contacts import CONSENT_FIELDS, CONTACT_FIELDS, ContactPart
from clusterwerk.members.moving_in.targets import Target
from clusterwerk.members.privacy import suppressed

OF_A_PERSON = frozenset(field.key for field in (*CONTACT_FIELDS, *CONSENT_FIELDS))


def leave_out_erased(context: Comparison, target: Target, drafts: Sequence[Draft]) -> None:
    """Before anybody is looked for; what is emptied is written at once."""
    is_of_people = not _keeps_organisations(target)
    for draft in _of_erased(context, drafts):
        _empty(draft, is_whole=is_of_people)
        MoveRow.objects.filter(cluster_id=context.cluster.pk, pk=draft.row).update(
            cells=list(draft.cells),
            choice=choice_text(draft.choices),
            **({"state": RowState.SKIPPED, "title": ""} if is_of_people else {}),
        )
    for draft in drafts:
        if draft.is_erased:
            draft.title = ""
            draft.remark(_("Erased on request, and not brought back. The row was emptied."))
        elif draft.choices.get(CONTACT) == ERASED:
            draft.remark(_("The contact was erased on request, and is not brought back."), "email")


def _keeps_organisations(target: Target) -> bool:
    """A list of members names a person beside each; other lists are about the people."""
    return any(
        isinstance(part, ContactPart) and part.makes and not part.is_needed for part in target.parts
    )


def _of_erased(context: Comparison, drafts: Sequence[Draft]) -> Iterator[Draft]:
    told = {draft.get("email") for draft in drafts} - {None}
    causes = suppressed(context.cluster.pk, told) if told else {}
    gone = {
        address
        for address, cause in causes.items()
        if cause == SuppressionCause.ERASED and not context.people.has(address)
    }
    return (draft for draft in drafts if draft.get("email") in gone)


def _empty(draft: Draft, *, is_whole: bool) -> None:
    keys = set(draft.columns) if is_whole else OF_A_PERSON & set(draft.columns)
    emptied = {at for key, at in draft.columns.items() if key in keys}
    draft.cells = ["" if is_whole or at in emptied else cell for at, cell in enumerate(draft.cells)]
    for key in keys:
        draft.values.pop(key, None)
    draft.problems = [
        each for each in draft.problems if not is_whole and each.column not in emptied
    ]
    draft.remarks = [each for each in draft.remarks if not is_whole and each.column not in emptied]
    draft.choices = {**draft.choices, (ROW if is_whole else CONTACT): ERASED}
