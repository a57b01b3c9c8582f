from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "clusterwerk.reporting"
    label = "reporting"

    def ready(self) -> None:
        from clusterwerk.clusters.sharing.readers import (  # noqa: PLC0415 - models load first
            PreviewPage,
            register_preview,
        )
        from clusterwerk.platform.access.seats import SeatRole, Seats  # noqa: PLC0415
        from clusterwerk.platform.kinds import register_kinds  # noqa: PLC0415
        from clusterwerk.platform.ui.navigation import (  # noqa: PLC0415
            Entry,
            register_entries,
            register_group,
        )
        from clusterwerk.reporting.access import may_oversee  # noqa: PLC0415
        from clusterwerk.reporting.kinds import REPORTING_KINDS  # noqa: PLC0415
        from clusterwerk.reporting.past import register_past  # noqa: PLC0415 - models load first

        def oversees(seats: Seats) -> bool:
            return bool(may_oversee(seats))

        from clusterwerk.reporting.moving_in import register_workbook  # noqa: PLC0415

        register_kinds(*REPORTING_KINDS)
        register_workbook()
        for role in (SeatRole.PROGRAMME_MANAGER, SeatRole.ACCOUNT_MANAGER):
            register_preview(
                PreviewPage(
                    role,
                    _("Your page as your agency sees it"),
                    lambda key: reverse("reporting:cluster_as_agency", args=[key]),
                )
            )
        register_entries(
            Entry(
                "figures",
                40,
                _("Earlier years"),
                "reporting:own_stated",
                "trend",
                shown=lambda seats: bool(seats.clusters),
                leads_to=("reporting:stated_list",),
            )
        )
        register_group("programme", 20, _("Programme"))
        register_entries(
            Entry("programme", 10, _("All clusters"), "reporting:oversight", "network", oversees),
            Entry("programme", 20, _("Figures that disagree"), "reporting:finding_list", "scale"),
            Entry("programme", 30, _("Published figures"), "reporting:reading_list", "document"),
            Entry("programme", 40, _("Reach"), "reporting:programme_reach", "chart", oversees),
            Entry("site", 30, _("Figures"), "reporting:reading_list"),
        )
        register_past()
