"""The past of schemes, calls, agreements and targets in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from clusterwerk.clusters.models import Cluster
from clusterwerk.platform.history.records import Part, Record, register_parts, register_records
from clusterwerk.platform.ui.templatetags.ui import euro
from clusterwerk.programme.models import Agreement, Call, Scheme, Target
from clusterwerk.programme.schemes import target_name


def register_past() -> None:
    register_parts(Cluster, _agreed)
    register_records(
        Record(Scheme, _("Scheme"), {"key": _("Scheme"), "version": _("Version")}),
        Record(Call, _("Call"), {"scheme": _("Scheme"), "number": _("Number of the call")}),
        Record(
            Agreement,
            _("Agreement"),
            {
                "scheme": _("Scheme"),
                "call": _("Call"),
                "starts_on": _("Starts"),
                "ends_on": _("Ends"),
                "period_basis": _("Source of the period"),
                "subsidy": _("Subsidy"),
                "outlook": _("Outlook"),
                "outlook_elsewhere": _("Outlook elsewhere"),
            },
            wording={"subsidy": euro},
        ),
        Record(
            Target,
            _("Target"),
            {
                "indicator": _("Indicator"),
                "value": _("Value"),
                "due_after_months": _("Due after months"),
                "source": _("Source"),
            },
            wording={"indicator": target_name},
        ),
    )


def _agreed(row: Any) -> Iterable[Part]:  # noqa: ANN401 - an event of a cluster
    own = {"cluster_id": row.pgh_obj_id}
    return [(Agreement, own), (Target, own)]
