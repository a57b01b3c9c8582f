"""Who says that they will come."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models.activities import Activity, price
from clusterwerk.activities.models.owners import Led, same_lead
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import Contact
from clusterwerk.platform.access.classes import REGISTRATION
from clusterwerk.platform.access.keys import same_cluster
from clusterwerk.platform.history import tracked

MOST_GUESTS = 9


class RegistrationState(models.TextChoices):
    """Unconfirmed and confirmed ones hold their places."""

    UNCONFIRMED = "unconfirmed", _("not confirmed yet")
    CONFIRMED = "confirmed", _("registered")
    WAITING = "waiting", _("on the waiting list")
    CANCELLED = "cancelled", _("withdrawn")
    LAPSED = "lapsed", _("lapsed")


class Relevance(models.IntegerChoices):
    """Question 2 of the survey in the evaluation of 2020 of the innovative business networks."""

    NONE = 1, _("not relevant")
    LITTLE = 2, _("a little relevant")
    RELEVANT = 3, _("relevant")
    VERY = 4, _("very relevant")


LONGEST_FEEDBACK = 1000
HOLDING = (RegistrationState.UNCONFIRMED, RegistrationState.CONFIRMED)
LIVING = (*HOLDING, RegistrationState.WAITING)


@tracked(personal=("name", "email", "telephone", "remark", "answers", "takes_along", "better"))
class Registration(Led):
    """Somebody says that they will come, alone or with guests.

    `confirmed_at` is when the link in the mail was followed, also while waiting. `approved` is
    false while the team must say whether somebody comes who is not known as a member. `told` is
    the version of the activity, as calendars count it, that the person heard of last. `price` is
    what one person pays, in euro; none: free. `relevance` and the texts after it are what whoever
    came found of it.
    """

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="registrations", db_constraint=False
    )
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    printed_organisation = models.CharField(_("organisation as typed"), max_length=200, blank=True)
    contact = models.ForeignKey(
        Contact,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )
    guests = models.PositiveSmallIntegerField(
        _("guests"), default=0, validators=[MaxValueValidator(MOST_GUESTS)]
    )
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    # To the questions of the organisers, each with the words that were asked.
    answers = models.JSONField(_("answers"), default=list, blank=True)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=RegistrationState.choices,
        default=RegistrationState.UNCONFIRMED,
    )
    approved = models.BooleanField(_("may come"), default=True)
    token = models.CharField(max_length=40, editable=False)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    price = price(_("price"))
    told = models.PositiveIntegerField(_("version told"), default=0, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    feedback_asked_at = models.DateTimeField(
        _("asked how it was"), null=True, blank=True, editable=False
    )
    relevance = models.PositiveSmallIntegerField(
        _("relevance"), choices=Relevance.choices, null=True, blank=True
    )
    takes_along = models.CharField(_("takes along"), max_length=LONGEST_FEEDBACK, blank=True)
    better = models.CharField(_("could be better"), max_length=LONGEST_FEEDBACK, blank=True)
    said_at = models.DateTimeField(_("said"), null=True, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = REGISTRATION

    class Meta(Led.Meta):
        abstract = False
        ordering = ["asked_at", "id"]
        indexes = [
            *Led.Meta.indexes,
            models.Index(fields=["activity", "state", "asked_at"], name="registration_by_state"),
            models.Index(fields=["cluster", "activity", "id"], name="registration_by_activity"),
            models.Index(Lower("email"), name="registration_by_address"),
            models.Index(
                fields=["asked_at"],
                condition=Q(state__in=["unconfirmed", "waiting"], confirmed_at=None),
                name="registration_unproven",
            ),
        ]
        constraints = [
            *Led.Meta.constraints,
            *same_lead("registration_activity", "activity", "activities.Activity"),
            same_cluster("registration_contact_of_cluster", "contact", "members.Contact"),
            models.UniqueConstraint(fields=["cluster", "id"], name="registration_of_cluster"),
            models.UniqueConstraint(fields=["agency", "id"], name="registration_of_agency"),
            models.UniqueConstraint(fields=["token"], name="registration_token_once"),
            models.UniqueConstraint(
                "activity",
                Lower("email"),
                condition=Q(state__in=["unconfirmed", "confirmed", "waiting"]) & ~Q(email=""),
                name="registration_once_per_address",
                violation_error_message=_("This address is registered already."),
            ),
            models.CheckConstraint(
                name="registration_relevance_on_its_scale",
                condition=Q(relevance=None) | Q(relevance__range=(1, 4)),
            ),
            models.CheckConstraint(
                name="registration_brings_few_guests",
                condition=Q(guests__lte=MOST_GUESTS),
                violation_error_message=_("Somebody brings nine guests at most."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def people(self) -> int:
        """The person and the guests."""
        return 1 + self.guests

    @property
    def is_undecided(self) -> bool:
        """Whether the team must say if somebody comes who is not known as a member."""
        return self.state == RegistrationState.WAITING and not self.approved
