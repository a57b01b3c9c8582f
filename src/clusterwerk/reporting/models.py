"""Readings of indicators: published in a document, or counted from records."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Q, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.platform.access.classes import CLUSTER, COUNTED, PUBLISHED_BY_AGENCY, READ_ONLY
from clusterwerk.platform.access.keys import OwnedKey, cluster_of_agency
from clusterwerk.platform.history import tracked
from clusterwerk.platform.models import User


@tracked()
class Document(models.Model):
    """A document that figures are taken from; `digest` tells the figures of imports apart."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=300)
    publisher = models.CharField(max_length=200)
    published_on = models.DateField()
    digest = models.CharField(max_length=64, blank=True)

    access = PUBLISHED_BY_AGENCY

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "key"], name="document_key_once_per_agency"),
            models.UniqueConstraint(fields=["agency", "id"], name="document_of_agency"),
        ]

    def __str__(self) -> str:
        return self.title


def _document_of_agency(name: str) -> OwnedKey:
    return OwnedKey(
        name=name,
        columns=("agency_id", "document_id"),
        target="reporting.Document",
        references=("agency_id", "id"),
    )


class PublishedReadingQuery(models.QuerySet["PublishedReading"]):
    def whole(self) -> Self:
        """Readings of a cluster or programme as a whole, not of one segment of it."""
        return self.filter(dimension="")

    def strongest_last(self) -> Self:
        """So ordered that of several prints of one fact the one to show comes last.

        A newer document goes before an older one, what was reported before a target, and an
        earlier place in the document before a later one.
        """
        is_reported = Case(When(basis="target", then=0), default=1)
        return self.order_by("document__published_on", "document_id", is_reported, "-position")


@tracked()
class PublishedReading(models.Model):
    """A figure as a document prints it: value, place in the document and qualifying words.

    Exactly one of number, day and text holds the value; `decimals` is how many decimals the number
    is printed with (3.00 says more than 3). `subject` is the key of a cluster or
    "programme". Published figures are never repaired and never mixed with counted ones in a sum.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey(
        Cluster,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="readings", db_constraint=False
    )
    key = models.CharField(max_length=200)
    subject = models.CharField(max_length=80)
    indicator = models.CharField(max_length=80)
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    day = models.DateField(null=True, blank=True)
    text = models.CharField(max_length=300, null=True, blank=True)
    unit = models.CharField(max_length=20)
    qualifier = models.CharField(max_length=120, blank=True)
    basis = models.CharField(max_length=120, blank=True)
    as_of = models.CharField(max_length=60, blank=True)
    place = models.CharField(max_length=200)
    dimension = models.CharField(max_length=40, blank=True)
    segment = models.CharField(max_length=80, blank=True)
    attributes = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField()

    access = PUBLISHED_BY_AGENCY
    objects = PublishedReadingQuery.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "key"], name="published_reading_once_per_document"
            ),
            models.CheckConstraint(
                name="published_reading_one_value",
                condition=Q(number__isnull=False, day__isnull=True, text__isnull=True)
                | Q(number__isnull=True, day__isnull=False, text__isnull=True)
                | Q(number__isnull=True, day__isnull=True, text__isnull=False),
                violation_error_message=_("A reading has exactly one value."),
            ),
            cluster_of_agency("published_reading_cluster_of_agency"),
            _document_of_agency("published_reading_document_of_agency"),
        ]
        indexes = [
            models.Index(fields=["cluster", "indicator"], name="published_reading_by_cluster"),
            models.Index(fields=["agency", "indicator"], name="published_reading_by_agency"),
            # The programme's own figures, and what lists of all figures offer as filters.
            models.Index(fields=["subject", "indicator"], name="published_reading_by_subject"),
            models.Index(fields=["indicator"], name="published_reading_by_key"),
            models.Index(fields=["place"], name="published_reading_by_place"),
            models.Index(fields=["document", "position", "id"], name="published_reading_in_order"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def value(self) -> Decimal | date | str:
        """The printed value; a number with the decimals it is printed with."""
        if self.number is not None:
            return self.number.quantize(Decimal(1).scaleb(-self.decimals))
        return self.day or self.text or ""


class ProjectKind(models.TextChoices):
    APPLICATION = "application", _("inter-cluster application")
    COLLABORATION = "collaboration", _("worked example of a collaboration")


@tracked()
class PublishedProject(models.Model):
    """An application or collaboration that a document lists by name."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="projects", db_constraint=False
    )
    kind = models.CharField(max_length=20, choices=ProjectKind.choices)
    title = models.CharField(max_length=300)
    title_basis = models.CharField(max_length=60, blank=True)
    instrument = models.CharField(max_length=120, blank=True)
    years = models.PositiveSmallIntegerField(null=True, blank=True)
    partners = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    approved = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    access = PUBLISHED_BY_AGENCY

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "kind", "title"], name="published_project_once_per_document"
            ),
            models.UniqueConstraint(fields=["agency", "id"], name="published_project_of_agency"),
            _document_of_agency("published_project_document_of_agency"),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class PublishedProjectCluster(models.Model):
    """A cluster that a document names as part of a project."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey(
        PublishedProject, on_delete=models.CASCADE, related_name="parts", db_constraint=False
    )
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )

    access = PUBLISHED_BY_AGENCY

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "cluster"], name="published_project_cluster_once"
            ),
            cluster_of_agency("published_project_cluster_of_agency"),
            OwnedKey(
                name="published_part_project_of_agency",
                columns=("agency_id", "project_id"),
                target="reporting.PublishedProject",
                references=("agency_id", "id"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cluster_id} in {self.project_id}"


@tracked()
class CountedReading(models.Model):
    """What an indicator counted from records on a day, and the digest of the records it counted.

    Never changed or taken away: a later count is another reading.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey(
        Cluster,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_constraint=False,
    )
    indicator = models.CharField(max_length=80)
    definition_version = models.PositiveSmallIntegerField()
    day = models.DateField()
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=20)
    evidence_digest = models.CharField(max_length=64)
    evidence_count = models.PositiveIntegerField()
    includes_demo = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    access = COUNTED

    class Meta:
        ordering = ["day", "recorded_at"]
        constraints = [cluster_of_agency("counted_reading_cluster_of_agency")]
        indexes = [
            models.Index(
                fields=["cluster", "indicator", "-day", "-id"], name="counted_reading_by_cluster"
            ),
            models.Index(
                fields=["agency", "indicator", "-day", "-id"], name="counted_reading_by_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} on {self.day}"


@tracked(personal=("said_by",))
class StatedReading(models.Model):
    """A figure that a cluster wrote down itself for an earlier year; neither counted nor published.

    `indicator` is the key of an indicator of ours when its printed name fits one. The value is a
    number, or a text where it is none; unknown is null. `said_by` is who says so, `source` where.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("indicator"), max_length=200)
    indicator = models.CharField(max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    target = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    text = models.CharField(_("value in words"), max_length=300, blank=True)
    said_by = models.CharField(_("who says so"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=200)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["-year", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "year", "name"], name="stated_reading_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"


class PublishedStamp(models.Model):
    """Another value after every change of what an agency publishes, whatever made the change.

    Triggers write it (migration `0003_published_stamp`), so that whether a public page still holds
    is one small read, however much is published. The value is drawn, not counted: after a change
    that was taken back no later change gives it again.
    """

    agency = models.OneToOneField(
        Agency, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    value = models.UUIDField()

    access = READ_ONLY

    def __str__(self) -> str:
        return str(self.value)
