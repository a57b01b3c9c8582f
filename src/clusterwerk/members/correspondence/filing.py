"""What a person does with a mail that waits: file it, make a contact of its sender, dismiss it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterwerk.directory.models import Organisation
from clusterwerk.members import access, actions
from clusterwerk.members.actions import Party
from clusterwerk.members.correspondence.arriving import put_on_timeline
from clusterwerk.members.models import (
    Contact,
    IncomingMail,
    KnownAddress,
    MailAttachment,
    MailState,
)
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed, created

FADES_AFTER = timedelta(days=30)


@transaction.atomic
def file_mail(
    *, seats: Seats, mail: IncomingMail, parties: Sequence[Party], remembers: bool = False
) -> IncomingMail:
    """Put it on the timelines of these; `remembers` whose address the sender's is from now on."""
    access.may_keep_people(seats, mail.cluster_id).require()
    if mail.state == MailState.FILED:
        raise DomainError(_("Somebody put this mail on a timeline already."))
    if not parties:
        raise DomainError(_("Say with which member or contact it was."))
    if remembers and mail.sender:
        remember_address(seats=seats, mail=mail, party=parties[0])
    if mail.brought_by_id is None:
        changed(mail, brought_by_id=seats.actor)
    return put_on_timeline(seats=seats, mail=mail, parties=parties)


def remember_address(*, seats: Seats, mail: IncomingMail, party: Party) -> KnownAddress:
    """The address of the sender belongs to this one, whatever was chosen before."""
    access.may_keep_people(seats, mail.cluster_id).require()
    belongs: dict[str, Any] = {
        "organisation": None if party.contact else party.organisation,
        "contact": party.contact,
    }
    rows = KnownAddress.objects.filter(cluster_id=mail.cluster_id, email=mail.sender)
    known = rows.first()
    if known is None:
        return created(
            KnownAddress(
                cluster_id=mail.cluster_id, email=mail.sender, is_demo=mail.is_demo, **belongs
            )
        )
    changed(known, **belongs)
    return known


@transaction.atomic
def file_with_new_contact(
    *,
    seats: Seats,
    mail: IncomingMail,
    facts: actions.ContactFacts,
    organisation: Organisation | None,
) -> Contact:
    """The sender becomes a contact, at the organisation when one is given, and the mail theirs."""
    contact = actions.add_contact(seats=seats, cluster=mail.cluster, new=facts)
    if organisation is not None:
        actions.add_position(seats=seats, new=actions.NewPosition(contact, organisation))
    file_mail(seats=seats, mail=mail, parties=[Party(organisation, contact)])
    return contact


def dismiss_mail(*, seats: Seats, mail: IncomingMail) -> bool:
    """Out of the tray; it can be taken back until its text goes, thirty days later."""
    access.may_keep_people(seats, mail.cluster_id).require()
    if mail.state != MailState.WAITING:
        return False
    return changed(mail, state=MailState.DISMISSED, settled_at=timezone.now())


def take_back_mail(*, seats: Seats, mail: IncomingMail) -> bool:
    """A dismissed mail waits again."""
    access.may_keep_people(seats, mail.cluster_id).require()
    if mail.state != MailState.DISMISSED:
        return False
    return changed(mail, state=MailState.WAITING, settled_at=None)


def let_fade(cluster: int, now: datetime) -> int:
    """Take text, people and files out of mails dismissed long ago; their number stays.

    The number keeps another copy of the mail from coming in.
    """
    old = IncomingMail.objects.filter(
        cluster_id=cluster, state=MailState.DISMISSED, settled_at__lte=now - FADES_AFTER
    ).exclude(text="", sender="", subject="", recipients="")
    faded = list(old)
    MailAttachment.objects.filter(cluster_id=cluster, mail__in=faded).delete()
    empty: dict[str, Any] = dict.fromkeys(
        ("text", "sender", "sender_name", "recipients", "subject", "brought_by_address"), ""
    )
    for mail in faded:
        changed(mail, **empty)
    return len(faded)
