"""Who was there."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models.activities import Activity
from clusterwerk.activities.models.owners import Led, same_lead
from clusterwerk.activities.models.registrations import MOST_GUESTS, Registration
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import Contact
from clusterwerk.platform.access.classes import JOINT
from clusterwerk.platform.access.keys import same_cluster
from clusterwerk.platform.history import tracked


@tracked(personal=("printed_name", "email"))
class Attendance(Led):
    """Somebody was there: a contact, or a name as a list prints it; for an organisation, if known.

    `printed_organisation` is what the list says of it where no organisation of ours fits.
    `guests` came along, of whom nothing else is known. `arrived_at` is known of who was ticked at
    the door; `registration` is what they had said before.
    """

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="attendances", db_constraint=False
    )
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
    registration = models.ForeignKey(
        Registration,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attendances",
        db_constraint=False,
    )
    printed_name = models.CharField(_("name on the list"), max_length=200, blank=True)
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    printed_organisation = models.CharField(
        _("organisation on the list"), max_length=200, blank=True
    )
    guests = models.PositiveSmallIntegerField(
        _("guests"), default=0, validators=[MaxValueValidator(MOST_GUESTS)]
    )
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = JOINT

    class Meta(Led.Meta):
        abstract = False
        ordering = ["id"]
        indexes = [
            *Led.Meta.indexes,
            models.Index(fields=["cluster", "organisation"], name="attendance_by_organisation"),
            models.Index(fields=["cluster", "activity", "id"], name="attendance_by_activity"),
        ]
        constraints = [
            *Led.Meta.constraints,
            *same_lead("attendance_activity", "activity", "activities.Activity"),
            *same_lead("attendance_registration", "registration", "activities.Registration"),
            same_cluster("attendance_contact_of_cluster", "contact", "members.Contact"),
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(registration__isnull=False),
                name="attendance_once_per_registration",
                violation_error_message=_("Whoever registered is on the list already."),
            ),
            models.UniqueConstraint(
                fields=["cluster", "activity", "contact"],
                condition=Q(contact__isnull=False),
                name="attendance_once_per_contact",
                violation_error_message=_("This contact is on the list already."),
            ),
            models.UniqueConstraint(
                "cluster",
                "activity",
                Lower("email"),
                Lower("printed_name"),
                condition=Q(contact__isnull=True),
                name="attendance_once_per_name",
                violation_error_message=_("This name is on the list already."),
            ),
            models.CheckConstraint(
                name="attendance_is_somebody",
                condition=Q(contact__isnull=False) | ~Q(printed_name="", email=""),
                violation_error_message=_("Say who was there."),
            ),
        ]

    @property
    def people(self) -> int:
        """The person and the guests."""
        return 1 + self.guests

    def __str__(self) -> str:
        """A contact is for the lead's team alone: who holds it too reads what the list says."""
        named = self.contact if self.contact_id else None
        if named is not None:
            return str(named)
        if self.printed_name or self.email or self.registration is None:
            return self.printed_name or self.email or str(_("a contact of who leads"))
        return self.registration.name
