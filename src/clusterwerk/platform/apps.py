from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlatformConfig(AppConfig):
    name = "clusterwerk.platform"
    label = "platform"

    def ready(self) -> None:
        from clusterwerk.platform.ui.navigation import (  # noqa: PLC0415 - models load first
            Entry,
            register_entries,
        )

        register_entries(Entry("footer", 90, _("Style guide"), "ui:styleguide"))
