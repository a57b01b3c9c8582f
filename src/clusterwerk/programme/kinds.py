"""What the tables of this room hold, for "who can see what of us"."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.kinds import DataKind
from clusterwerk.programme.models import Agreement, Call, Scheme, Target
from clusterwerk.programme.schemes import scheme_name, target_name

PROGRAMME_KINDS = (
    DataKind(
        Agreement,
        60,
        _("Agreement"),
        _("Your scheme, call, period and subsidy, as the agency wrote them down."),
        lambda cluster: Q(cluster_id=cluster),
        lambda agreement: f"{scheme_name(agreement.scheme.key)} ({agreement.ends_on:%Y})",
        ("scheme",),
    ),
    DataKind(
        Target,
        61,
        _("Targets"),
        _("Which value which figure should reach, and after how many months."),
        lambda cluster: Q(cluster_id=cluster),
        lambda target: target_name(target.indicator),
    ),
    DataKind(
        Scheme,
        80,
        _("Schemes"),
        _("The dated rules under which your programme pays."),
        lambda cluster: Q(agency__cluster=cluster),
        lambda scheme: f"{scheme_name(scheme.key)} ({scheme.version})",
    ),
    DataKind(
        Call,
        81,
        _("Calls"),
        _("The numbered calls of your programme; not who applied."),
        lambda cluster: Q(agency__cluster=cluster),
        lambda call: f"{scheme_name(call.scheme.key)} {call.number}",
        ("scheme",),
    ),
)
