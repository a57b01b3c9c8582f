"""People at organisations as one cluster knows them, where they work, and what they allow."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat, Lower
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.classes import CLUSTER
from clusterwerk.platform.access.keys import same_cluster
from clusterwerk.platform.history import tracked
from clusterwerk.platform.text import SortKey


class ContactLanguage(models.TextChoices):
    DUTCH = "nl", _("Dutch")
    FRENCH = "fr", _("French")
    ENGLISH = "en", _("English")
    GERMAN = "de", _("German")


class ContactQuery(models.QuerySet["Contact"]):
    def living(self) -> Self:
        """Those whom the cluster still keeps; the others are in no list and free their address."""
        return self.filter(archived_on=None)


@tracked(
    personal=("first_name", "last_name", "email", "phone", "mobile", "language", "note", "source")
)
class Contact(models.Model):
    """A person as one cluster knows them; another cluster has a row of its own.

    Telephone numbers in E.164 (`+3292223344`), the e-mail address in lower case; empty is unknown.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    name_sort = models.GeneratedField(
        expression=SortKey(Concat(F("last_name"), Value(" "), F("first_name"))),
        output_field=models.TextField(),
        db_persist=True,
    )
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    mobile = models.CharField(_("mobile telephone"), max_length=20, blank=True)
    language = models.CharField(
        _("language"), max_length=2, blank=True, choices=ContactLanguage.choices
    )
    note = models.TextField(_("note"), blank=True)
    bounced_on = models.DateField(_("mail came back on"), null=True, blank=True)
    archived_on = models.DateField(_("no longer kept in lists since"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER
    objects = ContactQuery.as_manager()

    class Meta:
        ordering = ["name_sort", "id"]
        indexes = [
            models.Index(fields=["cluster", "name_sort", "id"], name="contact_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="contact_of_cluster"),
            models.UniqueConstraint(
                F("cluster"),
                Lower("email"),
                condition=~Q(email="") & Q(archived_on=None),
                name="contact_email_once_per_cluster",
                violation_error_message=_("Another contact of the cluster has this address."),
            ),
            models.CheckConstraint(
                name="contact_can_be_named",
                condition=~Q(first_name="", last_name="", email=""),
                violation_error_message=_("A contact has a name or an e-mail address."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email


class PositionRole(models.TextChoices):
    REPRESENTATIVE = "representative", _("representative")
    FINANCE = "finance", _("finance")
    TECHNICAL = "technical", _("technical")
    COMMUNICATION = "communication", _("communication")
    OTHER = "other", _("other")


class PositionQuery(models.QuerySet["Position"]):
    def on(self, day: date) -> Self:
        """Positions whose period holds this day; the last day of a period is excluded."""
        return self.filter(period__contains=day)


@tracked(personal=("title",))
class Position(models.Model):
    """What a contact is at an organisation, from a day (open when unknown) up to another.

    One person may have several, at several organisations. An organisation has one main contact
    at a time.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="positions", db_constraint=False
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=150, blank=True)
    role = models.CharField(
        _("role"), max_length=20, choices=PositionRole.choices, default=PositionRole.OTHER
    )
    is_main = models.BooleanField(_("main contact"), default=False)
    period = DateRangeField(_("period"))
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER
    objects = PositionQuery.as_manager()

    class Meta:
        ordering = ["-is_main", "id"]
        indexes = [
            models.Index(fields=["cluster", "organisation"], name="position_by_organisation"),
            models.Index(fields=["cluster", "contact"], name="position_by_contact"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="position_of_cluster"),
            same_cluster("position_contact_of_cluster", "contact", "members.Contact"),
            models.CheckConstraint(
                name="position_period_holds_a_day",
                condition=Q(period__isempty=False),
                violation_error_message=_("A position has a first day before its last."),
            ),
            ExclusionConstraint(
                name="position_once_at_a_time",
                expressions=[
                    ("cluster", RangeOperators.EQUAL),
                    ("contact", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "This contact already has this role at the organisation in this period."
                ),
            ),
            ExclusionConstraint(
                name="position_one_main_contact",
                expressions=[
                    ("cluster", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(is_main=True),
                violation_error_message=_(
                    "The organisation already has a main contact in this period."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_role_display()


class ConsentPurpose(models.TextChoices):
    NEWSLETTER = "newsletter", _("newsletter")
    INVITATIONS = "invitations", _("invitations")
    PHOTOS = "photos", _("photos")
    SHARING_WITH_MEMBERS = "sharing_with_members", _("sharing with other members")


class ConsentState(models.TextChoices):
    GIVEN = "given", _("given")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ConsentWay(models.TextChoices):
    """How a person said it."""

    SPOKEN = "spoken", _("spoken")
    WRITTEN = "written", _("written")
    WEBSITE = "website", _("on a website")
    MAILING = "mailing", _("in a mailing")


@tracked(personal=("source",))
class Consent(models.Model):
    """What a contact last said of one purpose, when and how; what was said before is its past.

    No row is no consent.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="consents", db_constraint=False
    )
    purpose = models.CharField(_("purpose"), max_length=30, choices=ConsentPurpose.choices)
    state = models.CharField(_("state"), max_length=10, choices=ConsentState.choices)
    said_on = models.DateField(_("said on"))
    way = models.CharField(_("how"), max_length=10, choices=ConsentWay.choices)
    source = models.CharField(_("source"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["purpose"]
        indexes = [
            models.Index(fields=["cluster", "purpose", "state"], name="consent_by_purpose"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "contact", "purpose"], name="consent_once_per_purpose"
            ),
            same_cluster("consent_contact_of_cluster", "contact", "members.Contact"),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.get_state_display()}"
