"""Files and texts of mails, for all data of a cluster: the bytes that no table of it holds."""

from collections.abc import Iterator

from django.utils import timezone

from clusterwerk.members.models import IncomingMail, MailAttachment
from clusterwerk.platform.takeout.archive import ExportedDocument


def documents_of(cluster: int) -> Iterator[ExportedDocument]:
    """Files that were kept, and texts of mails in the tray, each read when its turn comes.

    The text of a mail on a timeline stands in the talk, and the mail as it came is not kept.
    """
    files = MailAttachment.objects.filter(cluster_id=cluster, content__isnull=False)
    for pk in list(files.order_by("pk").values_list("pk", flat=True)):
        file = MailAttachment.objects.get(pk=pk)
        yield ExportedDocument(file.name, bytes(file.content or b""), _table(file), pk)
    mails = IncomingMail.objects.filter(cluster_id=cluster).exclude(text="")
    for pk in list(mails.order_by("pk").values_list("pk", flat=True)):
        mail = IncomingMail.objects.get(pk=pk)
        yield ExportedDocument(f"{mail}.txt", _letter(mail), _table(mail), pk)


def _table(row: IncomingMail | MailAttachment) -> str:
    return row._meta.db_table


def _letter(mail: IncomingMail) -> bytes:
    """With its head, as one reads a mail."""
    head = [
        f"From: {mail.sender_name} <{mail.sender}>",
        f"To: {', '.join(mail.recipients.splitlines())}",
        f"Date: {timezone.localtime(mail.sent_at).isoformat()}",
        f"Subject: {mail.subject}",
    ]
    return "\n".join([*head, "", mail.text]).encode()
