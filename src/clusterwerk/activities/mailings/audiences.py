"""Whom a mailing reaches, and who of its audience is left out, and why.

Read in steps by the number of the row that names a person, so that twenty thousand take no more
memory than two thousand. The draft counts with the same code that freezes them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import QueryDict

from clusterwerk.activities.mailings.texts import clean_value
from clusterwerk.activities.models import (
    Attendance,
    LeftOut,
    Mailing,
    MailingAudience,
    MailingKind,
    MailingReach,
    Registration,
    RegistrationState,
)
from clusterwerk.members.lists import (
    ContactScope,
    MemberScope,
    contact_listing,
    member_listing,
    member_words,
)
from clusterwerk.members.models import (
    Consent,
    ConsentPurpose,
    ConsentState,
    Contact,
    Position,
)
from clusterwerk.members.privacy.suppressing import Refusal, refusals
from clusterwerk.members.queries.contact_rows import consents_by_contact, places_on
from clusterwerk.platform.ui.lists import asked_of
from clusterwerk.platform.ui.lists.reading import selected
from clusterwerk.programme.queries import term_of_cluster

AT_ONCE = 1_000
PURPOSES: dict[str, ConsentPurpose | None] = {
    MailingKind.NEWSLETTER: ConsentPurpose.NEWSLETTER,
    MailingKind.INVITATION: ConsentPurpose.INVITATIONS,
    MailingKind.PRACTICAL: None,
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the audience; `number` is that of the row that names them."""

    number: int
    name: str
    first_name: str
    organisation: str
    email: str
    language: str
    contact: Contact | None = None
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """How many get the mail, in which language, and how many do not, by reason."""

    number: int
    languages: dict[str, int]
    left_out: dict[LeftOut, int]


def reached(mailing: Mailing, day: date) -> Reached:
    seen: set[str] = set()
    languages: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for person in everybody(mailing, day):
        if person.left_out:
            reasons[person.left_out] += 1
        elif person.email in seen:
            reasons[LeftOut.TWICE] += 1
        else:
            seen.add(person.email)
            languages[mailing.written_in(person.language)[0]] += 1
    left = {reason: reasons[reason] for reason in LeftOut if reasons[reason]}
    return Reached(languages.total(), dict(languages), left)


def everybody(mailing: Mailing, day: date) -> Iterator[Person]:
    after = 0
    while some := people_after(mailing, after, day):
        yield from some
        after = some[-1].number


def people_after(mailing: Mailing, after: int, day: date, at_once: int = AT_ONCE) -> list[Person]:
    """The next of the audience by number, with the reason why somebody is left out."""
    if mailing.audience in (MailingAudience.REGISTERED, MailingAudience.ATTENDED):
        found = _of_activity(mailing, after, at_once)
    else:
        contacts = list(_contacts(mailing, day).filter(pk__gt=after).order_by("pk")[:at_once])
        found = _of_contacts(mailing, contacts, day)
    return _judged(mailing, found)


def _contacts(mailing: Mailing, day: date) -> "QuerySet[Any]":
    """Contacts that are kept; a view of members leads to who works there on the day."""
    kept = Contact.objects.living().filter(cluster_id=mailing.cluster_id)
    query = QueryDict(mailing.view_query)
    if mailing.audience == MailingAudience.CONTACTS:
        contacts = contact_listing(ContactScope(mailing.cluster, day))
        asked = asked_of(query, contacts)
        rows = selected(contacts, asked)
        return rows.filter(archived_on=None) if query else kept
    scope = MemberScope(mailing.cluster, day, term_of_cluster(mailing.cluster_id))
    members = member_listing(scope, member_words(mailing.cluster_id))
    chosen = selected(members, asked_of(query, members)).order_by()
    places = Position.objects.filter(
        cluster_id=mailing.cluster_id, organisation__in=chosen.values("organisation_id")
    ).on(day)
    if mailing.reach == MailingReach.MAIN:
        places = places.filter(is_main=True)
    return kept.filter(pk__in=places.order_by().values("contact_id"))


def _of_contacts(mailing: Mailing, contacts: Sequence[Contact], day: date) -> list[Person]:
    places = places_on(mailing.cluster_id, day, [each.pk for each in contacts])
    return [
        Person(
            contact.pk,
            clean_value(str(contact)),
            clean_value(contact.first_name),
            next((clean_value(at.organisation.name) for at in places.get(contact.pk, ())), ""),
            contact.email.lower(),
            _language(contact.language),
            contact,
        )
        for contact in contacts
    ]


