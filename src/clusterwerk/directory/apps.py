from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "clusterwerk.directory"
    label = "directory"

    def ready(self) -> None:
        from clusterwerk.directory.kinds import DIRECTORY_KINDS  # noqa: PLC0415 - models load first
        from clusterwerk.directory.past import register_past  # noqa: PLC0415 - the same
        from clusterwerk.platform.kinds import register_kinds  # noqa: PLC0415 - the same

        register_past()
        register_kinds(*DIRECTORY_KINDS)
