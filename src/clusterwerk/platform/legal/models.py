"""Breaches of personal data as the installation noted them (Article 33(5) GDPR).

Nothing here is changed or taken away: what was known later is another entry, and the entries
before it stay readable.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.classes import BREACH_LOG
from clusterwerk.platform.history import tracked


class Reported(models.TextChoices):
    """Whether the supervisory authority was told."""

    WAITING = "waiting", _("not yet")
    REPORTED = "reported", _("reported")
    NOT_NEEDED = "not_needed", _("not needed: a risk is unlikely")


class Informed(models.TextChoices):
    """Whether the persons concerned were told (Article 34)."""

    WAITING = "waiting", _("not decided yet")
    INFORMED = "informed", _("told")
    NOT_NEEDED = "not_needed", _("not needed: no high risk is likely")


@tracked()
class Breach(models.Model):
    """One breach; all that is known of it stands in its entries. `key` makes one of two clicks."""

    key = models.UUIDField(editable=False)
    noted_at = models.DateTimeField(default=timezone.now, editable=False)

    access = BREACH_LOG

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["key"], name="breach_noted_once")]

    def __str__(self) -> str:
        return str(self.pk)


@tracked()
class BreachEntry(models.Model):
    """What was known of a breach at a moment; the highest `revision` is what holds now.

    Numbers are null while they are unknown. `reason` says why an entry after the first was made.
    """

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="entries")
    revision = models.PositiveSmallIntegerField()
    noted_at = models.DateTimeField(default=timezone.now, editable=False)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("what is new or corrected"), max_length=500, blank=True)
    discovered_at = models.DateTimeField(_("when did you become aware"))
    began_at = models.DateTimeField(_("when did it begin, if known"), null=True, blank=True)
    ended_at = models.DateTimeField(_("when did it end, if known"), null=True, blank=True)
    what = models.TextField(_("what happened"), max_length=5_000)
    data_categories = models.TextField(_("which categories of data"), max_length=2_000)
    subject_categories = models.TextField(_("which categories of persons"), max_length=2_000)
    subjects_number = models.PositiveIntegerField(
        _("about how many persons, if known"), null=True, blank=True
    )
    records_number = models.PositiveIntegerField(
        _("about how many records, if known"), null=True, blank=True
    )
    consequences = models.TextField(_("likely consequences"), max_length=5_000)
    measures = models.TextField(_("measures taken and planned"), max_length=5_000)
    controllers_told_at = models.DateTimeField(
        _("when were the controllers told"), null=True, blank=True
    )
    reported = models.CharField(
        _("told to the supervisory authority"), max_length=20, choices=Reported.choices
    )
    reported_at = models.DateTimeField(_("when was the authority told"), null=True, blank=True)
    reported_why = models.TextField(
        _("why later than 72 hours, or why not at all"), max_length=2_000, blank=True
    )
    informed = models.CharField(
        _("told to the persons concerned"), max_length=20, choices=Informed.choices
    )
    informed_at = models.DateTimeField(_("when were they told"), null=True, blank=True)
    is_closed = models.BooleanField(_("closed: nothing more is expected"), default=False)

    access = BREACH_LOG

    class Meta:
        ordering = ["breach", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["breach", "revision"], name="breach_revision_once"),
            models.CheckConstraint(
                name="breach_reported_with_its_moment",
                condition=Q(reported=Reported.REPORTED, reported_at__isnull=False)
                | (~Q(reported=Reported.REPORTED) & Q(reported_at__isnull=True)),
                violation_error_message=_("Say when the authority was told, and only then."),
            ),
            models.CheckConstraint(
                name="breach_informed_with_its_moment",
                condition=Q(informed=Informed.INFORMED, informed_at__isnull=False)
                | (~Q(informed=Informed.INFORMED) & Q(informed_at__isnull=True)),
                violation_error_message=_("Say when the persons were told, and only then."),
            ),
            models.CheckConstraint(
                name="breach_not_reported_with_its_reason",
                condition=~Q(reported=Reported.NOT_NEEDED) | ~Q(reported_why=""),
                violation_error_message=_("Say why the authority need not be told."),
            ),
            models.CheckConstraint(
                name="breach_ends_after_it_begins",
                condition=Q(began_at__isnull=True)
                | Q(ended_at__isnull=True)
                | Q(ended_at__gte=F("began_at")),
                violation_error_message=_("A breach ends after it begins."),
            ),
            models.CheckConstraint(
                name="breach_closed_when_decided",
                condition=Q(is_closed=False)
                | (~Q(reported=Reported.WAITING) & ~Q(informed=Informed.WAITING)),
                violation_error_message=_(
                    "Before it is closed, settle whether authority and persons are told."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.breach_id}, {self.revision}"
