from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from clusterwerk.platform.access.seats import Seats


def _is_steward(seats: Seats) -> bool:
    return seats.is_steward


class PlatformConfig(AppConfig):
    name = "clusterwerk.platform"
    label = "platform"

    def ready(self) -> None:
        # Jobs of platform's own folders; those of a room stand in its `jobs.py` and are found.
        from clusterwerk.platform.accounts.erasing import claims_of_account  # noqa: PLC0415
        from clusterwerk.platform.files import periodic as _files  # noqa: F401, PLC0415
        from clusterwerk.platform.history import periodic as _seals  # noqa: F401, PLC0415
        from clusterwerk.platform.history.personal import (  # noqa: PLC0415
            PersonalData,
            register_personal,
        )
        from clusterwerk.platform.jobs import periodic as _jobs  # noqa: F401, PLC0415
        from clusterwerk.platform.jobs.erasing import forget_jobs  # noqa: PLC0415
        from clusterwerk.platform.mail import outgoing as _mail  # noqa: F401, PLC0415
        from clusterwerk.platform.observing.parts import register_parts  # noqa: PLC0415
        from clusterwerk.platform.past import register_past  # noqa: PLC0415 - models load first
        from clusterwerk.platform.ui.lists import later as _later  # noqa: F401, PLC0415
        from clusterwerk.platform.ui.navigation import (  # noqa: PLC0415 - models load first
            Entry,
            register_entries,
        )

        register_entries(
            Entry("footer", 90, _("Style guide"), "ui:styleguide"),
            Entry("account", 20, _("My jobs"), "jobs:job_list", "clock"),
            Entry("account", 30, _("Keys"), "ui:keys", "settings"),
            Entry("home", 85, _("Legal pack"), "legal:pack", "document", _is_steward),
            Entry("home", 80, _("Jobs"), "jobs:job_overview", "clock", _is_steward),
            Entry("home", 81, _("Health"), "health:health_overview", "check", _is_steward),
            Entry(
                "home",
                83,
                _("Seals and erasures"),
                "history:seal_overview",
                "link",
                _is_steward,
                leads_to=("history:person_erase",),
            ),
        )
        register_past()
        register_parts()
        register_personal(PersonalData("account", claims=claims_of_account))
        register_personal(PersonalData("jobs", before=forget_jobs))
