"""The past of clusters, their hosts, public facts and seats in words."""

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.access import may_describe_cluster
from clusterwerk.clusters.models import (
    Agency,
    Cluster,
    ClusterHost,
    HandOver,
    Invitation,
    PublicProfile,
    Seat,
    SeatRequest,
)
from clusterwerk.clusters.wording import role_name
from clusterwerk.platform.history.records import (
    Part,
    Record,
    register_acquaintance,
    register_records,
)

_FACTS = {
    "name": _("Name"),
    "aliases": _("Other names"),
    "theme_keywords": _("Keywords"),
    "embedding": _("Embedding"),
    "origin": _("Origin"),
}


def register_past() -> None:
    register_acquaintance(colleagues)
    register_records(
        Record(Agency, _("Agency"), {"name": _("Name"), "country": _("Country")}),
        Record(
            Cluster,
            _("Cluster"),
            _FACTS,
            parts=_file_of_cluster,
            may_undo=may_describe_cluster,
        ),
        Record(
            ClusterHost,
            _("Executing organisation"),
            {"organisation": _("Organisation"), "position": _("Position")},
        ),
        Record(
            PublicProfile,
            _("Public profile"),
            {**_FACTS, "theme": _("Theme group"), "scheme": _("Scheme"), "call_number": _("Call")},
        ),
        Record(
            HandOver,
            _("Hand-over"),
            {
                "to_cluster": _("Into another cluster"),
                "to_host": _("To another host"),
                "new_manager": _("New manager"),
                "keeps_team": _("The team goes along"),
                "day": _("From which day"),
                "reason": _("Reason"),
                "proposed_by": _("Proposed by"),
                "agreed_by": _("Agreed by"),
                "agreed_at": _("Agreed"),
                "accepted_by": _("Accepted by"),
                "accepted_at": _("Accepted"),
                "carried_out_by": _("Carried out by"),
                "carried_out_at": _("Carried out"),
                "withdrawn_by": _("Withdrawn by"),
                "withdrawn_at": _("Withdrawn"),
            },
            called=lambda over: over.reason,
            address=lambda over: reverse("clusters:hand_over_detail", args=[over.pk]),
        ),
        Record(
            SeatRequest,
            _("Seat asked for"),
            {
                "organisation": _("Organisation"),
                "email": _("E-mail address"),
                "name": _("Name"),
                "language": _("Language"),
                "reason": _("Reason"),
                "state": _("State"),
                "asked_by": _("Asked by"),
                "asked_at": _("Asked"),
                "settled_by": _("Settled by"),
                "settled_at": _("Settled"),
                "answer": _("Answer"),
            },
        ),
        Record(
            Invitation,
            _("Invitation"),
            {
                "email": _("E-mail address"),
                "name": _("Name"),
                "role": _("Role"),
                "organisation": _("Organisation"),
                "language": _("Language"),
                "until": _("First day without"),
                "reason": _("Reason"),
                "place_name": _("Place"),
                "invited_by": _("Invited by"),
                "invited_at": _("Invited"),
                "sent_at": _("Last sent"),
                "times_sent": _("Times sent"),
                "expires_at": _("Open until"),
                "state": _("State"),
                "settled_by": _("Settled by"),
                "settled_at": _("Settled"),
            },
        ),
        Record(
            Seat,
            _("Seat"),
            {
                "user": _("Person"),
                "role": _("Role"),
                "since": _("Since"),
                "until": _("First day without"),
            },
            called=lambda seat: role_name(seat.role),
        ),
    )


def _file_of_cluster(row: Any) -> Iterable[Part]:  # noqa: ANN401 - an event of a cluster
    own = {"cluster_id": row.pgh_obj_id}
    return [(ClusterHost, own), (PublicProfile, own), (Seat, own)]


def colleagues(people: Collection[int]) -> Iterable[int]:
    """People whose seats the acting person may see: of the same cluster, agency or programme."""
    return Seat.objects.filter(user__in=people).values_list("user_id", flat=True).distinct()
