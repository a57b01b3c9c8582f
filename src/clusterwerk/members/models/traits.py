"""What a cluster adds to organisations and contacts in its own words: tags and own fields."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models.contacts import Contact
from clusterwerk.platform.access.classes import CLUSTER
from clusterwerk.platform.access.keys import same_cluster
from clusterwerk.platform.history import tracked


class TagKind(models.TextChoices):
    """`PROSPECT` is one tag of a cluster: on whom it hopes to reach, until they are members."""

    FREE = "free", _("tag")
    VALUE_CHAIN = "value_chain", _("position in the value chain")
    PROSPECT = "prospect", _("prospect")


@tracked()
class Tag(models.Model):
    """A word by which a cluster groups organisations."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("kind"), max_length=20, choices=TagKind.choices, default=TagKind.FREE)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["kind", "name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="tag_of_cluster"),
            models.UniqueConstraint(
                F("cluster"),
                F("kind"),
                Lower("name"),
                name="tag_once_per_cluster",
                violation_error_message=_("The cluster has this tag already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class TagUse(models.Model):
    """A tag on an organisation."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="uses", db_constraint=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        indexes = [
            models.Index(fields=["cluster", "organisation"], name="tag_use_by_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "tag", "organisation"], name="tag_once_per_organisation"
            ),
            same_cluster("tag_use_tag_of_cluster", "tag", "members.Tag"),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.organisation_id}"


class FieldSubject(models.TextChoices):
    ORGANISATION = "organisation", _("organisation")
    CONTACT = "contact", _("contact")


class FieldKind(models.TextChoices):
    TEXT = "text", _("text")
    NUMBER = "number", _("number")
    DAY = "day", _("day")
    CHOICE = "choice", _("choice")
    YES_NO = "yes_no", _("yes or no")


@tracked()
class CustomField(models.Model):
    """A field that a cluster made for its own use; one that is no longer used keeps its values."""

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(_("about"), max_length=20, choices=FieldSubject.choices)
    key = models.SlugField(_("key"), max_length=60)
    label = models.CharField(_("label"), max_length=60)
    kind = models.CharField(_("kind"), max_length=10, choices=FieldKind.choices)
    choices = ArrayField(
        models.CharField(max_length=60), verbose_name=_("choices"), default=list, blank=True
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "id"], name="custom_field_of_cluster"),
            models.UniqueConstraint(
                fields=["cluster", "subject", "key"],
                name="custom_field_once_per_cluster",
                violation_error_message=_("The cluster has a field of this name already."),
            ),
            models.CheckConstraint(
                name="custom_field_choice_has_choices",
                condition=(Q(kind=FieldKind.CHOICE) & ~Q(choices=[]))
                | (~Q(kind=FieldKind.CHOICE) & Q(choices=[])),
                violation_error_message=_("A choice has at least one thing to choose."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


@tracked(personal=("value",))
class CustomValue(models.Model):
    """The value of an own field, written one way: 1234.5, 2020-01-31, yes or no, a choice, a text.

    No row is unknown.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    field = models.ForeignKey(
        CustomField, on_delete=models.PROTECT, related_name="values", db_constraint=False
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
    value = models.TextField(_("value"))
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = CLUSTER

    class Meta:
        indexes = [
            models.Index(fields=["cluster", "organisation"], name="value_by_organisation"),
            models.Index(fields=["cluster", "contact"], name="value_by_contact"),
        ]
        constraints = [
            same_cluster("custom_value_field_of_cluster", "field", "members.CustomField"),
            same_cluster("custom_value_contact_of_cluster", "contact", "members.Contact"),
            models.UniqueConstraint(
                fields=["cluster", "field", "organisation", "contact"],
                nulls_distinct=False,
                name="custom_value_once_per_field",
            ),
            models.CheckConstraint(
                name="custom_value_of_one_subject",
                condition=Q(organisation__isnull=False, contact=None)
                | Q(organisation=None, contact__isnull=False),
            ),
            models.CheckConstraint(name="custom_value_not_empty", condition=~Q(value="")),
        ]

    def __str__(self) -> str:
        return self.value
