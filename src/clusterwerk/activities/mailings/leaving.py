"""Unsubscribing by the link of a mail: no account, one press, for one kind or for everything.

Opening the link changes nothing, because programs that look for viruses open links too. A mail
programme that shows a button of its own sends the same press (RFC 8058).
"""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clusterwerk.activities.mailings.access import DOOR, team_of
from clusterwerk.activities.mailings.audiences import PURPOSES
from clusterwerk.activities.models import MailingRecipient
from clusterwerk.members.actions import Said, record_consents
from clusterwerk.members.models import ConsentPurpose, ConsentState, ConsentWay, Contact
from clusterwerk.members.privacy.suppressing import MAILED, opt_out
from clusterwerk.platform.access.seats import Seats
from clusterwerk.platform.access.session import acting_instead, unlocked
from clusterwerk.platform.errors import DomainError
from clusterwerk.platform.rows import changed

LONGEST_SOURCE = 200


class UnknownLinkError(DomainError):
    """No mail has this link."""


def recipient_by_link(*, seats: Seats, token: str) -> MailingRecipient:
    """What the page of the link shows; raises `UnknownLinkError`."""
    with unlocked(seats, DOOR):
        rows = MailingRecipient.objects.select_related("mailing")
        found = rows.filter(token=token).first() if token else None
        if found is None:
            raise UnknownLinkError(_("No mail has this link, or it was so long ago."))
        return found


@transaction.atomic
def unsubscribe(*, seats: Seats, token: str, everything: bool, now: datetime) -> MailingRecipient:
    """Of this kind of mail, or of all mails of the cluster. Twice is once.

    A practical message has no purpose that one consents to: who wants no more of them wants none.
    """
    own = recipient_by_link(seats=seats, token=token)
    with acting_instead(seats, team_of(own.cluster_id), DOOR):
        purpose = None if everything else PURPOSES[own.mailing.kind]
        with translation.override(settings.LANGUAGE_CODE):
            source = _("by the link in “%(mailing)s”") % {"mailing": own.mailing}
        withdraw(own, purpose, source, now)
    return own


def withdraw(
    own: MailingRecipient, purpose: ConsentPurpose | None, source: str, now: datetime
) -> None:
    """With the seats of its team: the consent of the contact, and the address itself."""
    held = MailingRecipient.objects.select_for_update(of=("self",)).get(pk=own.pk)
    on = timezone.localdate(now)
    purposes = [purpose] if purpose else MAILED
    _record(held, _contacts(held), purposes, source, now)
    if held.email:
        opt_out(held.cluster_id, held.email, on, purpose)
    if held.unsubscribed_at is None:
        changed(held, unsubscribed_at=now)
    own.unsubscribed_at = held.unsubscribed_at


def _contacts(own: MailingRecipient) -> list[Contact]:
    """Who got it, and whoever bears the address today."""
    bears = Q(pk=own.contact_id or 0)
    if own.email:
        bears |= Q(email__iexact=own.email, archived_on=None)
    return list(Contact.objects.filter(bears, cluster_id=own.cluster_id))


def _record(
    own: MailingRecipient,
    contacts: Iterable[Contact],
    purposes: Iterable[ConsentPurpose],
    source: str,
    now: datetime,
) -> None:
    said = [
        Said(
            contact,
            purpose,
            ConsentState.WITHDRAWN,
            timezone.localdate(now),
            ConsentWay.MAILING,
            source[:LONGEST_SOURCE],
        )
        for contact in contacts
        for purpose in purposes
    ]
    cluster = own.mailing.cluster
    record_consents(seats=team_of(own.cluster_id), cluster=cluster, said=said)
