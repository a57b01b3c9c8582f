"""Texts that somebody typed and that tell of a contact: linked to it, or naming it in full.

A person decides which are emptied. A text counts as naming when the contact's e-mail address,
telephone, first or last name stands in it as a word, now or in its past; names of one or two
letters are not looked for, because they stand everywhere. Mails that the person may have written
from an address that passed on are among the texts, and go whole.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.formats import date_format

from clusterwerk.members.models import (
    Contact,
    Departure,
    Expectation,
    IncomingMail,
    Interaction,
    InteractionParty,
    MailAttachment,
    NeedOrOffer,
    Task,
)
from clusterwerk.members.privacy.addresses import Reach, reach_of
from clusterwerk.platform.history.personal import Claim
from clusterwerk.platform.history.records import record_of
from clusterwerk.platform.history.tracking import event_model

GONE = "—"
SHORTEST = 3
FIELDS: Mapping[type[Model], tuple[str, ...]] = {
    Interaction: ("subject", "body"),
    Expectation: ("text", "answer"),
    Task: ("title", "note"),
    IncomingMail: ("subject", "text"),
    MailAttachment: ("name",),
    NeedOrOffer: ("title", "text"),
    Departure: ("note", "lesson"),
}
EMPTIED: Mapping[type[Model], Callable[[int], Mapping[str, Any]]] = {
    Interaction: lambda _pk: {"subject": GONE, "body": ""},
    Expectation: lambda _pk: {"text": GONE, "answer": GONE},
    Task: lambda _pk: {"title": GONE, "note": ""},
    IncomingMail: lambda _pk: {"subject": GONE, "text": ""},
    MailAttachment: lambda _pk: {"name": GONE, "content": None},
    NeedOrOffer: lambda _pk: {"title": GONE, "text": ""},
    Departure: lambda _pk: {"note": GONE, "lesson": ""},
}
# Mails that the contact wrote go anyway, with their files.
OF_MAIL = {IncomingMail: "pk__in", MailAttachment: "mail__in"}


@dataclass(frozen=True, slots=True)
class AboutText:
    """A text, and whether it names the person; one that stands no more is left in the past.

    `is_whole`: with it go its sender and its files, for the person may have written it.
    """

    model: type[Model]
    pk: int
    text: str
    names: bool
    stands: bool = True
    is_whole: bool = False

    @property
    def key(self) -> str:
        """As a form sends it back."""
        return f"{self.model._meta.model_name}-{self.pk}"

    @property
    def kind(self) -> str:
        record = record_of(self.model)
        return str(record.title if record else self.model._meta.verbose_name)


@dataclass(frozen=True, slots=True)
class Printed:
    """Rows of an upper room that may mean the contact by a printed name, and how one is emptied.

    One that `names` the contact is proposed; the others a person looks at.
    """

    model: type[Model]
    rows: Callable[[Contact], Iterable[AboutText]]
    emptied: Callable[[int], Mapping[str, Any]]


_printed: dict[type[Model], Printed] = {}


def register_printed(printed: Printed) -> None:
    """Join what an erasure looks for; called once from a room's `apps.py`."""
    _printed[printed.model] = printed


def texts_about(contact: Contact) -> list[AboutText]:
    """Those that name the contact first; within them by kind and number."""
    words = _words(contact)
    reach = reach_of(contact)
    perhaps = list(mails_perhaps_of(reach, words))
    asked = {text.pk for text in perhaps}
    found = [
        text
        for model in FIELDS
        for text in _texts(model, _linked(model, contact) | _named(model, reach, asked), words)
    ]
    found += perhaps
    found += [text for printed in _printed.values() for text in printed.rows(contact)]
    return sorted(found, key=lambda text: (not text.names, text.key))


def claims_on(texts: Iterable[AboutText]) -> list[Claim]:
    """Empty these texts and their past."""
    by_model: dict[type[Model], tuple[list[int], list[int]]] = {}
    whole = []
    for text in texts:
        if text.is_whole:
            whole.append(text.pk)
            continue
        standing, past = by_model.setdefault(text.model, ([], []))
        (standing if text.stands else past).append(text.pk)
    return [
        *(
            Claim(model, tuple(standing), _emptied(model), past=tuple(past))
            for model, (standing, past) in by_model.items()
        ),
        *claims_on_mails(IncomingMail.objects.filter(pk__in=whole)),
    ]


