"""Every organisation once, with its identifiers."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models.places import Place
from clusterwerk.platform.access.classes import SHARED
from clusterwerk.platform.history import tracked
from clusterwerk.platform.text import name_sort_field


class OrganisationKind(models.TextChoices):
    ENTERPRISE = "enterprise", _("enterprise")
    KNOWLEDGE_INSTITUTION = "knowledge_institution", _("knowledge institution")
    FEDERATION = "federation", _("federation")
    PUBLIC_BODY = "public_body", _("public body")
    ASSOCIATION = "association", _("association")


class OrganisationQuery(models.QuerySet["Organisation"]):
    def real(self) -> Self:
        """Without the invented organisations of the demo."""
        return self.filter(is_demo=False)


@tracked()
class Organisation(models.Model):
    """The shared legal identity; what one cluster knows of it stands in that cluster's rows."""

    name = models.CharField(_("name"), max_length=200)
    name_sort = name_sort_field()
    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind.choices)
    country = models.CharField(_("country"), max_length=2, default="BE")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = SHARED
    objects = OrganisationQuery.as_manager()

    class Meta:
        ordering = ["name_sort", "id"]
        indexes = [
            models.Index(fields=["name_sort", "id"], name="organisation_by_name"),
            models.Index(fields=["is_demo"], name="organisation_by_demo"),
        ]

    def __str__(self) -> str:
        return self.name


class IdentifierScheme(models.TextChoices):
    BE_ENTERPRISE = "be-enterprise", _("Belgian enterprise number")
    SOURCE_NAME = "source-name", _("name in a source document")


@tracked()
class OrganisationIdentifier(models.Model):
    """A number or name under which a register or document knows an organisation."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="identifiers"
    )
    scheme = models.CharField(max_length=30, choices=IdentifierScheme.choices)
    value = models.CharField(max_length=200)

    access = SHARED

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "value"],
                name="organisation_identifier_once",
                violation_error_message=_("This number already belongs to an organisation."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
