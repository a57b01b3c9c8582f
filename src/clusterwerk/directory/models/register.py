"""The enterprise register as it was published: editions, enterprises, labels, and what changed.

The enterprises stand in two tables of one shape. One is in use and the other is free: a full
edition is built in the free one, and a single row says from one moment to the next which is read.
"""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models.organisations import Organisation
from clusterwerk.platform.access.classes import REGISTER, SHARED
from clusterwerk.platform.ui.templatetags.ui import day


class EditionKind(models.TextChoices):
    FULL = "full", _("full extract")
    UPDATE = "update", _("update")


class RegisterEdition(models.Model):
    """One file that was loaded; the newest is in use. `slot` is the table (1 or 2) it stands in.

    `problems` lists the first broken rows as file, line and reason; `problem_count` counts all.
    """

    number = models.PositiveIntegerField(_("extract number"))
    kind = models.CharField(_("kind"), max_length=10, choices=EditionKind.choices)
    snapshot_on = models.DateField(_("state of"))
    file_name = models.CharField(_("file"), max_length=200)
    file_digest = models.CharField(max_length=64)
    is_synthetic = models.BooleanField(_("invented"), default=False)
    slot = models.PositiveSmallIntegerField()
    is_in_use = models.BooleanField(default=False)
    enterprise_count = models.PositiveIntegerField(_("enterprises"), default=0)
    row_count = models.PositiveBigIntegerField(_("rows read"), default=0)
    problem_count = models.PositiveIntegerField(_("broken rows"), default=0)
    problems = models.JSONField(default=list)
    change_count = models.PositiveIntegerField(_("organisations corrected"), default=0)
    loaded_at = models.DateTimeField(_("loaded"), default=timezone.now)

    access = SHARED

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_in_use"],
                condition=models.Q(is_in_use=True),
                name="register_edition_one_in_use",
            ),
            models.CheckConstraint(
                condition=models.Q(slot__in=[1, 2]), name="register_edition_slot"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({day(self.snapshot_on)})"


class EnterpriseKind(models.TextChoices):
    UNKNOWN = "0", _("unknown")
    NATURAL = "1", _("natural person")
    LEGAL = "2", _("legal person")


class RegisteredEnterprise(models.Model):
    """An enterprise as the edition says; codes are those of the register.

    `names` is a list of language, kind and name. `search_name` is the name shown, folded and
    without legal forms; `search_words` holds the words of all names. Both sort by byte, so that one
    index serves prefix and order. `nace_2025` and `nace_2008`
    are main activities, each once. The register gives no seat of natural persons.
    """

    number = models.CharField(max_length=10, primary_key=True, db_collation="C")
    name = models.TextField()
    names = models.JSONField(default=list)
    search_name = models.TextField(db_collation="C")
    search_words = SearchVectorField()
    kind = models.CharField(max_length=1, choices=EnterpriseKind.choices)
    status = models.CharField(max_length=2)
    situation = models.CharField(max_length=3)
    legal_form = models.CharField(max_length=3, blank=True)
    started_on = models.DateField(null=True)
    street = models.TextField(blank=True)
    street_fr = models.TextField(blank=True)
    house_number = models.TextField(blank=True)
    box = models.TextField(blank=True)
    postcode = models.TextField(blank=True)
    municipality = models.TextField(blank=True)
    municipality_fr = models.TextField(blank=True)
    country = models.TextField(blank=True)  # name as printed; empty is Belgium
    struck_off_on = models.DateField(null=True)
    nace_2025 = ArrayField(models.CharField(max_length=10), default=list)
    nace_2008 = ArrayField(models.CharField(max_length=10), default=list)
    establishments = ArrayField(models.CharField(max_length=10), default=list)
    website = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class RegisteredEnterprise1(RegisteredEnterprise):
    """First of the two tables."""

    access = REGISTER


class RegisteredEnterprise2(RegisteredEnterprise):
    """Second of the two tables."""

    access = REGISTER


class RegisterCode(models.Model):
    """What a code of the register means, in one language; of the edition in use."""

    category = models.CharField(max_length=40)
    code = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    label = models.TextField()

    access = SHARED

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["category", "code", "language"], name="register_code_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.code}"


class RegisterLoad(models.Model):
    """A full load under way: where to go on after a kill; `token` names the process at work."""

    file_digest = models.CharField(max_length=64, unique=True)
    slot = models.PositiveSmallIntegerField()
    token = models.CharField(max_length=32)
    buckets = models.PositiveIntegerField(default=0)  # done, in the order of the numbers
    is_indexed = models.BooleanField(default=False)
    moved_at = models.DateTimeField(default=timezone.now)

    access = SHARED

    def __str__(self) -> str:
        return self.file_digest[:12]


class RegisterChangeKind(models.TextChoices):
    RENAMED = "renamed", _("renamed")
    MOVED = "moved", _("moved")
    LEGAL_FORM = "legal_form", _("other legal form")
    STOPPED = "stopped", _("stopped")
    RESUMED = "resumed", _("in the register again")


class RegisterChangeQuery(models.QuerySet["RegisterChange"]):
    def newest_first(self) -> Self:
        return self.order_by("-id")


class RegisterChange(models.Model):
    """What an edition corrected of an organisation; a fact of a public register."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="register_changes")
    edition = models.ForeignKey(RegisterEdition, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=20, choices=RegisterChangeKind.choices)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    access = SHARED
    objects = RegisterChangeQuery.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.kind}"
