"""What the tables of this room hold, for "who can see what of us"."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import (
    Agency,
    Cluster,
    ClusterHost,
    HandOver,
    Invitation,
    PublicProfile,
    SavedView,
    Seat,
    SeatRequest,
)
from clusterwerk.clusters.wording import role_name
from clusterwerk.platform.kinds import DataKind

CLUSTER_KINDS = (
    DataKind(
        Seat,
        40,
        _("Seats"),
        _(
            "Who works for you, with which role and from which day. An agency and a steward can "
            "read who they are; a steward can also give seats, and that stands in this list. The "
            "others beside read seats of an agency or of their own organisation, not these."
        ),
        lambda cluster: Q(cluster_id=cluster),
        lambda seat: f"{seat.user.name} ({role_name(seat.role)})",
        ("user",),
    ),
    DataKind(
        Cluster,
        50,
        _("Your cluster"),
        _("Its name, other names, keywords, origin, and whether it stands alone."),
        lambda cluster: Q(pk=cluster),
        str,
    ),
    DataKind(
        HandOver,
        55,
        _("Hand-overs"),
        _(
            "From which day another organisation carries your cluster, or another cluster takes "
            "it in: who proposed and agreed, why, and what was done. Everybody with a seat in that "
            "other cluster reads it from the proposal on."
        ),
        lambda cluster: Q(cluster_id=cluster) | Q(to_cluster_id=cluster),
        lambda over: over.reason,
    ),
    DataKind(
        SeatRequest,
        59,
        _("Seats asked for"),
        _(
            "For whom you asked that they may act for one of your members, and the answer. Who "
            "acts for that organisation already reads it too."
        ),
        lambda cluster: Q(cluster_id=cluster),
        lambda request: f"{request.organisation}: {request.name}",
        ("organisation",),
    ),
    DataKind(
        Invitation,
        58,
        _("Invitations"),
        _(
            "Whom you invited to your team, and who was invited for a member because you asked: "
            "address, role and what became of it."
        ),
        lambda cluster: Q(cluster_id=cluster),
        lambda invitation: f"{invitation.name or invitation.email} ({role_name(invitation.role)})",
    ),
    DataKind(
        SavedView,
        60,
        _("Saved views of lists"),
        _(
            "Which filters, columns and order somebody of your team kept under a name. Each person "
            "reads the own ones and those that the team shares."
        ),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        PublicProfile,
        90,
        _("Public profile"),
        _("What the public site shows and finds of your cluster."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        ClusterHost,
        91,
        _("Executing organisations"),
        _("Which organisations carry out the work of your cluster."),
        lambda cluster: Q(cluster_id=cluster),
        lambda host: str(host.organisation),
        ("organisation",),
    ),
    DataKind(
        Agency,
        99,
        _("Your agency"),
        _("The name and country of the agency that runs your programme."),
        lambda cluster: Q(cluster=cluster),
        str,
    ),
)
