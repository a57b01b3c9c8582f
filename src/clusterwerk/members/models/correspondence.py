"""Mail that is forwarded, copied or dropped: its address, its tray, and what came with it."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models.contacts import Contact
from clusterwerk.members.models.work import Interaction
from clusterwerk.platform.access.classes import CLUSTER
from clusterwerk.platform.access.keys import same_cluster
from clusterwerk.platform.history import tracked
from clusterwerk.platform.models import User
from clusterwerk.platform.ui.templatetags.ui import day


@tracked(never=("token",))
class MailAddress(models.Model):
    """The secret part of the address to which a team sends mail; one at a time.

    An address that was renewed stays as a row, so that one can see when it stopped.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=40)
    made_at = models.DateTimeField(_("in use since"), default=timezone.now)
    ended_at = models.DateTimeField(_("stopped at"), null=True, blank=True)

    access = CLUSTER

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["token"], name="mail_address_once"),
            models.UniqueConstraint(
                fields=["cluster"],
                condition=Q(ended_at=None),
                name="mail_address_one_in_use",
                violation_error_message=_("The cluster has an address already."),
            ),
        ]

    def __str__(self) -> str:
        return day(timezone.localdate(self.made_at))


class MailState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    FILED = "filed", _("on a timeline")
    DISMISSED = "dismissed", _("dismissed")


class MailWay(models.TextChoices):
    SENT = "sent", _("sent to the address of the team")
    DROPPED = "dropped", _("dropped as a file")


class MailReason(models.TextChoices):
    """Why a mail waits for a person."""

    STRANGER = "stranger", _("not sent by somebody of the team")
    UNKNOWN = "unknown", _("no address in it is known")
    MANY = "many", _("sent to very many")
    AUTOMATIC = "automatic", _("sent by a machine")


class IncomingMailQuery(models.QuerySet["IncomingMail"]):
    def waiting(self) -> Self:
        return self.filter(state=MailState.WAITING)


@tracked(
    personal=("sender", "sender_name", "recipients", "subject", "brought_by_address"),
    never=("text",),
)
class IncomingMail(models.Model):
    """A mail as it came in: in the tray until somebody files or dismisses it, or filed at once.

    `sender` is who wrote it first, also when a colleague forwarded it; `brought_by_address` is who
    sent it to the team. `recipients` has one `name <address>` a line. The text moves to the talk
    when the mail is filed, so that it stands in one place.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    message_id = models.CharField(_("number of the mail"), max_length=255)
    way = models.CharField(_("how it came"), max_length=10, choices=MailWay.choices)
    received_at = models.DateTimeField(_("came in"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"))
    sender = models.CharField(_("sender"), max_length=254, blank=True)
    sender_name = models.CharField(_("name of the sender"), max_length=200, blank=True)
    recipients = models.TextField(_("recipients"), blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    brought_by_address = models.CharField(_("sent to the team by"), max_length=254, blank=True)
    brought_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=MailState.choices, default=MailState.WAITING
    )
    reason = models.CharField(
        _("why it waits"), max_length=10, choices=MailReason.choices, blank=True
    )
    interaction = models.ForeignKey(
        Interaction,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="mails",
        db_constraint=False,
    )
    settled_at = models.DateTimeField(_("filed or dismissed"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER
    objects = IncomingMailQuery.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(fields=["cluster", "state", "received_at"], name="mail_in_tray"),
            models.Index(fields=["cluster", "interaction"], name="mail_by_interaction"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="mail_of_cluster"),
            models.UniqueConstraint(
                fields=["cluster", "message_id"],
                name="mail_once_per_cluster",
                violation_error_message=_("This mail came in before."),
            ),
            same_cluster("mail_interaction_of_cluster", "interaction", "members.Interaction"),
        ]

    def __str__(self) -> str:
        return self.subject or self.sender or self.message_id


@tracked(personal=("name",), never=("content",))
class MailAttachment(models.Model):
    """A file that came with a mail. `size` in bytes; without content it was not kept.

    The bytes stand in the row: row policies, back-ups and a mail that goes take them along.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    mail = models.ForeignKey(
        IncomingMail, on_delete=models.CASCADE, related_name="attachments", db_constraint=False
    )
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    content = models.BinaryField(null=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["cluster", "mail"], name="attachment_by_mail")]
        constraints = [
            same_cluster("attachment_mail_of_cluster", "mail", "members.IncomingMail"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(personal=("email",))
class KnownAddress(models.Model):
    """To whom an address belongs that no contact carries, as somebody of the team chose it."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    email = models.CharField(_("e-mail address"), max_length=254)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contact = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["email"]
        indexes = [models.Index(fields=["cluster", "contact"], name="known_address_by_contact")]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "email"], name="known_address_once_per_cluster"
            ),
            same_cluster("known_address_contact_of_cluster", "contact", "members.Contact"),
            models.CheckConstraint(
                name="known_address_of_somebody",
                condition=Q(organisation__isnull=False) | Q(contact__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.email
