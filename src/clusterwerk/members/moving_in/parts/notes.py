"""Notes, calls and meetings of an earlier system, on the timeline of whom they were with."""

import hashlib
import html
import re
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.members.actions import NewInteraction, Party, log_interactions
from clusterwerk.members.models import Interaction, InteractionKind
from clusterwerk.members.moving_in.context import Comparison, Import
from clusterwerk.members.moving_in.drafts import Draft, alive, written
from clusterwerk.members.moving_in.fields import Field
from clusterwerk.members.moving_in.values import Kind
from clusterwerk.platform.text import folded

NOTE_FIELDS = (
    Field("note_body", gettext_lazy("What was said"), Kind.LONG),
    Field("note_subject", gettext_lazy("Subject")),
    Field("happened_at", gettext_lazy("When"), Kind.MOMENT),
    Field("note_kind", gettext_lazy("Kind: meeting, call, mail, note")),
    Field("external_id", gettext_lazy("Number in the earlier system")),
    Field("author", gettext_lazy("Who wrote it")),
)
KINDS = {
    InteractionKind.MEETING: ("meet", "bezoek", "visit", "afspraak", "overleg", "reunion"),
    InteractionKind.CALL: ("call", "tele", "bel", "appel"),
    InteractionKind.MAIL: ("mail", "courriel"),
}
TAGS = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.IGNORECASE)
REST = re.compile(r"<[^>]{1,2000}>")
LONGEST = 20_000


class InteractionPart:
    fields: tuple[Field, ...] = NOTE_FIELDS

    def compare(self, context: Comparison, drafts: Sequence[Draft]) -> None:
        rows = list(alive(drafts))
        for draft in rows:
            self._check(context, draft)
        asked = [draft.notes["id"] for draft in rows if "id" in draft.notes]
        known = Interaction.objects.filter(cluster=context.cluster, external_id__in=asked)
        seen = set(known.values_list("external_id", flat=True))
        for draft in rows:
            if "id" in draft.notes and draft.notes["id"] not in seen and draft.is_alive:
                seen.add(draft.notes["id"])
                draft.makes_also("interaction")

    def _check(self, context: Comparison, draft: Draft) -> None:
        body, subject = plain_text(draft.get("note_body") or ""), draft.get("note_subject") or ""
        draft.title = (subject or body)[:80]
        if not body and not subject:
            draft.wrong(_("The note is empty."), "note_body")
            return
        moment: datetime | None = draft.get("happened_at")
        if moment is None:
            draft.wrong(_("The day of the note is missing."), "happened_at")
            return
        if moment.date() > context.today:
            draft.wrong(_("The day of the note is still to come."), "happened_at")
            return
        if not draft.organisation and not draft.contact and not draft.doubts:
            draft.wrong(_("Neither its organisation nor its contact is known here."), "name")
            return
        draft.notes |= {"body": body, "id": _external_id(draft, body)}

    def write(self, context: Import, drafts: Sequence[Draft]) -> None:
        rows = [draft for draft in written(drafts) if "interaction" in draft.makes]
        new = [_interaction(context, draft) for draft in rows]
        made = log_interactions(seats=context.seats, cluster=context.cluster, new=new)
        context.done["interactions"] += len(made)


def _interaction(context: Import, draft: Draft) -> NewInteraction:
    organisation = context.organisations.get(draft.organisation)
    contact = context.contacts.get(draft.contact)
    author = draft.get("author")
    body = draft.notes["body"]
    if author:
        body = f"{body}\n\n({author})".strip()
    is_demo = organisation.is_demo if organisation else context.comparison.is_demo
    return NewInteraction(
        kind=_kind(draft.get("note_kind") or ""),
        parties=(Party(organisation=organisation, contact=contact),),
        subject=str(draft.get("note_subject") or "")[:200],
        body=body,
        happened_at=timezone.make_aware(draft.get("happened_at")),
        source=context.source,
        external_id=draft.notes["id"],
        is_demo=is_demo,
    )


def _kind(text: str) -> InteractionKind:
    word = folded(text)
    for kind, parts in KINDS.items():
        if any(part in word for part in parts):
            return kind
    return InteractionKind.NOTE


def _external_id(draft: Draft, body: str) -> str:
    """The number of the source, else a digest of what the note says, so that it comes in once."""
    told = draft.get("external_id")
    if told:
        return f"file:{told}"[:255]
    parts = [body, *(draft.text(key) for key in ("happened_at", "name", "email"))]
    return "digest:" + hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:40]


def plain_text(text: str) -> str:
    """Without the marks of web pages, which other systems leave in their exports."""
    if "<" in text:
        text = html.unescape(REST.sub("", TAGS.sub("\n", text)))
    lines = (line.strip() for line in text.replace("\xa0", " ").splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:LONGEST]
