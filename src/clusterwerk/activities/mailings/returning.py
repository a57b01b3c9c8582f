"""What comes back of a mailing: reports that a mail was not delivered, and complaints.

Each recipient has a return address of their own, so a report is known by where it was sent, not by
what it says. Delivery status reports are those of RFC 3464, complaints those of RFC 5965. Whatever
else arrives there, such as an answer during a holiday, changes nothing.
"""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import Message
from email.parser import BytesParser
from enum import Enum
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from clusterwerk.activities.mailings.access import DOOR, team_of
from clusterwerk.activities.mailings.leaving import UnknownLinkError, recipient_by_link, withdraw
from clusterwerk.activities.mailings.messages import RETURN_PREFIX
from clusterwerk.activities.models import MailingRecipient, RecipientState
from clusterwerk.members.actions import change_contact
from clusterwerk.members.correspondence.addresses import Taker
from clusterwerk.members.correspondence.arriving import UnknownRecipientError
from clusterwerk.members.correspondence.parsing import MOST_BYTES, TooLargeError
from clusterwerk.members.models import Contact
from clusterwerk.platform.access.seats import NOBODY
from clusterwerk.platform.access.session import acting, acting_instead
from clusterwerk.platform.rows import changed

logger = logging.getLogger(__name__)

REASON = "returns of a mailing"
MOST_HOLDERS = 60  # parts that hold others; more is no report
SOFT_IN_A_ROW = 3
_HOLDERS = re.compile(rb"content-type\s*:\s*(?:multipart|message)/", re.IGNORECASE)
_STATUS = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})")
# Permanent failures that are not about the address: a full box, the size or the words of a mail.
_FOR_NOW = {("2", "2"), ("2", "3"), ("2", "4")}
_FOR_NOW_SUBJECTS = {"3", "5", "6", "7"}
REACHED = (
    RecipientState.HANDED,
    RecipientState.SENT,
    RecipientState.UNCERTAIN,
    RecipientState.SOFT,
    RecipientState.BOUNCED,
    RecipientState.COMPLAINED,
)
SMTP_ADDRESS = {550, 551, 553}  # no such box, elsewhere, no such name (RFC 5321, 4.2.3)


class Came(Enum):
    """What a report tells."""

    NOTHING = "nothing"
    SOFT = "soft"
    BOUNCED = "bounced"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Failure:
    """The action and status that a report gives for a recipient."""

    action: str
    status: str

    @property
    def came(self) -> Came:
        """Delayed, relayed and delivered are no failures; a status that cannot be read is soft."""
        if self.action != "failed":
            return Came.NOTHING
        found = _STATUS.match(self.status)
        if found is None or found[1] != "5":
            return Came.SOFT
        is_for_now = found[2] in _FOR_NOW_SUBJECTS or (found[2], found[3]) in _FOR_NOW
        return Came.SOFT if is_for_now else Came.BOUNCED


def take_return(raw: bytes, token: str) -> None:
    """One mail to the return address of a recipient.

    Raises `UnknownRecipientError` when no mail of ours left with it, and `TooLargeError`.
    """
    if len(raw) > MOST_BYTES:
        raise TooLargeError(_("A mail may have at most 25 MB."))
    with acting(NOBODY, reason=REASON):
        try:
            own = recipient_by_link(seats=NOBODY, token=token.lower())
        except UnknownLinkError as error:
            raise UnknownRecipientError(_("No mail of ours left with this address.")) from error
        note_return(own, read_report(raw), timezone.now())


RETURNS = Taker(re.compile(rf"{RETURN_PREFIX}([0-9a-f]{{24}})", re.IGNORECASE), take_return)


@transaction.atomic
def note_return(own: MailingRecipient, came: Came, now: datetime) -> None:
    """Once for each report: the second of the same changes nothing."""
    if came is Came.NOTHING or own.state not in REACHED:
        return
    with acting_instead(NOBODY, team_of(own.cluster_id), DOOR):
        rows = MailingRecipient.objects.select_for_update(of=("self",)).select_related("mailing")
        held = rows.get(pk=own.pk)
        if came is Came.COMPLAINT:
            _complained(held, now)
        elif held.state not in (RecipientState.COMPLAINED, RecipientState.BOUNCED):
            _came_back(held, came, now)


