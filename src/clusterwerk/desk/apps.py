from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "clusterwerk.desk"
    label = "desk"

    def ready(self) -> None:
        from clusterwerk.platform.ui.navigation import (  # noqa: PLC0415 - needs loaded models
            Entry,
            register_entries,
            register_group,
        )

        register_group("home", 0, "")
        register_entries(
            Entry("home", 10, _("Desk"), "desk:home", "home", key="d"),
            Entry("account", 10, _("My account"), "accounts:account_overview", "settings"),
        )
