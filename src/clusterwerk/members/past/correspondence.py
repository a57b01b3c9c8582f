"""The past of mail in words."""

from django.utils.translation import gettext_lazy as _

from clusterwerk.members.models import IncomingMail, KnownAddress, MailAddress, MailAttachment
from clusterwerk.platform.history.records import Record

# Nothing of it may be taken back: the tray has its own ways, and a secret stays ended.
CORRESPONDENCE_RECORDS = (
    Record(
        IncomingMail,
        _("Mail that came in"),
        {
            "message_id": _("Number of the mail"),
            "way": _("How it came"),
            "received_at": _("Came in"),
            "sent_at": _("Sent"),
            "sender": _("Sender"),
            "sender_name": _("Name of the sender"),
            "recipients": _("Recipients"),
            "subject": _("Subject"),
            "brought_by_address": _("Sent to the team by"),
            "brought_by": _("Colleague who sent it"),
            "state": _("State"),
            "reason": _("Why it waits"),
            "interaction": _("Meeting, call, mail or note"),
            "settled_at": _("Filed or dismissed"),
        },
    ),
    Record(
        MailAttachment,
        _("File with a mail"),
        {
            "mail": _("Mail that came in"),
            "name": _("Name"),
            "media_type": _("Type"),
            "size": _("Size"),
        },
    ),
    Record(
        KnownAddress,
        _("Remembered address"),
        {
            "email": _("E-mail address"),
            "organisation": _("Organisation"),
            "contact": _("Contact"),
        },
    ),
    Record(
        MailAddress,
        _("Address for mail of the team"),
        {"made_at": _("In use since"), "ended_at": _("Stopped at")},
    ),
)