def _complained(held: MailingRecipient, now: datetime) -> None:
    """Who marks a mail as spam wants no more of any kind."""
    with translation.override(settings.LANGUAGE_CODE):
        source = _("marked “%(mailing)s” as spam") % {"mailing": held.mailing}
    withdraw(held, None, source, now)
    held.refresh_from_db()
    changed(held, state=RecipientState.COMPLAINED)


def _came_back(held: MailingRecipient, came: Came, now: datetime) -> None:
    is_for_good = came is Came.BOUNCED
    changed(held, state=RecipientState.BOUNCED if is_for_good else RecipientState.SOFT)
    if is_for_good or _is_soft_for_long(held):
        _mark(held, now)


def _is_soft_for_long(held: MailingRecipient) -> bool:
    """Whether the last three mailings to the address all came back for now."""
    rows = MailingRecipient.objects.filter(
        cluster_id=held.cluster_id, email=held.email, state__in=REACHED, handed_at__isnull=False
    )
    states = list(
        rows.order_by("-handed_at", "-pk").values_list("state", flat=True)[:SOFT_IN_A_ROW]
    )
    return states == [RecipientState.SOFT] * SOFT_IN_A_ROW


def _mark(held: MailingRecipient, now: datetime) -> None:
    """On whoever bears the address today; one that was changed since did not fail."""
    if not held.email:
        return
    contacts = Contact.objects.living().filter(
        cluster_id=held.cluster_id, email__iexact=held.email, bounced_on=None
    )
    for contact in contacts.select_for_update(of=("self",)):
        seats = team_of(held.cluster_id)
        change_contact(seats=seats, contact=contact, bounced_on=timezone.localdate(now))


def note_refused_address(own: MailingRecipient, error: Exception, now: datetime) -> None:
    """The mail server refused the address at once, which is a report too."""
    cause = error.__cause__
    if not isinstance(cause, SMTPRecipientsRefused):
        return
    codes = {code for code, _words in cause.recipients.values()}
    came = Came.BOUNCED if codes and codes <= SMTP_ADDRESS else Came.SOFT
    with acting(NOBODY, reason=REASON):
        note_return(own, came, now)


def read_report(raw: bytes) -> Came:
    """What a mail tells; whatever cannot be read tells nothing."""
    if len(_HOLDERS.findall(raw)) > MOST_HOLDERS:
        return Came.NOTHING
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
        return _told(message)
    except (RecursionError, ValueError, TypeError, AttributeError, LookupError) as error:
        logger.warning("A report could not be read: %s", type(error).__name__)
        return Came.NOTHING


def _told(message: Message) -> Came:
    if message.get_content_type() != "multipart/report":
        return Came.NOTHING
    parts = message.get_payload()
    if not isinstance(parts, list):
        return Came.NOTHING
    for part in parts:
        if not isinstance(part, Message):
            continue
        match part.get_content_type():
            case "message/feedback-report":
                return _complaint(part)
            case "message/delivery-status":
                return _worst(part)
    return Came.NOTHING


def _complaint(part: Message) -> Came:
    """Mail programmes also report what was *not* spam."""
    kinds = {str(each.get("Feedback-Type", "")).strip().lower() for each in _groups(part)}
    kinds |= set(re.findall(r"(?im)^feedback-type:\s*([a-z-]+)", _text(part)))
    return Came.COMPLAINT if kinds & {"abuse", "fraud", "virus", "other"} else Came.NOTHING


def _worst(part: Message) -> Came:
    """Of the groups of fields the first is about the mail, the others about a recipient each."""
    found = [
        Failure(
            str(group.get("Action", "")).partition("(")[0].strip().lower(),
            str(group.get("Status", "")),
        ).came
        for group in _groups(part)
    ]
    return next((came for came in (Came.BOUNCED, Came.SOFT) if came in found), Came.NOTHING)


def _groups(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (each for each in payload if isinstance(each, Message))


def _text(part: Message) -> str:
    """A report that stands in the part as plain text, or as a message of fields alone."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return "\n".join(str(each) for each in payload)[:20_000]
    return str(payload)[:20_000]