def _of_activity(mailing: Mailing, after: int, at_once: int) -> list[Person]:
    rows: QuerySet[Any]
    if mailing.audience == MailingAudience.REGISTERED:
        rows = Registration.objects.filter(
            state=RegistrationState.CONFIRMED, confirmed_at__isnull=False
        )
    else:
        rows = Attendance.objects.all()
    own = rows.filter(
        cluster_id=mailing.cluster_id, activity_id=mailing.activity_id or 0, pk__gt=after
    )
    people = own.select_related("organisation").order_by("pk")[:at_once]
    found = [_named(row) for row in people]
    numbers = {each.contact.pk for each in found if each.contact}
    addresses = {each.email for each in found if each.email}
    contacts = Contact.objects.living().filter(cluster_id=mailing.cluster_id)
    known = contacts.filter(pk__in=numbers).in_bulk()
    by_address = {each.email.lower(): each for each in contacts.filter(email__in=addresses)}
    return [
        _with_contact(each, known.get(each.contact.pk) if each.contact else None, by_address)
        for each in found
    ]


def _named(row: Registration | Attendance) -> Person:
    printed, language = (
        (row.name, row.language)
        if isinstance(row, Registration)
        else (row.printed_name, settings.LANGUAGE_CODE)
    )
    name = clean_value(printed)
    organisation = row.organisation.name if row.organisation else row.printed_organisation
    return Person(
        row.pk,
        name,
        name.split()[0] if name else "",
        clean_value(organisation),
        row.email.lower(),
        language,
        Contact(pk=row.contact_id) if row.contact_id else None,
    )


def _with_contact(person: Person, own: Contact | None, by_address: dict[str, Contact]) -> Person:
    """What somebody wrote of themselves comes before what is known of the contact."""
    contact = own or by_address.get(person.email)
    if contact is None:
        return replace(person, contact=None)
    return replace(
        person,
        contact=contact,
        name=person.name or clean_value(str(contact)),
        first_name=clean_value(contact.first_name) or person.first_name,
        email=person.email or contact.email.lower(),
    )


def _judged(mailing: Mailing, people: Sequence[Person]) -> list[Person]:
    contacts = [each.contact.pk for each in people if each.contact]
    consents = consents_by_contact(mailing.cluster_id, contacts)
    kept = refusals(mailing.cluster_id, [each.email for each in people])
    purpose = PURPOSES[mailing.kind]
    return [
        replace(
            each,
            left_out=_why_not(
                each,
                mailing,
                consents.get(each.contact.pk, {}).get(purpose or "") if each.contact else None,
                kept.get(each.email),
            ),
        )
        for each in people
    ]


def _why_not(
    person: Person, mailing: Mailing, said: Consent | None, refusal: Refusal | None
) -> str:
    """What was said later counts: a consent after an opt-out opens that purpose again."""
    if not person.email:
        return LeftOut.NO_ADDRESS
    if person.contact and person.contact.bounced_on and _is_address_of(person):
        return LeftOut.BOUNCED
    is_given = said is not None and said.state == ConsentState.GIVEN
    is_open_again = said is not None and refusal is not None and said.said_on > refusal.since
    if refusal is not None and not (is_given and is_open_again):
        if refusal.of_everything:
            return LeftOut.NO_MAIL
        if PURPOSES[mailing.kind] in refusal.purposes:
            return LeftOut.UNSUBSCRIBED
    return "" if is_given else _without_consent(mailing, said)


def _without_consent(mailing: Mailing, said: Consent | None) -> str:
    """A newsletter needs a yes; anything else goes out as long as nobody said no."""
    if said is not None:
        return LeftOut.UNSUBSCRIBED
    is_news = PURPOSES[mailing.kind] == ConsentPurpose.NEWSLETTER
    return LeftOut.NO_CONSENT if is_news else ""


def _is_address_of(person: Person) -> bool:
    return person.contact is not None and person.contact.email.lower() == person.email


def _language(language: str) -> str:
    """Who reads neither of our languages gets English; who is not known to, the usual one."""
    known = dict(settings.LANGUAGES)
    if not language:
        return settings.LANGUAGE_CODE
    return language if language in known else "en"
