"""The person of a row, what they do at the organisation, and what they allow."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterwerk.members.actions import (
    ContactFacts,
    NewPosition,
    Said,
    add_contacts,
    add_positions,
    change_contact,
    change_position,
    record_consents,
)
from clusterwerk.members.models import (
    ConsentPurpose,
    ConsentState,
    ConsentWay,
    Contact,
    PositionRole,
)
from clusterwerk.members.moving_in import values
from clusterwerk.members.moving_in.answers import answered, tell_origin
from clusterwerk.members.moving_in.context import Comparison, Import
from clusterwerk.members.moving_in.drafts import CONTACT, NEW, NONE, Draft, alive, written
from clusterwerk.members.moving_in.fields import Field
from clusterwerk.members.moving_in.people import Person, split_name
from clusterwerk.members.moving_in.values import Kind
from clusterwerk.platform.text import folded

CONTACT_FIELDS = (
    Field("full_name", gettext_lazy("Contact, whole name")),
    Field("first_name", gettext_lazy("First name")),
    Field("last_name", gettext_lazy("Last name")),
    Field("email", gettext_lazy("E-mail address"), Kind.EMAIL),
    Field("phone", gettext_lazy("Telephone"), Kind.PHONE),
    Field("mobile", gettext_lazy("Mobile telephone"), Kind.PHONE),
    Field("title", gettext_lazy("Title at the organisation")),
    Field("language", gettext_lazy("Language"), Kind.LANGUAGE),
)
FACTS = (
    ("first_name", gettext_lazy("First name")),
    ("last_name", gettext_lazy("Last name")),
    ("email", gettext_lazy("E-mail address")),
    ("phone", gettext_lazy("Telephone")),
    ("mobile", gettext_lazy("Mobile telephone")),
    ("language", gettext_lazy("Language")),
)
ROLES = {
    PositionRole.FINANCE: ("finan", "boekhoud", "account", "compta", "invoice", "facturat"),
    PositionRole.COMMUNICATION: ("communic", "marketing", "pr-", "pers"),
    PositionRole.TECHNICAL: ("techn", "engineer", "ingenieur", "r&d", "research", "onderzoek"),
    PositionRole.REPRESENTATIVE: ("ceo", "zaakvoerder", "bestuurder", "directeur", "director",
                                  "managing", "gerant", "owner", "eigenaar"),
}  # fmt: skip


class ContactPart:
    """`makes`: an unknown person becomes a contact; `is_needed`: a row without one is wrong."""

    fields: tuple[Field, ...] = CONTACT_FIELDS

    def __init__(self, *, makes: bool = True, is_needed: bool = False) -> None:
        self.makes = makes
        self.is_needed = is_needed

    def compare(self, context: Comparison, drafts: Sequence[Draft]) -> None:
        for draft in alive(drafts):
            first, last = _names(draft)
            email = draft.get("email") or ""
            if not (first or last or email):
                if self.is_needed:
                    draft.wrong(_("The row names no person: no name and no e-mail address."))
                continue
            draft.title = (f"{first} {last}".strip() or email) if self.is_needed else draft.title
            self._settle(context, draft, first, last)

    def _settle(self, context: Comparison, draft: Draft, first: str, last: str) -> None:
        facts = {
            "email": draft.get("email") or "",
            "first_name": first[:100],
            "last_name": last[:100],
            "organisation": draft.organisation,
        }
        chosen = draft.choices.get(CONTACT, "")
        if chosen in context.people.by_ref:
            tell_origin(draft, CONTACT)
            self._known(draft, context.people.by_ref[chosen], facts)
            return
        if chosen not in {NEW, NONE}:
            person, doubt = context.people.find(**facts)
            if doubt is not None and self.makes:
                known = context.people.by_ref
                person = known.get(answered(context, draft, doubt, known))
                if person is None:
                    draft.doubts.append(doubt)
                    return
            if person is not None:
                self._known(draft, person, facts)
                return
        if self.makes and chosen != NONE:
            self._fresh(context, draft, facts)

    def _fresh(self, context: Comparison, draft: Draft, facts: dict[str, str]) -> None:
        person = context.people.plan(**facts, row=draft.number)
        draft.contact = person.ref
        draft.makes_also("contact")
        if draft.organisation:
            draft.makes_also("position")

    def _known(self, draft: Draft, person: Person, facts: dict[str, str]) -> None:
        draft.contact = person.ref
        if not self.makes:
            return
        if person.contact is not None:
            _compare_facts(draft, person.contact, facts)
        if not draft.organisation:
            return
        if draft.organisation not in person.at:
            person.at.add(draft.organisation)
            draft.makes_also("position")
        elif draft.get("title") and (position := person.positions.get(draft.organisation)):
            draft.differs(_("Title"), position.title, str(draft.get("title"))[:150])

    def write(self, context: Import, drafts: Sequence[Draft]) -> None:
        rows = [draft for draft in written(drafts) if draft.contact]
        people = context.comparison.people
        for draft in rows:
            person = people.by_ref[draft.contact]
            if person.contact is not None:
                context.contacts[draft.contact] = person.contact
        if self.makes:
            _make(context, rows)
            _change(context, rows)
            _place(context, rows)


def _names(draft: Draft) -> tuple[str, str]:
    first, last = draft.get("first_name") or "", draft.get("last_name") or ""
    if not (first or last) and draft.get("full_name"):
        return split_name(draft.get("full_name"))
    return first, last


def _compare_facts(draft: Draft, contact: Contact, facts: dict[str, str]) -> None:
    """Only what the file tells: an empty cell takes nothing away."""
    told = _told(draft, facts["first_name"], facts["last_name"])
    for key, label in FACTS:
        if told.get(key):
            draft.differs(label, getattr(contact, key), told[key])


def _told(draft: Draft, first: str, last: str) -> dict[str, Any]:
    keys = ("email", "phone", "mobile", "language")
    return {"first_name": first[:100], "last_name": last[:100]} | {
        key: draft.get(key) or "" for key in keys
    }


def _make(context: Import, rows: Sequence[Draft]) -> None:
    fresh: dict[str, Draft] = {}
    for draft in rows:
        if draft.contact not in context.contacts:
            fresh.setdefault(draft.contact, draft)
    new = [_facts(context, draft) for draft in fresh.values()]
    made = add_contacts(seats=context.seats, cluster=context.cluster, new=new)
    for ref, contact in zip(fresh, made, strict=True):
        context.contacts[ref] = contact
        context.comparison.people.by_ref[ref].contact = contact
    context.done["contacts"] += len(made)


def _facts(context: Import, draft: Draft) -> ContactFacts:
    first, last = _names(draft)
    told = _told(draft, first, last)
    organisation = context.organisations.get(draft.organisation)
    is_demo = organisation.is_demo if organisation else context.comparison.is_demo
    return ContactFacts(**told, source=context.source, is_demo=is_demo)


def _change(context: Import, rows: Sequence[Draft]) -> None:
    for draft in rows:
        if not draft.changes:
            continue
        contact = context.contacts[draft.contact]
        told = {key: value for key, value in _told(draft, *_names(draft)).items() if value}
        if change_contact(seats=context.seats, contact=contact, **told):
            context.done["contacts changed"] += 1
        position = context.comparison.people.by_ref[draft.contact].positions.get(draft.organisation)
        title = str(draft.get("title") or "")[:150]
        if position is not None and title and position.title != title:
            change_position(seats=context.seats, position=position, title=title)
            context.done["contacts changed"] += 1


def _place(context: Import, rows: Sequence[Draft]) -> None:
    """Positions, each once; the role follows from the title and can be changed later."""
    new: dict[tuple[str, str], NewPosition] = {}
    for draft in rows:
        if "position" not in draft.makes or draft.organisation not in context.organisations:
            continue
        title = str(draft.get("title") or "")[:150]
        new.setdefault(
            (draft.contact, draft.organisation),
            NewPosition(
                contact=context.contacts[draft.contact],
                organisation=context.organisations[draft.organisation],
                title=title,
                role=_role(title),
            ),
        )
    made = add_positions(seats=context.seats, cluster=context.cluster, new=list(new.values()))
    context.done["positions"] += len(made)


def _role(title: str) -> PositionRole:
    word = folded(title)
    for role, parts in ROLES.items():
        if any(part in word for part in parts):
            return role
    return PositionRole.OTHER


CONSENT_FIELDS = (
    Field("newsletter", gettext_lazy("Wants the newsletter"), Kind.YES_NO),
    Field("opted_out", gettext_lazy("Unsubscribed (mark or day)")),
    Field("bounced", gettext_lazy("Mail came back (mark or day)")),
    Field("mailing_status", gettext_lazy("Status in the mailing tool")),
    Field("said_on", gettext_lazy("Said on"), Kind.DAY),
)
OUT = ("unsub", "uitgeschreven", "afgemeld", "opt out", "optout", "opted out", "desabonn",
       "desinscrit", "withdrawn", "archived")  # fmt: skip
BACK = ("clean", "bounce", "onbestelbaar", "invalid", "hard")
# Words that hold one of a yes and say no such thing; who never subscribed said nothing.
NOTHING = ("non sub", "non-sub", "nonsub", "not sub", "niet inges", "inacti", "niet actief",
           "not active", "transactional", "non inscrit", "non abonne")  # fmt: skip
GIVEN = ("subscribed", "ingeschreven", "actief", "active", "opt in", "optin", "opted in", "abonne",
         "inscrit")  # fmt: skip


class ConsentPart:
    """Whoever unsubscribed stays out: a withdrawal counts, and a later yes of the file does not
    overrule what was said later here."""

    fields: tuple[Field, ...] = CONSENT_FIELDS

    def compare(self, context: Comparison, drafts: Sequence[Draft]) -> None:
        for draft in alive(drafts):
            if not draft.contact:
                continue
            state, bounced = _said(context, draft)
            person = context.people.by_ref[draft.contact]
            if state is not None:
                self._compare(context, draft, person, state)
            if bounced is not None:
                draft.notes["bounced"] = bounced
                before = person.contact.bounced_on if person.contact else None
                if before is None:
                    draft.differs(_("Mail came back"), "", bounced)

    def _compare(
        self, context: Comparison, draft: Draft, person: Person, state: ConsentState
    ) -> None:
        on = _day_of(context, draft)
        kept = person.consents.get(ConsentPurpose.NEWSLETTER)
        if kept is not None and (kept.state == state or kept.said_on > on):
            return
        draft.notes["consent"] = (state, on)
        before = kept.get_state_display() if kept else ""
        draft.differs(_("Consent: newsletter"), before, state.label)

    def write(self, context: Import, drafts: Sequence[Draft]) -> None:
        rows = [draft for draft in written(drafts) if draft.contact in context.contacts]
        said = {
            draft.contact: Said(
                contact=context.contacts[draft.contact],
                purpose=ConsentPurpose.NEWSLETTER,
                state=draft.notes["consent"][0],
                said_on=draft.notes["consent"][1],
                way=ConsentWay.MAILING,
                source=context.source,
            )
            for draft in rows
            if "consent" in draft.notes
        }
        made = record_consents(
            seats=context.seats, cluster=context.cluster, said=list(said.values())
        )
        context.done["consents"] += len(made)
        for draft in rows:
            bounced = draft.notes.get("bounced")
            contact = context.contacts[draft.contact]
            if bounced is not None and contact.bounced_on is None:
                change_contact(seats=context.seats, contact=contact, bounced_on=bounced)
                context.done["bounced addresses"] += 1


def _said(context: Comparison, draft: Draft) -> tuple[ConsentState | None, date | None]:
    """What the row says of the newsletter, and whether mail came back; out counts above in."""
    status = folded(str(draft.get("mailing_status") or context.options.get("status") or ""))
    bounced = _mark(draft, "bounced", context.today)
    if any(word in status for word in BACK):
        bounced = bounced or _day_of(context, draft)
    if _mark(draft, "opted_out", context.today) or any(word in status for word in OUT):
        return ConsentState.WITHDRAWN, bounced
    wants = draft.get("newsletter")
    if wants is not None:
        return (ConsentState.GIVEN if wants else ConsentState.REFUSED), bounced
    if any(word in status for word in NOTHING):
        return None, bounced
    if any(word in status for word in GIVEN) and not bounced:
        return ConsentState.GIVEN, None
    return None, bounced


def _mark(draft: Draft, key: str, today: date) -> date | None:
    """The day of a mark; of a mark without a day, today; None without a mark."""
    text = str(draft.get(key) or "")
    if not text or not values.flag(text):
        return None
    try:
        return min(values.day(text), today)
    except ValueError:
        return today


def _day_of(context: Comparison, draft: Draft) -> date:
    told: date | None = draft.get("said_on")
    out = _mark(draft, "opted_out", context.today)
    return min(out or told or context.today, context.today)
