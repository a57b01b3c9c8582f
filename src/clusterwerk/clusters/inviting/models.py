"""Seats that somebody asks for and a steward decides on."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.classes import SEAT_REQUEST
from clusterwerk.platform.history import tracked
from clusterwerk.platform.models import User


class RequestState(models.TextChoices):
    ASKED = "asked", _("waits for a steward")
    GIVEN = "given", _("given")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("taken back")


@tracked(personal=("email", "name"))
class SeatRequest(models.Model):
    """A cluster asks that somebody may act for one of its members.

    Such a seat reads what the organisation promised to every cluster, so no single cluster gives
    it: a steward does, once the address is known to be of the organisation.
    """

    cluster = models.ForeignKey("clusters.Cluster", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    email = models.CharField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=10, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.ASKED
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=300, blank=True)

    access = SEAT_REQUEST

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["cluster", "-asked_at"], name="seat_request_by_cluster"),
            models.Index(fields=["state", "asked_at"], name="seat_request_by_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "organisation", "email"],
                condition=Q(state=RequestState.ASKED),
                name="seat_request_once",
                violation_error_message=_("This seat was asked for already and waits."),
            ),
            models.CheckConstraint(
                name="seat_request_settled_at_a_moment",
                condition=Q(state=RequestState.ASKED, settled_at=None)
                | (~Q(state=RequestState.ASKED) & Q(settled_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.get_state_display()}"
