"""A row of each table of privacy and of the members' own words, so that leakage shows."""

from datetime import date

from django.db.models import Model

from clusterwerk.clusters.models import Cluster
from clusterwerk.directory.models import Organisation
from clusterwerk.members.models import (
    MemberProfile,
    NeedOrOffer,
    OfferKind,
    RetentionRule,
    RetentionRun,
    Suppression,
    SuppressionCause,
)

PRIVACY_TABLES: list[type[Model]] = [
    MemberProfile,
    NeedOrOffer,
    RetentionRule,
    RetentionRun,
    Suppression,
]


def keep_privacy(cluster: Cluster, organisation: Organisation) -> None:
    """A profile and an offer of the organisation, a rule that ran, an address that stays away."""
    own = {"cluster": cluster, "organisation": organisation}
    MemberProfile.objects.create(**own, summary="Builds with straw")
    NeedOrOffer.objects.create(
        **own, kind=OfferKind.OFFER, title="A testing hall", told_on=date(2020, 1, 15)
    )
    RetentionRule.objects.create(cluster=cluster, kind="tasks", months=24)
    RetentionRun.objects.create(cluster=cluster, kind="tasks", before=date(2018, 1, 1), taken=0)
    Suppression.objects.create(
        cluster=cluster, digest="0" * 64, cause=SuppressionCause.ERASED, since=date(2020, 1, 2)
    )