def claims_on_mails(mails: QuerySet[IncomingMail]) -> Iterable[Claim]:
    """What the person wrote: the sender, all words and the files go."""
    ids = tuple(mails.values_list("pk", flat=True))
    files = MailAttachment.objects.filter(mail__in=ids).values_list("pk", flat=True)
    yield Claim(MailAttachment, tuple(files))
    yield Claim(IncomingMail, ids, _nothing_of_mail)


def _nothing_of_mail(_pk: int) -> Mapping[str, Any]:
    nothing = dict.fromkeys(("sender", "recipients", "text", "brought_by_address"), "")
    return {**nothing, "sender_name": GONE, "subject": GONE}


def mails_perhaps_of(reach: Reach, words: re.Pattern[str] | None) -> Iterable[AboutText]:
    """With sender and day, by which the team decides."""
    for mail in reach.perhaps_sent:
        told = (mail.sender_name, mail.sender, date_format(mail.sent_at))
        text = _joined([", ".join(part for part in told if part), mail.subject, mail.text])
        names = bool(words and words.search(_joined([mail.sender_name, mail.subject, mail.text])))
        yield AboutText(IncomingMail, mail.pk, text, names=names, is_whole=True)


def _emptied(model: type[Model]) -> Callable[[int], Mapping[str, Any]]:
    return _printed[model].emptied if model in _printed else EMPTIED[model]


def known_of(texts: Iterable[AboutText]) -> list[AboutText]:
    """Those that tell of the contact: a like name or address alone may be somebody else's."""
    return [text for text in texts if text.stands and (text.names or not _is_unsure(text))]


def _is_unsure(text: AboutText) -> bool:
    return text.is_whole or text.model in _printed


def _words(contact: Contact) -> re.Pattern[str] | None:
    """What names the contact; None when nothing does."""
    told = {contact.first_name, contact.last_name, contact.email, contact.phone, contact.mobile}
    words = sorted(re.escape(word) for word in told if len(word) >= SHORTEST)
    if not words:
        return None
    return re.compile(rf"(?<!\w)({'|'.join(words)})(?!\w)", re.IGNORECASE)


def _linked(model: type[Model], contact: Contact) -> set[int]:
    """Rows that are or were linked to the contact, also those that stand no more."""
    source, key = (InteractionParty, "interaction_id") if model is Interaction else (model, "pk")
    if not any(field.name == "contact" for field in source._meta.local_fields):
        return set()
    rows = source._meta.base_manager.filter(contact_id=contact.pk, cluster_id=contact.cluster_id)
    past = event_model(source)
    assert past is not None
    events = past._meta.base_manager.filter(contact_id=contact.pk)
    of_event = "interaction_id" if key != "pk" else "pgh_obj_id"
    return {*rows.values_list(key, flat=True), *events.values_list(of_event, flat=True)}


def _named(model: type[Model], reach: Reach, asked: Collection[int]) -> set[int]:
    """Rows of the cluster in which the address or the whole name stands, but for own mails."""
    contact = reach.contact
    whole = f"{contact.first_name} {contact.last_name}".strip()
    told = [contact.email] if contact.email else []
    if contact.first_name and contact.last_name:
        told.append(whole)
    naming = Q()
    for field in FIELDS[model]:
        for word in told:
            naming |= Q(**{f"{field}__icontains": word})
    if not naming:
        return set()
    rows = model._meta.base_manager.filter(naming, cluster_id=contact.cluster_id)
    if model in OF_MAIL:
        own = set(reach.sent.values_list("pk", flat=True))
        own |= set(asked) if model is IncomingMail else set()
        rows = rows.exclude(**{OF_MAIL[model]: own})
    return set(rows.values_list("pk", flat=True))


def _texts(model: type[Model], ids: set[int], words: re.Pattern[str] | None) -> Iterable[AboutText]:
    if not ids:
        return
    fields = FIELDS[model]
    standing = {
        pk: _joined(values)
        for pk, *values in model._meta.base_manager.filter(pk__in=ids).values_list("pk", *fields)
    }
    earlier: dict[int, str] = {}
    past = event_model(model)
    assert past is not None
    held = {field.name for field in past._meta.local_fields}
    events = past._meta.base_manager.filter(pgh_obj_id__in=ids)
    for pk, *values in events.values_list("pgh_obj_id", *(set(fields) & held)):
        earlier[pk] = earlier.get(pk, "") + "\n" + _joined(values)
    for pk in ids:
        text = standing.get(pk, "")
        names = bool(words and words.search(text + "\n" + earlier.get(pk, "")))
        if pk in standing or names:
            yield AboutText(model, pk, text, names=names, stands=pk in standing)


def _joined(values: Iterable[str | None]) -> str:
    return "\n".join(value for value in values if value)
