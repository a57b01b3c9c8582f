"""What the tables of mail hold, for "who can see what of us"."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.members.models import IncomingMail, KnownAddress, MailAddress, MailAttachment
from clusterwerk.platform.kinds import DataKind


def _of_cluster(cluster: int) -> Q:
    return Q(cluster_id=cluster)


CORRESPONDENCE_KINDS = (
    DataKind(
        IncomingMail,
        51,
        _("Mail that came in"),
        _("Mails sent or dropped: who wrote them, to whom, and whether they are on a timeline."),
        _of_cluster,
        str,
    ),
    DataKind(
        MailAttachment,
        52,
        _("Files with a mail"),
        _("Names of files that came with a mail, and the files that were kept."),
        _of_cluster,
        str,
    ),
    DataKind(
        KnownAddress,
        53,
        _("Remembered addresses"),
        _("To which organisation or contact an e-mail address belongs, as you chose."),
        _of_cluster,
        str,
    ),
    DataKind(
        MailAddress,
        54,
        _("Address for mail of the team"),
        _("Since when your team has its address for mail, and when one before stopped."),
        _of_cluster,
        str,
    ),
)
