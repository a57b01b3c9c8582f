"""Taking a mail in: onto a timeline when it is certain whose it is, else into the tray.

The address is a secret, and secrets leak. So a mail reaches a timeline by itself only when the
mail server says that it was sent by an address of somebody of the team, or when somebody who is
signed in dropped it. Everything else waits for a person.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.members import access, actions
from clusterwerk.members.actions import Party
from clusterwerk.members.correspondence.addresses import cluster_of, taker_of
from clusterwerk.members.correspondence.files import is_kept, type_of
from clusterwerk.members.correspondence.matching import outsiders, parties_for, team_addresses
from clusterwerk.members.correspondence.parsing import ReadMail, read_mail
from clusterwerk.members.models import (
    IncomingMail,
    Interaction,
    InteractionKind,
    MailAttachment,
    MailReason,
    MailState,
    MailWay,
)
from clusterwerk.platform.access.commands import seats_of_command
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import acting
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created, created_many

MOST_PARTIES = 20  # contacts; a mail to more is a mailing
LONGEST_ID = 255
REASON = "mail that came in"


class UnknownRecipientError(DomainError):
    """No team has this address, or not any more."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail on its way in. `brought_by` is the account of who sent or dropped it, when known."""

    read: ReadMail
    way: str
    brought_by: int | None
    given: Party | None = None
    is_demo: bool = False


def receive(raw: bytes, *, recipient: str, sender: str) -> IncomingMail | None:
    """A mail as a mail server hands it over, with the envelope's sender and recipient.

    Opens transactions of its own. None where another room took it. Raises `UnknownRecipientError`
    and `TooLargeError`.
    """
    if (found := taker_of(recipient)) is not None:
        taker, secret = found
        taker.take(raw, secret)
        return None
    cluster = cluster_of(recipient)
    if cluster is None:
        raise UnknownRecipientError(_("No team takes mail at this address."))
    read = read_mail(raw, timezone.now())
    seats = seats_of_command(agency=cluster.agency_id, clusters=frozenset({cluster.pk}))
    # What is written into rows speaks the language of the installation, not that of commands.
    with acting(seats, reason=REASON), translation.override(settings.LANGUAGE_CODE):
        team = team_addresses(cluster.pk, timezone.localdate())
        colleague = team.get((sender or read.return_path).strip("<> ").lower())
        return take_in(seats=seats, cluster=cluster, arrival=Arrival(read, MailWay.SENT, colleague))


@transaction.atomic
def take_in(*, seats: Seats, cluster: Cluster, arrival: Arrival) -> IncomingMail:
    """Once for each mail: a second copy changes nothing, or files a first that still waits."""
    access.may_keep_people(seats, cluster.pk).require()
    rows = IncomingMail.objects.select_for_update(of=("self",))
    identity = arrival.read.message_id
    mail = rows.filter(cluster=cluster, message_id=identity).first()
    if mail is None:
        mail = _kept(cluster, arrival)
    if mail.state == MailState.FILED:
        return mail
    parties = _parties(mail, arrival)
    reason = _why_it_waits(arrival, parties)
    if reason:
        changed(mail, reason=reason)
        return mail
    changed(mail, brought_by_id=arrival.brought_by)
    return put_on_timeline(seats=seats, mail=mail, parties=parties)


def _kept(cluster: Cluster, arrival: Arrival) -> IncomingMail:
    read = arrival.read
    mail = IncomingMail(
        cluster=cluster,
        message_id=read.message_id,
        way=arrival.way,
        sent_at=read.sent_at or timezone.now(),
        sender=read.sender.email,
        sender_name=read.sender.name,
        recipients=_lines(read),
        subject=read.subject,
        text=read.text,
        brought_by_address=read.brought_by.email,
        brought_by_id=arrival.brought_by,
        is_demo=arrival.is_demo,
    )
    taken = _("The same mail came in twice in one moment; it is there once.")
    mail = created(mail, {"mail_once_per_cluster": taken})
    created_many(_attachments(mail, read))
    return mail


def _lines(read: ReadMail) -> str:
    lines = [str(each) for each in read.recipients if each.email]
    more = read.recipient_count - len(read.recipients)
    return "\n".join([*lines, f"+ {more}"] if more > 0 else lines)


def _attachments(mail: IncomingMail, read: ReadMail) -> list[MailAttachment]:
    return [
        MailAttachment(
            cluster_id=mail.cluster_id,
            mail=mail,
            name=file.name or _("file without a name"),
            media_type=type_of(file),
            size=len(file.content),
            content=file.content if is_kept(file) else None,
            is_demo=mail.is_demo,
        )
        for file in read.files
    ]


def _parties(mail: IncomingMail, arrival: Arrival) -> list[Party]:
    """Whose addresses stand in it, and the file on which it was dropped."""
    read = arrival.read
    team = team_addresses(mail.cluster_id, timezone.localdate())
    people = [read.sender.email, *(each.email for each in read.recipients)]
    found = parties_for(mail.cluster_id, outsiders(people, team), mail.sent_at)
    given = arrival.given
    if given is None or given.contact in {each.contact for each in found if each.contact}:
        return found
    if given.contact is None and given.organisation in {each.organisation for each in found}:
        return found
    return [given, *found]


def _why_it_waits(arrival: Arrival, parties: Sequence[Party]) -> str:
    if arrival.brought_by is None:
        return MailReason.STRANGER
    if arrival.read.is_automatic and arrival.way == MailWay.SENT:
        return MailReason.AUTOMATIC
    if not parties:
        return MailReason.UNKNOWN
    return MailReason.MANY if len(parties) > MOST_PARTIES and not arrival.given else ""


def put_on_timeline(*, seats: Seats, mail: IncomingMail, parties: Sequence[Party]) -> IncomingMail:
    """The mail becomes a talk with these; its text moves there."""
    identity = _external_id(mail)
    talks = Interaction.objects.filter(cluster_id=mail.cluster_id, external_id=identity)
    talk = talks.first() or actions.log_interaction(
        seats=seats,
        cluster=mail.cluster,
        new=actions.NewInteraction(
            kind=InteractionKind.MAIL,
            parties=tuple(parties[: MOST_PARTIES + 1]),
            subject=mail.subject or ("" if mail.text else _("Mail without words")),
            body=mail.text,
            happened_at=min(mail.sent_at, timezone.now()),
            author=mail.brought_by_id,
            source=str(MailWay(mail.way).label),
            external_id=identity,
            is_demo=mail.is_demo,
        ),
    )
    now = timezone.now()
    facts: dict[str, Any] = {"state": MailState.FILED, "reason": "", "text": "", "settled_at": now}
    changed(mail, interaction=talk, **facts)
    return mail


def _external_id(mail: IncomingMail) -> str:
    told = f"mail:{mail.message_id}"
    if len(told) <= LONGEST_ID:
        return told
    return f"mail:sha256:{hashlib.sha256(mail.message_id.encode()).hexdigest()}"
