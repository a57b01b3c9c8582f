from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "clusterwerk.directory"
    label = "directory"

    def ready(self) -> None:
        from clusterwerk.directory.duplicates.own import DIRECTORY_MOVES  # noqa: PLC0415 - models first
        from clusterwerk.directory.duplicates.registry import register_merging  # noqa: PLC0415
        from clusterwerk.directory.kinds import DIRECTORY_KINDS  # noqa: PLC0415 - models load first
        from clusterwerk.directory.past import register_past  # noqa: PLC0415 - the same
        from clusterwerk.platform.kinds import register_kinds  # noqa: PLC0415 - the same
        from clusterwerk.platform.ui.navigation import Entry, register_entries  # noqa: PLC0415

        register_past()
        register_kinds(*DIRECTORY_KINDS)
        register_merging(*DIRECTORY_MOVES)
        register_entries(
            Entry(
                "home",
                82,
                _("Enterprise register"),
                "directory:register_overview",
                "search",
                lambda seats: seats.is_steward,
            ),
            Entry(
                "data",
                10,
                _("Organisations"),
                "directory:organisation_find",
                "building",
                lambda seats: bool(seats.clusters),
                leads_to=(
                    "directory:organisation_detail",
                    "directory:organisation_add",
                    "directory:organisation_correct",
                    "directory:organisation_match",
                    "directory:organisation_publish",
                ),
            ),
            Entry(
                "data",
                30,
                _("Duplicates"),
                "directory:duplicate_list",
                "copy",
                lambda seats: bool(seats.clusters),
                leads_to=("directory:duplicate_compare",),
            ),
            Entry(
                "home",
                84,
                _("Duplicates"),
                "directory:duplicate_list",
                "copy",
                lambda seats: seats.is_steward and not seats.clusters,
                leads_to=("directory:duplicate_compare",),
            ),
        )
