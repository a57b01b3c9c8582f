"""Mails that a cluster sends to many: what is written, to whom, and what became of each."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models.activities import Activity
from clusterwerk.clusters.models import Cluster
from clusterwerk.members.models import Contact
from clusterwerk.platform.access.classes import MAILING, PUBLISHED_BY_CLUSTER
from clusterwerk.platform.access.keys import same_cluster
from clusterwerk.platform.history import tracked

LONGEST_TEXT = 30_000


class MailingKind(models.TextChoices):
    """What somebody unsubscribes of."""

    NEWSLETTER = "newsletter", _("newsletter")
    INVITATION = "invitation", _("invitation")
    PRACTICAL = "practical", _("practical message")


class MailingState(models.TextChoices):
    DRAFT = "draft", _("draft")
    PREPARING = "preparing", _("being prepared")
    SENDING = "sending", _("being sent")
    PAUSED = "paused", _("paused")
    SENT = "sent", _("sent")
    STOPPED = "stopped", _("stopped")


class MailingAudience(models.TextChoices):
    CONTACTS = "contacts", _("contacts")
    MEMBERS = "members", _("members")
    REGISTERED = "registered", _("who is registered for the activity")
    ATTENDED = "attended", _("who was at the activity")


class MailingReach(models.TextChoices):
    """Whom of a member organisation."""

    MAIN = "main", _("the main contact of each member")
    EVERYBODY = "everybody", _("everybody who works at a member")


class Written(models.Model):
    """The words of a mailing in both languages; one of them may be left out.

    Plain text with headings, lists and links (`activities.mailings.texts`).
    """

    subject_nl = models.CharField(_("subject in Dutch"), max_length=200, blank=True)
    text_nl = models.TextField(_("text in Dutch"), max_length=LONGEST_TEXT, blank=True)
    subject_en = models.CharField(_("subject in English"), max_length=200, blank=True)
    text_en = models.TextField(_("text in English"), max_length=LONGEST_TEXT, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.subject_nl or self.subject_en

    @property
    def languages(self) -> list[str]:
        """Languages in which it is written; the first is for who reads none of them."""
        return [each for each, _name in settings.LANGUAGES if getattr(self, f"subject_{each}")]

    def written_in(self, language: str) -> tuple[str, str, str]:
        """Language, subject and text for who reads this language, or else the one there is."""
        known = self.languages or [settings.LANGUAGE_CODE]
        kept = language if language in known else known[0]
        return kept, getattr(self, f"subject_{kept}"), getattr(self, f"text_{kept}")


@tracked()
class Mailing(Written):
    """One mail to many people of a cluster.

    `view_query` is the saved view of a list as it stood when it was chosen, under `view_name`.
    Who gets the mail is written down in rows of their own once it is being prepared.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        _("kind"), max_length=12, choices=MailingKind.choices, default=MailingKind.NEWSLETTER
    )
    state = models.CharField(
        _("state"), max_length=10, choices=MailingState.choices, default=MailingState.DRAFT
    )
    sender_name = models.CharField(_("sender"), max_length=100)
    reply_to = models.EmailField(_("answers go to"), blank=True)
    audience = models.CharField(
        _("to whom"),
        max_length=10,
        choices=MailingAudience.choices,
        default=MailingAudience.CONTACTS,
    )
    view_name = models.CharField(_("saved view"), max_length=100, blank=True)
    view_query = models.CharField(max_length=4000, blank=True)
    reach = models.CharField(
        _("whom of a member"),
        max_length=10,
        choices=MailingReach.choices,
        default=MailingReach.MAIN,
    )
    activity = models.ForeignKey(
        Activity,
        verbose_name=_("about the activity"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )
    is_public = models.BooleanField(_("on the public site too"), default=False)
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    asked_at = models.DateTimeField(_("sending asked"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = MAILING

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="mailing_of_cluster"),
            same_cluster("mailing_activity_of_cluster", "activity", "activities.Activity"),
            models.CheckConstraint(
                name="mailing_is_about_its_activity",
                condition=Q(activity__isnull=False) | Q(audience__in=["contacts", "members"]),
                violation_error_message=_("Say which activity these people came to."),
            ),
            models.CheckConstraint(
                name="mailing_has_words",
                condition=~Q(subject_nl="", subject_en=""),
                violation_error_message=_("Write a subject in one language at least."),
            ),
        ]
        indexes = [
            models.Index(fields=["state"], condition=Q(state="sending"), name="mailing_sending"),
        ]


class RecipientState(models.TextChoices):
    """`handed`: the job of the mail server has it. `soft` came back for now, `bounced` for good."""

    LEFT_OUT = "left_out", _("left out")
    WAITING = "waiting", _("waiting")
    HANDED = "handed", _("being sent")
    SENT = "sent", _("sent")
    UNCERTAIN = "uncertain", _("uncertain")
    FAILED = "failed", _("not sent")
    SOFT = "soft", _("came back for now")
    BOUNCED = "bounced", _("came back")
    COMPLAINED = "complained", _("marked as spam")


class LeftOut(models.TextChoices):
    """Why somebody of the audience gets no mail."""

    NO_ADDRESS = "no_address", _("no e-mail address")
    NO_MAIL = "no_mail", _("wants no mail of the cluster")
    BOUNCED = "bounced", _("mail came back")
    UNSUBSCRIBED = "unsubscribed", _("unsubscribed")
    NO_CONSENT = "no_consent", _("no consent for newsletters")
    TWICE = "twice", _("address is there already")


@tracked(personal=("name", "first_name", "email"))
class MailingRecipient(models.Model):
    """Somebody of the audience, frozen when the mailing was prepared, and what became of the mail.

    `person` is the number of the row that named them (contact, registration or attendance), so
    that preparing goes on where it stopped. `token` stands in the link to unsubscribe and in the
    address to which mail comes back.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    mailing = models.ForeignKey(
        Mailing, on_delete=models.PROTECT, related_name="recipients", db_constraint=False
    )
    contact = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )
    person = models.BigIntegerField(editable=False)
    name = models.CharField(_("name"), max_length=210, blank=True)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    organisation_name = models.CharField(_("organisation"), max_length=300, blank=True)
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    token = models.CharField(max_length=40, editable=False)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=RecipientState.choices,
        default=RecipientState.WAITING,
    )
    left_out = models.CharField(
        _("why left out"), max_length=12, choices=LeftOut.choices, blank=True
    )
    handed_at = models.DateTimeField(_("handed over"), null=True, blank=True)
    unsubscribed_at = models.DateTimeField(_("unsubscribed"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = MAILING

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="recipient_of_cluster"),
            models.UniqueConstraint(fields=["mailing", "person"], name="recipient_once"),
            models.UniqueConstraint(
                fields=["mailing", "email"],
                condition=~Q(state="left_out") & ~Q(email=""),
                name="recipient_once_per_address",
            ),
            models.UniqueConstraint(fields=["token"], name="recipient_token_once"),
            same_cluster("recipient_mailing_of_cluster", "mailing", "activities.Mailing"),
            same_cluster("recipient_contact_of_cluster", "contact", "members.Contact"),
        ]
        indexes = [
            models.Index(fields=["mailing", "state", "id"], name="recipient_by_state"),
            models.Index(fields=["cluster", "mailing", "id"], name="recipient_by_mailing"),
            models.Index(fields=["cluster", "email"], name="recipient_by_email"),
            models.Index(fields=["cluster", "contact"], name="recipient_by_contact"),
            models.Index(
                fields=["handed_at"], condition=Q(state="handed"), name="recipient_in_flight"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email


@tracked()
class PublishedNewsletter(Written):
    """A newsletter that everybody reads on the public site, as it was sent."""

    mailing = models.OneToOneField(
        Mailing,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="published",
        db_constraint=False,
    )
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    uid = models.UUIDField(editable=False)
    published_at = models.DateTimeField(_("published"))
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = PUBLISHED_BY_CLUSTER

    class Meta:
        ordering = ["-published_at", "-mailing_id"]
        constraints = [
            same_cluster("newsletter_mailing_of_cluster", "mailing", "activities.Mailing"),
            models.UniqueConstraint(fields=["uid"], name="newsletter_uid_once"),
        ]
        indexes = [
            models.Index(fields=["cluster", "published_at"], name="newsletter_by_cluster"),
        ]
