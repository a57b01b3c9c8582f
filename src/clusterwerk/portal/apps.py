from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "clusterwerk.portal"
    label = "portal"

    def ready(self) -> None:
        from clusterwerk.platform.ui.navigation import (  # noqa: PLC0415 - needs loaded models
            Entry,
            register_entries,
        )

        register_entries(
            Entry("site", 10, _("Clusters"), "portal:home"),
            Entry("footer", 10, _("About"), "portal:about"),
            Entry("footer", 20, _("Accessibility"), "portal:accessibility"),
            Entry("footer", 30, _("Privacy"), "portal:privacy"),
        )
