"""Where a seat stands, as one value for seats and invitations."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from clusterwerk.clusters.inviting.models import Invitation
from clusterwerk.clusters.models import Agency, Cluster, PublicProfile, Seat, SeatQuery
from clusterwerk.directory.models import Organisation
from clusterwerk.platform.access.seats import ROLES_OF_KIND, SeatKind, SeatRole


@dataclass(frozen=True, slots=True)
class Place:
    """A cluster with its agency, an agency, an organisation, or the installation by its kind.

    `asked_by` is the cluster that asked for a seat of an organisation.
    """

    kind: SeatKind
    name: str = ""
    cluster: int | None = None
    agency: int | None = None
    organisation: int | None = None
    asked_by: int | None = None

    @property
    def roles(self) -> tuple[SeatRole, ...]:
        return ROLES_OF_KIND[self.kind]

    @property
    def of_seat(self) -> dict[str, Any]:
        """The columns of a seat here."""
        return {
            "kind": self.kind,
            "cluster_id": self.cluster,
            "agency_id": self.agency,
            "organisation_id": self.organisation,
        }

    @property
    def of_invitation(self) -> dict[str, Any]:
        cluster = self.cluster if self.asked_by is None else self.asked_by
        return {**self.of_seat, "cluster_id": cluster, "place_name": self.name}

    def seats(self) -> SeatQuery:
        return Seat.objects.filter(**self.of_seat)


def in_cluster(cluster: Cluster | PublicProfile) -> Place:
    """Also by the public profile, which is all that a steward sees of a cluster."""
    return Place(SeatKind.CLUSTER, name=cluster.name, cluster=cluster.pk, agency=cluster.agency_id)


def in_agency(agency: Agency, kind: SeatKind = SeatKind.AGENCY) -> Place:
    return Place(kind, name=agency.name, agency=agency.pk)


def for_organisation(organisation: Organisation, asked_by: int | None = None) -> Place:
    return Place(
        SeatKind.ORGANISATION,
        name=organisation.name,
        organisation=organisation.pk,
        asked_by=asked_by,
    )


def in_installation() -> Place:
    return Place(SeatKind.STEWARD, name=_("the installation"))


def place_of_invitation(invitation: Invitation) -> Place:
    kind = SeatKind(invitation.kind)
    is_asked = kind == SeatKind.ORGANISATION
    return Place(
        kind,
        name=invitation.place_name,
        cluster=None if is_asked else invitation.cluster_id,
        agency=invitation.agency_id,
        organisation=invitation.organisation_id,
        asked_by=invitation.cluster_id if is_asked else None,
    )


def place_of_seat(seat: Seat) -> Place:
    return Place(
        SeatKind(seat.kind),
        cluster=seat.cluster_id,
        agency=seat.agency_id,
        organisation=seat.organisation_id,
    )
