from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "clusterwerk.directory"
    label = "directory"

    def ready(self) -> None:
        from clusterwerk.directory.duplicates.own import DIRECTORY_MOVES  # noqa: PLC0415 - models first
        from clusterwerk.directory.duplicates.registry import register_merging  # noqa: PLC0415
        from clusterwerk.directory.entries import DIRECTORY_ENTRIES  # noqa: PLC0415
        from clusterwerk.directory.kinds import DIRECTORY_KINDS  # noqa: PLC0415 - models load first
        from clusterwerk.directory.past import register_past  # noqa: PLC0415 - the same
        from clusterwerk.platform.kinds import register_kinds  # noqa: PLC0415 - the same
        from clusterwerk.platform.ui.navigation import register_entries  # noqa: PLC0415

        register_past()
        register_kinds(*DIRECTORY_KINDS)
        register_merging(*DIRECTORY_MOVES)
        register_entries(*DIRECTORY_ENTRIES)
