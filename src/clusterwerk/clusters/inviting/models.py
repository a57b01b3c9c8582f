"""Seats that are offered by mail, and seats that somebody asks a steward for."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Agency, Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.classes import INVITATION, SEAT_REQUEST
from clusterwerk.platform.access.keys import cluster_of_agency
from clusterwerk.platform.access.seats import ROLES_OF_KIND, SeatKind, SeatRole
from clusterwerk.platform.history import tracked
from clusterwerk.platform.models import User

LIFETIME = timedelta(days=14)  # from the latest mail
NO_ADDRESS = "erased@erased.invalid"


class RequestState(models.TextChoices):
    ASKED = "asked", _("waits for a steward")
    GIVEN = "given", _("given")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("taken back")


@tracked(personal=("email", "name"))
class SeatRequest(models.Model):
    """A cluster, or the organisation itself, asks that somebody may act for that organisation.

    Such a seat reads what the organisation promised to every cluster, so no single cluster gives
    it: a steward does, once the address is known to be of the organisation. Without a cluster it
    was asked by somebody who acts for the organisation already.
    """

    cluster = models.ForeignKey(
        Cluster, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    email = models.CharField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=10, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
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
                nulls_distinct=False,
                name="one_open_seat_request",
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

    @property
    def is_open(self) -> bool:
        return self.state == RequestState.ASKED


class InvitationState(models.TextChoices):
    OPEN = "open", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted")
    WITHDRAWN = "withdrawn", _("withdrawn")


@tracked(personal=("email", "name"))
class Invitation(models.Model):
    """A seat offered to whoever reads the mail of an address, until a moment.

    It stands in the same places as the seat it offers; that of an organisation names the cluster
    that asked for it as well. `until` is the first day without the seat, `place_name` what the mail
    calls the place. It opens nothing by itself: on acceptance the person who invited must still be
    allowed to give this seat.
    """

    kind = models.CharField(max_length=20, choices=[(kind, kind) for kind in SeatKind])
    role = models.CharField(max_length=30, choices=[(role, role) for role in SeatRole])
    cluster = models.ForeignKey(
        Cluster, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place_name = models.CharField(_("place"), max_length=300, blank=True)
    email = models.CharField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    until = models.DateField(_("first day without the seat"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    sent_at = models.DateTimeField(_("last sent"), default=timezone.now)
    times_sent = models.PositiveSmallIntegerField(_("times sent"), default=1)
    expires_at = models.DateTimeField(_("open until"))
    state = models.CharField(
        _("state"), max_length=10, choices=InvitationState.choices, default=InvitationState.OPEN
    )
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    access = INVITATION

    class Meta:
        ordering = ["-invited_at", "-id"]
        indexes = [
            models.Index(fields=["cluster", "-invited_at"], name="invitation_by_cluster"),
            models.Index(fields=["invited_by", "sent_at"], name="invitation_by_sender"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "kind", "cluster", "agency", "organisation"],
                condition=Q(state=InvitationState.OPEN),
                nulls_distinct=False,
                name="one_open_invitation",
                violation_error_message=_("This address has an open invitation here already."),
            ),
            models.CheckConstraint(
                name="invitation_stands_in_its_kind",
                condition=Q(
                    kind=SeatKind.CLUSTER,
                    cluster__isnull=False,
                    agency__isnull=False,
                    organisation__isnull=True,
                )
                | Q(kind=SeatKind.ORGANISATION, organisation__isnull=False, agency__isnull=True)
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
            ),
            models.CheckConstraint(
                name="invitation_role_of_its_kind",
                condition=Q(
                    *[Q(kind=kind, role__in=roles) for kind, roles in ROLES_OF_KIND.items()],
                    _connector=Q.OR,
                ),
                violation_error_message=_("This role does not belong here."),
            ),
            models.CheckConstraint(
                name="invitation_settled_at_a_moment",
                condition=Q(state=InvitationState.OPEN, settled_at=None)
                | (~Q(state=InvitationState.OPEN) & Q(settled_at__isnull=False)),
            ),
            cluster_of_agency("invitation_cluster_of_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        """Not settled yet; it may be past its days."""
        return self.state == InvitationState.OPEN

    def is_past(self, now: datetime) -> bool:
        return self.expires_at <= now

    @property
    def is_erased(self) -> bool:
        """Whoever was invited asked to be erased."""
        return self.email.endswith(NO_ADDRESS)
