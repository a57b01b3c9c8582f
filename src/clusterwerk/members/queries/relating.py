"""Which organisations are members of a cluster today, for the screens of the directory."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterwerk.directory.relations import Relation
from clusterwerk.members.models import Membership


def member_relations(cluster: int, organisations: Sequence[int]) -> dict[int, list[Relation]]:
    rows = Membership.objects.filter(cluster_id=cluster, organisation__in=organisations)
    standing = rows.on(timezone.localdate()).order_by("pk")
    told = standing.values_list("organisation_id", "pk", "cluster__key")
    return {organisation: [_member(pk, key)] for organisation, pk, key in told}


def _member(membership: int, cluster: str) -> Relation:
    address = reverse("members:membership_detail", args=[cluster, membership])
    return Relation(_("member"), address)
