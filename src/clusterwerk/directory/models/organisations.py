"""Every organisation once, with its identifiers."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models.places import Place
from clusterwerk.platform.access.classes import (
    PART_OF_SHARED_OR_PRIVATE,
    SHARED,
    SHARED_OR_PRIVATE,
)
from clusterwerk.platform.history import tracked
from clusterwerk.platform.text import name_sort_field


class OrganisationKind(models.TextChoices):
    ENTERPRISE = "enterprise", _("enterprise")
    KNOWLEDGE_INSTITUTION = "knowledge_institution", _("knowledge institution")
    FEDERATION = "federation", _("federation")
    PUBLIC_BODY = "public_body", _("public body")
    ASSOCIATION = "association", _("association")
    INVESTOR = "investor", _("investor")
    CITIZENS_GROUP = "citizens_group", _("citizens' group")
    CLUSTER_ORGANISATION = "cluster_organisation", _("cluster organisation")


class OrganisationQuery(models.QuerySet["Organisation"]):
    def real(self) -> Self:
        """Without the invented organisations of the demo."""
        return self.filter(is_demo=False)

    def shared(self) -> Self:
        return self.filter(cluster_id__isnull=True)

    def standing(self) -> Self:
        """Without those that were merged into another, which only old addresses still lead to."""
        return self.filter(merged_into__isnull=True)

    def private_to(self, cluster: int) -> Self:
        """Typed in by hand by this cluster, and neither matched nor published."""
        return self.filter(cluster_id=cluster)


@tracked()
class Organisation(models.Model):
    """The shared legal identity; what one cluster knows of it stands in that cluster's rows.

    One that names a cluster was typed in by hand and is private to it until it is matched or
    published. The room of clusters lies above this one, so the columns are plain numbers here and
    `clusters` adds their keys. `agency_id` is written by the database when a membership makes the
    private organisation evidence for the agency of the cluster.

    `municipality` holds what was written when no `place` of ours fits. `as_of` is the day of the
    edition or document that told the facts; those that a register keeps are not changed by hand.

    One that was merged stays, so that what anybody once wrote down still leads to the one that
    stands: `merged_into`, which may itself have been merged later.
    """

    cluster_id = models.BigIntegerField(_("private to"), null=True, blank=True)
    agency_id = models.BigIntegerField(_("shown to the agency"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=200)
    name_sort = name_sort_field()
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind.choices)
    legal_form = models.CharField(_("legal form"), max_length=100, blank=True, default="")
    country = models.CharField(_("country"), max_length=2, default="BE")
    street = models.CharField(_("street and number"), max_length=200, blank=True, default="")
    postcode = models.CharField(_("postcode"), max_length=20, blank=True, default="")
    municipality = models.CharField(_("municipality"), max_length=100, blank=True, default="")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT)
    website = models.URLField(_("website"), max_length=300, blank=True, default="")
    started_on = models.DateField(_("started on"), null=True, blank=True)
    ceased_on = models.DateField(_("stopped on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    is_kept_by_register = models.BooleanField(_("kept by a register"), default=False)
    is_demo = models.BooleanField(_("demo data"), default=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged",
    )

    access = SHARED_OR_PRIVATE
    objects = OrganisationQuery.as_manager()

    class Meta:
        ordering = ["name_sort", "id"]
        indexes = [
            models.Index(fields=["name_sort", "id"], name="organisation_by_name"),
            models.Index(
                fields=["is_demo"],
                name="organisation_by_demo",
                include=["id", "cluster_id", "agency_id"],
            ),
            models.Index(
                fields=["cluster_id", "name_sort"],
                name="organisation_by_cluster",
                condition=Q(cluster_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="organisation_shared_for_all",
                condition=Q(cluster_id__isnull=False) | Q(agency_id__isnull=True),
            ),
            models.CheckConstraint(
                name="organisation_register_is_shared",
                condition=Q(cluster_id__isnull=True) | Q(is_kept_by_register=False),
                violation_error_message=_("What a register keeps is private to nobody."),
            ),
            models.CheckConstraint(
                name="organisation_stops_after_it_starts",
                condition=Q(ceased_on__isnull=True)
                | Q(started_on__isnull=True)
                | Q(ceased_on__gte=F("started_on")),
                violation_error_message=_("An organisation does not stop before it started."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_private(self) -> bool:
        return self.cluster_id is not None


class OrganisationWords(models.Model):
    """What the search compares of a shared organisation: its folded name and municipality.

    A trigger of the database writes it. Narrow and of class shared, because a search by parts of
    words uses its index only where the read policy is the constant true.
    """

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.CASCADE, related_name="words"
    )
    text = models.TextField()

    access = SHARED

    class Meta:
        indexes = [GinIndex(OpClass(F("text"), name="gin_trgm_ops"), name="organisation_search")]

    def __str__(self) -> str:
        return self.text


class IdentifierScheme(models.TextChoices):
    BE_ENTERPRISE = "be-enterprise", _("Belgian enterprise number")
    BE_ESTABLISHMENT = "be-establishment", _("Belgian establishment unit number")
    VAT = "vat", _("VAT number")
    LEI = "lei", _("LEI")
    ROR = "ror", _("ROR")
    ISNI = "isni", _("ISNI")
    CH_UID = "ch-uid", _("Swiss enterprise number (UID)")
    DE_COMPANY = "de-company", _("German register of companies")
    DK_CVR = "dk-cvr", _("Danish enterprise number (CVR)")
    EE_REGISTER = "ee-register", _("Estonian register code")
    FI_BUSINESS = "fi-business", _("Finnish business ID")
    FR_SIREN = "fr-siren", _("French enterprise number (SIREN)")
    FR_SIRET = "fr-siret", _("French establishment number (SIRET)")
    GB_COMPANY = "gb-company", _("company number of the United Kingdom")
    NL_COMPANY = "nl-company", _("Dutch chamber of commerce number (KvK)")
    NO_ORGANISATION = "no-organisation", _("Norwegian organisation number")
    PL_REGON = "pl-regon", _("Polish REGON")
    SE_ORGANISATION = "se-organisation", _("Swedish organisation number")
    SOURCE_NAME = "source-name", _("name in a source document")


@tracked()
class OrganisationIdentifier(models.Model):
    """A number or name under which a register or document knows an organisation.

    Cluster and agency are those of the organisation, written by the database. Two clusters may
    know the same number of a private organisation, and neither learns that the other does.
    """

    cluster_id = models.BigIntegerField(null=True, blank=True, editable=False)
    agency_id = models.BigIntegerField(null=True, blank=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="identifiers"
    )
    scheme = models.CharField(max_length=30, choices=IdentifierScheme.choices)
    value = models.CharField(max_length=200)

    access = PART_OF_SHARED_OR_PRIVATE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="organisation_identifier_once",
                condition=Q(cluster_id__isnull=True),
                violation_error_message=_("This number already belongs to an organisation."),
            ),
            models.UniqueConstraint(
                fields=["cluster_id", "scheme", "value"],
                name="organisation_identifier_once_per_cluster",
                condition=Q(cluster_id__isnull=False),
                violation_error_message=_(
                    "This number already belongs to an organisation of your cluster."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
