"""Who was meant, remembered from move to move: nobody is asked twice what the team has answered.

An answer is kept with the move that was imported with it, under a keyed digest of its question:
what was asked holds names and addresses, which go with the rows. A move that was taken back gives
no answers, and of two the later counts. What the team said among the duplicates, “not the same”,
answers too: of two organisations of one name the one in the postcode of the row is meant.

An answer that was taken over stands in the row like one that was given there, with its origin.
"""

import hmac
from collections.abc import Collection, Iterable
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.db.models.fields.json import KeyTransform
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusterwerk.directory.duplicates.merging import SUBJECT
from clusterwerk.directory.duplicates.searching import called_distinct
from clusterwerk.measure.duplicates.names import compared
from clusterwerk.members.models import Move, MoveState
from clusterwerk.members.moving_in.context import Comparison, Import
from clusterwerk.members.moving_in.drafts import (
    ASK,
    ASKED,
    CONTACT,
    ERASED,
    FROM,
    NONE,
    ORGANISATION,
    Doubt,
    Draft,
)

SALT = b"clusterwerk.members.moving_in.answers"
SHELF = "answers of earlier moves"
APART = "apart"  # the origin of an answer that follows from “not the same”


def digest_of(cluster: int, slot: str, key: str) -> str:
    """Of a question; without the secret of the installation nobody finds out by trying names."""
    text = SALT + f"|{cluster}|{slot}|{key}".encode()
    return hmac.new(force_bytes(settings.SECRET_KEY), text, sha256).hexdigest()[:32]


def answered(context: Comparison, draft: Draft, doubt: Doubt, known: Collection[str]) -> str:
    """The answer that the team gave before, taken over into the draft; empty where there is none.

    `known` are those who may be meant now; a row that a person wants to be asked gets none.
    """
    if draft.choices.get(doubt.slot) == ASK:
        return ""
    digest = digest_of(context.cluster.pk, doubt.slot, doubt.key)
    ref, origin = _given(context).get(digest, ("", ""))
    if not (ref in known or (ref == NONE and not doubt.may_make)):
        ref, origin = _told_apart(context, draft, doubt), APART
    if ref:
        draft.choices = {
            **draft.choices,
            doubt.slot: ref,
            f"{ASKED}{doubt.slot}": digest,
            f"{FROM}{doubt.slot}": origin,
        }
        tell_origin(draft, doubt.slot)
    return ref


def tell_origin(draft: Draft, slot: str) -> None:
    """Say in the preview where an answer came from that nobody gave in this move."""
    origin = draft.choices.get(f"{FROM}{slot}", "")
    if origin == APART:
        draft.told.append(_("Chosen, because the others of this name were called not the same."))
    elif origin:
        on = date_format(date.fromisoformat(origin), "DATE_FORMAT")
        draft.told.append(_("Chosen, as you answered in the move of %(day)s.") % {"day": on})


def _given(context: Comparison) -> dict[str, tuple[str, str]]:
    """By digest: the answer, and the day of the move that brought it."""
    if SHELF not in context.shelf:
        # `outcome__answers` would do, but keeps all that is compared alive until it is collected.
        moves = Move.objects.filter(
            cluster=context.cluster, state=MoveState.IMPORTED, outcome__has_key="answers"
        ).order_by("imported_at", "pk")
        context.shelf[SHELF] = {
            digest: (ref, timezone.localdate(at).isoformat())
            for at, answers in moves.values_list("imported_at", KeyTransform("answers", "outcome"))
            for digest, ref in answers.items()
        }
    given: dict[str, tuple[str, str]] = context.shelf[SHELF]
    return given


def _told_apart(context: Comparison, draft: Draft, doubt: Doubt) -> str:
    """The one of this name in the postcode of the row, when all others are called another."""
    postcode = draft.get("postcode")
    if doubt.slot != ORGANISATION or not postcode:
        return ""
    firms = [context.firms.by_ref[each.ref] for each in doubt.candidates]
    name = compared(doubt.about).compact
    meant = [
        firm for firm in firms if firm.postcode == postcode and compared(firm.name).compact == name
    ]
    if len(meant) != 1 or meant[0].pk is None or len(firms) == 1:
        return ""
    others = {firm.pk for firm in firms} - {meant[0].pk}
    apart = called_distinct(context.cluster.pk, SUBJECT, meant[0].pk)
    return meant[0].ref if others <= apart else ""


def answers_given(importing: Import, drafts: Iterable[Draft]) -> dict[str, str]:
    """What people chose in these rows, by the digest of what was asked; for the next move.

    What they had made is by now a row like others, and is meant the next time.
    """
    found: dict[str, str] = {}
    for draft in (each for each in drafts if each.choices):
        for slot in (ORGANISATION, CONTACT):
            digest, chosen = draft.choices.get(f"{ASKED}{slot}"), draft.choices.get(slot)
            if not digest or chosen in {None, ASK, ERASED}:
                continue
            ref = NONE if chosen == NONE else _standing(importing, draft, slot)
            found |= {digest: ref} if ref else {}
    return found


def _standing(importing: Import, draft: Draft, slot: str) -> str:
    """The row that is meant, under the reference that it has in every move."""
    if slot == CONTACT:
        person = importing.comparison.people.by_ref.get(draft.contact)
        contact = importing.contacts.get(draft.contact) or (person and person.contact)
        return f"c:{contact.pk}" if contact else ""
    firm = importing.comparison.firms.by_ref.get(draft.organisation)
    organisation = importing.organisations.get(draft.organisation)
    key = organisation.pk if organisation else firm and firm.pk
    return f"o:{key}" if key else ""
