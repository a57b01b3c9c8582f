"""Cluster organisations, the agencies that fund them, and the seats of people in both."""

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.classes import (
    AGENCY_ITSELF,
    CLUSTER_ITSELF,
    PUBLISHED,
    SEAT,
)
from clusterwerk.platform.access.keys import cluster_of_agency
from clusterwerk.platform.access.seats import ROLES_OF_KIND, SeatKind, SeatRole
from clusterwerk.platform.history import tracked
from clusterwerk.platform.models import User
from clusterwerk.platform.text import name_sort_field


@tracked()
class Agency(models.Model):
    """The public body that runs a cluster programme."""

    key = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, default="BE")

    access = AGENCY_ITSELF

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key"], name="agency_key_once")]

    def __str__(self) -> str:
        return self.name


class Embedding(models.TextChoices):
    """Whether the cluster organisation stands alone or works inside an established one."""

    INDEPENDENT = "independent", _("independent")
    EMBEDDED = "embedded", _("embedded")


@tracked()
class Cluster(models.Model):
    """A cluster as its own people and its agency know it; the public sees its `PublicProfile`."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    key = models.SlugField(max_length=80)
    name = models.CharField(_("name"), max_length=200)
    name_sort = name_sort_field()
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    theme_keywords = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    embedding = models.CharField(max_length=20, choices=Embedding.choices, blank=True)
    origin = models.CharField(_("origin"), max_length=300, blank=True)

    access = CLUSTER_ITSELF

    class Meta:
        ordering = ["name_sort", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "key"], name="cluster_key_once_per_agency"),
            models.UniqueConstraint(fields=["agency", "id"], name="cluster_of_agency"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class ClusterHost(models.Model):
    """An organisation that carries out the cluster work, in the order the agreement names them."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    cluster = models.ForeignKey(
        Cluster, on_delete=models.PROTECT, related_name="hosts", db_constraint=False
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField()

    access = PUBLISHED

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "organisation"], name="host_once_per_cluster"
            ),
            cluster_of_agency("host_cluster_of_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} for {self.cluster_id}"


@tracked()
class PublicProfile(models.Model):
    """What everybody may read and find of a cluster; a row exists once it is published.

    `search_text` holds names, aliases, keywords and their reviewed translations, folded, so that
    the portal's search needs one narrow table whose read policy is the constant true.
    """

    cluster = models.OneToOneField(
        Cluster,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="profile",
        db_constraint=False,
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    name_sort = name_sort_field()
    aliases = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    theme_keywords = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    theme = models.SlugField(max_length=60)
    scheme = models.SlugField(max_length=60)
    call_number = models.PositiveSmallIntegerField(null=True, blank=True)
    embedding = models.CharField(max_length=20, choices=Embedding.choices, blank=True)
    origin = models.CharField(max_length=300, blank=True)
    search_text = models.TextField()

    access = PUBLISHED

    class Meta:
        ordering = ["name_sort", "cluster_id"]
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="public_profile_slug_once"),
            cluster_of_agency("profile_cluster_of_agency"),
        ]
        indexes = [
            GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), name="public_profile_search"),
            models.Index(fields=["theme", "name_sort", "cluster"], name="public_profile_by_theme"),
        ]

    def __str__(self) -> str:
        return self.name


class SeatQuery(models.QuerySet["Seat"]):
    def held_on(self, day: date) -> Self:
        """Seats that stand on this day: `until` is the first day without the seat."""
        return self.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))

    def standing(self, day: date) -> Self:
        """Seats that stand on this day or begin later."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=day))


def today() -> date:
    return timezone.localdate()


@tracked()
class Seat(models.Model):
    """A person's place in a cluster, an agency, a member organisation, or as steward.

    `since` and `until` are days in local time; `until` is the first day without the seat. A seat
    that is taken away on its first day has no day at all.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="seats")
    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in SeatKind])
    role = models.CharField(max_length=30, choices=[(role, role) for role in SeatRole])
    cluster = models.ForeignKey(Cluster, null=True, blank=True, on_delete=models.PROTECT)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT)
    since = models.DateField(default=today)
    until = models.DateField(null=True, blank=True)

    access = SEAT
    objects = SeatQuery.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="seat_stands_in_its_kind",
                condition=Q(kind=SeatKind.CLUSTER, cluster__isnull=False, organisation__isnull=True)
                | Q(
                    kind=SeatKind.ORGANISATION,
                    organisation__isnull=False,
                    cluster__isnull=True,
                    agency__isnull=True,
                )
                | Q(
                    kind__in=[SeatKind.AGENCY, SeatKind.EVALUATION],
                    agency__isnull=False,
                    cluster__isnull=True,
                    organisation__isnull=True,
                )
                | Q(
                    kind=SeatKind.STEWARD,
                    cluster__isnull=True,
                    agency__isnull=True,
                    organisation__isnull=True,
                ),
                violation_error_message=_("A seat stands in exactly the place of its kind."),
            ),
            models.CheckConstraint(
                name="seat_role_of_its_kind",
                condition=Q(
                    *[Q(kind=kind, role__in=roles) for kind, roles in ROLES_OF_KIND.items()],
                    _connector=Q.OR,
                ),
            ),
            models.CheckConstraint(
                name="seat_ends_not_before_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                violation_error_message=_("A seat does not end before it begins."),
            ),
            models.UniqueConstraint(
                fields=["user", "kind", "role", "cluster", "agency", "organisation"],
                condition=Q(until__isnull=True),
                nulls_distinct=False,
                name="open_seat_once",
            ),
            cluster_of_agency("seat_cluster_of_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.kind})"


# A noun of its own, with its own folder; Django finds models from here.
from clusterwerk.clusters.handover.models import HandOver  # noqa: E402
from clusterwerk.clusters.inviting.models import (  # noqa: E402
    Invitation,
    InvitationState,
    RequestState,
    SeatRequest,
)
from clusterwerk.clusters.saved_views.models import SavedView  # noqa: E402

__all__ = [
    "Agency",
    "Cluster",
    "ClusterHost",
    "Embedding",
    "HandOver",
    "Invitation",
    "InvitationState",
    "PublicProfile",
    "RequestState",
    "SavedView",
    "Seat",
    "SeatQuery",
    "SeatRequest",
]
