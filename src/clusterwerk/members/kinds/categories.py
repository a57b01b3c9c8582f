"""What the tables of categories, departures and related enterprises hold."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.members.models import (
    ContributionRate,
    ContributionRule,
    Departure,
    RelatedEnterprise,
    Service,
)
from clusterwerk.platform.kinds import DataKind

CATEGORY_KINDS = (
    DataKind(
        Departure,
        11,
        _("Why members left"),
        _("The reason that a member gave, your note on it, and what you learnt."),
        lambda cluster: Q(cluster_id=cluster),
        lambda departure: str(departure.organisation),
        ("organisation",),
    ),
    DataKind(
        RelatedEnterprise,
        22,
        _("Related enterprises of members"),
        _("Who holds a share of a member, what it holds itself, and how large those are."),
        lambda cluster: Q(cluster_id=cluster),
        lambda related: f"{related.organisation} ({related.year})",
        ("organisation",),
    ),
    DataKind(
        ContributionRule,
        31,
        _("Contribution rules"),
        _("By what the contribution of a category differs, and from when until when."),
        lambda cluster: Q(cluster_id=cluster),
        lambda rule: str(rule.category),
        ("category",),
    ),
    DataKind(
        ContributionRate,
        32,
        _("Amounts of contribution rules"),
        _("What each size or kind of organisation pays a year in a category."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
    DataKind(
        Service,
        33,
        _("Service offer"),
        _("What you do for each member of a category, and the hours that it takes."),
        lambda cluster: Q(cluster_id=cluster),
        str,
    ),
)
