"""What a cluster does with and for its members: talks, promises, tasks."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models.contacts import Contact
from clusterwerk.platform.access.classes import CLUSTER
from clusterwerk.platform.access.keys import same_cluster
from clusterwerk.platform.history import tracked
from clusterwerk.platform.models import User


def _about_organisation() -> "models.ForeignKey[Organisation | None, Organisation | None]":
    return models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


def _about_contact() -> "models.ForeignKey[Contact | None, Contact | None]":
    return models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )


def _person() -> "models.ForeignKey[User | None, User | None]":
    """Somebody of the team; the account stays as a number when the person is erased."""
    return models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )


class InteractionKind(models.TextChoices):
    MEETING = "meeting", _("meeting")
    CALL = "call", _("call")
    MAIL = "mail", _("mail")
    NOTE = "note", _("note")


@tracked(personal=("subject", "body"))
class Interaction(models.Model):
    """A talk, call, mail or note; whom it was with stands in its parties.

    `external_id` is what its source calls it, so that nothing comes in twice.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=InteractionKind.choices)
    happened_at = models.DateTimeField(_("when"), default=timezone.now)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("what was said"), blank=True)
    author = _person()
    source = models.CharField(_("source"), max_length=200, blank=True)
    external_id = models.CharField(_("number in the source"), max_length=255, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["-happened_at", "-id"]
        indexes = [
            models.Index(fields=["cluster", "happened_at", "id"], name="interaction_by_moment"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="interaction_of_cluster"),
            models.UniqueConstraint(
                fields=["cluster", "external_id"],
                condition=~Q(external_id=""),
                name="interaction_once_per_source",
                violation_error_message=_("This is on the timeline already."),
            ),
            models.CheckConstraint(
                name="interaction_says_something",
                condition=~Q(subject="", body=""),
                violation_error_message=_("Say in a few words what it was about."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.body[:80]


@tracked()
class InteractionParty(models.Model):
    """Whom an interaction was with: an organisation, a contact, or a contact for one."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    interaction = models.ForeignKey(
        Interaction, on_delete=models.PROTECT, related_name="parties", db_constraint=False
    )
    organisation = _about_organisation()
    contact = _about_contact()
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["cluster", "organisation"], name="party_by_organisation"),
            models.Index(fields=["cluster", "contact"], name="party_by_contact"),
        ]
        constraints = [
            same_cluster("party_interaction_of_cluster", "interaction", "members.Interaction"),
            same_cluster("party_contact_of_cluster", "contact", "members.Contact"),
            models.UniqueConstraint(
                fields=["cluster", "interaction", "organisation", "contact"],
                nulls_distinct=False,
                name="party_once_per_interaction",
            ),
            models.CheckConstraint(
                name="party_is_somebody",
                condition=Q(organisation__isnull=False) | Q(contact__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.contact or self.organisation)


class ExpectationState(models.TextChoices):
    OPEN = "open", _("open")
    TAKEN_UP = "taken_up", _("taken up")
    MET = "met", _("met")
    DECLINED = "declined", _("declined")


SETTLED = (ExpectationState.MET, ExpectationState.DECLINED)


@tracked(personal=("text", "answer"))
class Expectation(models.Model):
    """What a member said it hopes for, and what was done with it."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    contact = _about_contact()
    said_on = models.DateField(_("said on"))
    text = models.TextField(_("what the member expects"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ExpectationState.choices,
        default=ExpectationState.OPEN,
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["said_on", "id"]
        indexes = [
            models.Index(fields=["cluster", "organisation"], name="expectation_by_organisation"),
            models.Index(fields=["cluster", "state", "said_on"], name="expectation_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="expectation_of_cluster"),
            same_cluster("expectation_contact_of_cluster", "contact", "members.Contact"),
            models.CheckConstraint(
                name="expectation_settled_with_an_answer",
                condition=(Q(state__in=SETTLED) & ~Q(answer="") & Q(answered_on__isnull=False))
                | (~Q(state__in=SETTLED) & Q(answered_on=None)),
                violation_error_message=_(
                    "An expectation that is met or declined has an answer and its day."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


@tracked(personal=("title", "note"))
class Task(models.Model):
    """Something the team has to do, with an owner, a last day and a day to be reminded."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("what has to be done"), max_length=200)
    note = models.TextField(_("note"), blank=True)
    owner = _person()
    due_on = models.DateField(_("due on"), null=True, blank=True)
    remind_on = models.DateField(_("remind on"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    organisation = _about_organisation()
    contact = _about_contact()
    expectation = models.ForeignKey(
        Expectation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks",
        db_constraint=False,
    )
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["cluster", "owner", "due_on"], name="task_by_owner"),
            models.Index(fields=["cluster", "organisation"], name="task_by_organisation"),
            models.Index(
                fields=["cluster", "remind_on"],
                condition=Q(done_at=None, reminded_at=None),
                name="task_to_remind",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="task_of_cluster"),
            same_cluster("task_contact_of_cluster", "contact", "members.Contact"),
            same_cluster("task_expectation_of_cluster", "expectation", "members.Expectation"),
        ]

    def __str__(self) -> str:
        return self.title
