"""Whom a cluster noted as a prospect, and is no member."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from clusterwerk.directory.models import IdentifierScheme, Organisation, OrganisationIdentifier
from clusterwerk.members.models import Membership, TagKind, TagUse


def prospects_of(cluster: int, day: date) -> "QuerySet[Organisation]":
    """By name; who is a member on the day is none any more."""
    noted = TagUse.objects.filter(cluster_id=cluster, tag__kind=TagKind.PROSPECT)
    members = Membership.objects.filter(cluster_id=cluster).on(day)
    found = Organisation.objects.filter(pk__in=noted.values("organisation_id"))
    return (
        found.exclude(pk__in=members.values("organisation_id"))
        .select_related("place")
        .prefetch_related("identifiers")
        .order_by("name_sort", "pk")
    )


def prospect_numbers(cluster: int) -> Mapping[str, int]:
    """Enterprise number and key of each organisation that is noted."""
    noted = TagUse.objects.filter(cluster_id=cluster, tag__kind=TagKind.PROSPECT)
    known = OrganisationIdentifier.objects.filter(
        organisation__in=noted.values("organisation_id"), scheme=IdentifierScheme.BE_ENTERPRISE
    )
    return dict(known.values_list("value", "organisation_id"))
