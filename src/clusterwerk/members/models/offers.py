"""What a member organisation tells its clusters of itself, one row for each cluster it tells."""

import uuid
from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.classes import ORGANISATION
from clusterwerk.platform.history import tracked


@tracked()
class MemberProfile(models.Model):
    """How an organisation presents itself to the team of one cluster; its representative writes it.

    Each cluster that reads it has a row: another one, joined later, is told by a new choice.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    summary = models.CharField(_("what we do"), max_length=200, blank=True)
    description_nl = models.TextField(_("description in Dutch"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    website = models.CharField(_("website"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = ORGANISATION

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "cluster"], name="profile_by_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "organisation"], name="profile_once"),
        ]

    def __str__(self) -> str:
        return self.summary or str(self.organisation_id)


class OfferKind(models.TextChoices):
    NEED = "need", _("need")
    OFFER = "offer", _("offer")


class OfferAudience(models.TextChoices):
    """With whom it may be matched; until there is matching only the teams read it."""

    TEAM = "team", _("nobody else: the team may speak with us")
    MEMBERS = "members", _("members of this cluster")
    CLUSTERS = "clusters", _("members of all clusters")


class OfferOutcome(models.TextChoices):
    """What became of it, as the member says when it closes it."""

    THROUGH_CLUSTER = "through_cluster", _("found through a cluster")
    ELSEWHERE = "elsewhere", _("found elsewhere")
    DROPPED = "dropped", _("no longer of use")


class NeedOrOfferQuery(models.QuerySet["NeedOrOffer"]):
    def open_on(self, day: date) -> Self:
        """Not closed, and not over before this day."""
        return self.filter(Q(open_until=None) | Q(open_until__gte=day), closed_on=None)


@tracked(personal=("title", "text"))
class NeedOrOffer(models.Model):
    """What a member looks for or can give, told to one cluster.

    Told to several, it has a row in each with the same `entry`. It is open up to and with
    `open_until`, without end when that is empty, unless the member closed it before. Tags are in
    lower case.

    The cluster keeps what it was told when the membership ended, on the file of the former member;
    its list leaves it out until somebody asks for it.
    """

    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    entry = models.UUIDField(default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=OfferKind.choices)
    title = models.CharField(_("in short"), max_length=120)
    text = models.TextField(_("more about it"), blank=True)
    tags = ArrayField(
        models.CharField(max_length=40), verbose_name=_("tags"), default=list, blank=True
    )
    audience = models.CharField(
        _("may be matched with"),
        max_length=10,
        choices=OfferAudience.choices,
        default=OfferAudience.TEAM,
    )
    told_on = models.DateField(_("told on"))
    open_until = models.DateField(_("open until"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.CharField(
        _("what became of it"), max_length=20, choices=OfferOutcome.choices, blank=True
    )
    is_demo = models.BooleanField(_("demo data"), default=False)

    access = ORGANISATION
    objects = NeedOrOfferQuery.as_manager()

    class Meta:
        ordering = ["kind", "-told_on", "-id"]
        indexes = [
            models.Index(fields=["cluster", "kind", "-told_on"], name="offer_by_cluster"),
            models.Index(fields=["organisation", "entry"], name="offer_by_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "entry"], name="offer_once_per_cluster"),
            models.CheckConstraint(
                name="offer_says_something",
                condition=~Q(title=""),
                violation_error_message=_("Say in a few words what it is about."),
            ),
            models.CheckConstraint(
                name="offer_outcome_when_closed",
                condition=Q(outcome="") | Q(closed_on__isnull=False),
                violation_error_message=_("What became of it is said when it is closed."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open_on(self, day: date) -> bool:
        return self.closed_on is None and (self.open_until is None or self.open_until >= day)
