"""Documents of an activity: slides and papers, for everybody or for those who came."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.activities.models.activities import Activity
from clusterwerk.activities.models.owners import Led, same_lead
from clusterwerk.activities.models.registrations import Registration
from clusterwerk.platform.access.classes import REGISTRATION
from clusterwerk.platform.history import tracked


class HandoutReach(models.TextChoices):
    """Who may have it, besides the team."""

    EVERYBODY = "everybody", _("everybody")
    CAME = "came", _("those who came")


@tracked()
class Handout(Led):
    """A document of an activity. `size` in bytes, `digest` is SHA-256 in hex of what it holds."""

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="handouts", db_constraint=False
    )
    name = models.CharField(_("name"), max_length=200)
    reach = models.CharField(
        _("for whom"), max_length=10, choices=HandoutReach.choices, default=HandoutReach.CAME
    )
    position = models.PositiveSmallIntegerField(
        _("place"), default=1, validators=[MinValueValidator(1)]
    )
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    digest = models.CharField(max_length=64, editable=False)
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = REGISTRATION

    class Meta(Led.Meta):
        abstract = False
        ordering = ["position", "id"]
        verbose_name = _("document of an activity")
        verbose_name_plural = _("documents of activities")
        indexes = [
            *Led.Meta.indexes,
            models.Index(fields=["activity", "position", "id"], name="handout_by_place"),
            models.Index(fields=["cluster", "activity"], name="handout_by_cluster"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="handout_of_cluster"),
            models.UniqueConstraint(fields=["agency", "id"], name="handout_of_agency"),
            *Led.Meta.constraints,
            *same_lead("handout_activity", "activity", "activities.Activity"),
            models.UniqueConstraint(
                "activity",
                Lower("name"),
                name="handout_once_per_name",
                violation_error_message=_("A document of this name is there already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HandoutFile(Led):
    """What a document holds, and how often it was fetched; nobody is kept who did.

    The bytes stand in a row, so that row policies and back-ups take them along; in a row of their
    own, so that no list reads them.
    """

    handout = models.OneToOneField(
        Handout,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="file",
        db_constraint=False,
    )
    content = models.BinaryField()
    fetched = models.PositiveIntegerField(_("fetched"), default=0)

    access = REGISTRATION

    class Meta(Led.Meta):
        abstract = False
        indexes = [
            *Led.Meta.indexes,
            models.Index(fields=["cluster", "handout"], name="handoutfile_by_cluster"),
        ]
        constraints = [
            *Led.Meta.constraints,
            *same_lead("handoutfile_handout", "handout", "activities.Handout"),
        ]

    def __str__(self) -> str:
        return str(self.handout)


class HandoutMail(Led):
    """Somebody who came got the mail about a set of documents, once.

    `told` is the digest of the set; with one more document it is another one.
    """

    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    told = models.CharField(max_length=64, editable=False)
    told_at = models.DateTimeField(_("told"), default=timezone.now)

    access = REGISTRATION

    class Meta(Led.Meta):
        abstract = False
        indexes = [
            *Led.Meta.indexes,
            models.Index(fields=["cluster", "registration"], name="handoutmail_by_cluster"),
        ]
        constraints = [
            *Led.Meta.constraints,
            *same_lead("handoutmail_registration", "registration", "activities.Registration"),
            models.UniqueConstraint(fields=["registration", "told"], name="handoutmail_once"),
        ]

    def __str__(self) -> str:
        return str(self.registration)
