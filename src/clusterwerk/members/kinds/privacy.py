"""What the tables of privacy and of the members' own words hold, for "who can see what of us"."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.members.models import (
    MemberProfile,
    NeedOrOffer,
    RetentionRule,
    RetentionRun,
    Suppression,
)
from clusterwerk.platform.kinds import DataKind


def _of_cluster(cluster: int) -> Q:
    return Q(cluster_id=cluster)


PRIVACY_KINDS = (
    DataKind(
        MemberProfile,
        33,
        _("Profiles of members"),
        _("How a member presents itself to your team; its representative writes it."),
        _of_cluster,
        lambda profile: f"{profile.organisation}: {profile.summary}",
        ("organisation",),
    ),
    DataKind(
        NeedOrOffer,
        34,
        _("Needs and offers of members"),
        _("What a member looks for or can give, and with whom it may be matched later."),
        _of_cluster,
        lambda entry: f"{entry.organisation}: {entry.title}",
        ("organisation",),
    ),
    DataKind(
        RetentionRule,
        56,
        _("Periods of keeping"),
        _("How long you keep each kind of rows about persons, and whether that is in force."),
        _of_cluster,
        str,
    ),
    DataKind(
        RetentionRun,
        57,
        _("What went by its period"),
        _("When a period of keeping was carried out, and how many rows went."),
        _of_cluster,
        str,
    ),
    DataKind(
        Suppression,
        58,
        _("Addresses not to bring back"),
        _("Digests of addresses of persons who were erased or want no mail; no address."),
        _of_cluster,
        str,
    ),
)
